import { describe, expect, it } from 'vitest';
import { isWorthTelling, sampleOf, uncertaintyOf } from '../../device-sim/sensor.ts';
import { eggs, milk } from './examples.ts';

const home = { seed: 11, thing: 'fridge-anna' };

describe('a sensor', () => {
  it('rounds to its steps, scatters by its noise, and repeats itself for the same moment', () => {
    const samples = Array.from({ length: 4_000 }, (_, index) => sampleOf(home, milk, 2, index));
    expect(samples.every((sample) => Math.abs(sample / 0.05 - Math.round(sample / 0.05)) < 1e-6)).toBe(true);
    const mean = samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
    const deviation = Math.sqrt(samples.reduce((sum, sample) => sum + (sample - mean) ** 2, 0) / samples.length);
    expect(mean).toBeCloseTo(2, 2);
    expect(Math.abs(deviation - uncertaintyOf(milk))).toBeLessThan(0.004);
    expect(sampleOf(home, milk, 2, 7)).toBe(samples[7]);
  });

  it('never sees less than nothing, and counts pieces exactly when it has no noise', () => {
    expect(Math.min(...Array.from({ length: 500 }, (_, at) => sampleOf(home, { ...milk, noise: 0.3 }, 0, at)))).toBe(0);
    expect(sampleOf(home, eggs, 7, 1)).toBe(7);
  });

  it.each([
    ['the first sample', undefined, 1, false, true],
    ['no change', 1, 1, true, false],
    ['more, within what two samples of one level differ by', 1, 1.1, true, false],
    ['more than two samples of one level differ by', 1, 1.2, true, true],
    ['more than that behind a closed door', 1, 1.2, false, true],
    ['less, within the dead band', 1, 0.85, true, false],
    ['less, by the dead band', 1, 0.8, true, true],
    ['less, by the dead band behind a closed door', 1, 0.8, false, true],
    ['the last of it', 0.05, 0, true, true],
    ['the last of it behind a closed door, within two steps', 0.05, 0, false, false],
  ])('tells by exception: %s', (_name, from, to, doorWasOpened, expected) => {
    // Three in a hundred of six litres.
    expect(isWorthTelling({ ...milk, capacity: 6 }, { from, to, doorWasOpened })).toBe(expected);
  });

  it('does not tell a step that is within its noise, even after the door was opened', () => {
    expect(isWorthTelling({ ...milk, noise: 0.04 }, { from: 1, to: 0.95, doorWasOpened: true }, 0)).toBe(false);
    expect(isWorthTelling({ ...milk, noise: 0.04 }, { from: 1, to: 0.9, doorWasOpened: true }, 0)).toBe(true);
  });

  it('waits for less where it is told to', () => {
    const change = { from: 1, to: 0.95, doorWasOpened: true };
    expect([0, 0.01, 0.02].map((deadBand) => isWorthTelling({ ...milk, capacity: 4 }, change, deadBand))).toEqual([true, true, false]);
  });
});
