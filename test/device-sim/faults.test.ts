import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Device } from '../../device-sim/device.ts';
import { Faults } from '../../device-sim/faults.ts';
import { fridge } from '../../device-sim/fridge.ts';
import { deviceFaultSchema, noPast, type ReadingLine } from '../../device-sim/past.ts';
import { day, fridgeSpec, startsAt, thing, timeZone } from './examples.ts';

const all = deviceFaultSchema.options;
const things = [
  'fridge-anna',
  'tv-anna',
  'fridge-berger',
  'fridge-berger-cellar',
  'heating-berger',
  'tv-berger',
  'fridge-koehler',
  'heating-koehler',
  'tv-koehler',
];
const faultsOf = (seed: number, kinds: readonly string[] = all, of = things) => new Faults({ seed, startsAt, things: of, kinds });
const minutesOf = (from: number, until: number) => Array.from({ length: Math.floor((until - from) / 600_000) }, (_, index) => from + index * 600_000);
const offlineMinutes = (faults: Faults, of: string, until: number) =>
  minutesOf(startsAt, startsAt + until * day).filter((at) => faults.spanAt('device-offline', of, at) !== undefined);

describe('faults of devices', () => {
  it('take a device off the net for a day within the first three days, and again later', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), (seed) => {
        const faults = faultsOf(seed);
        const perThing = (until: number) => things.reduce((sum, one) => sum + offlineMinutes(faults, one, until).length, 0);
        expect(perThing(3)).toBe(144);
        expect(perThing(30)).toBe(3 * 144);
      }),
      { numRuns: 15 },
    );
  });

  it('set clocks wrong by minutes in both directions, from the first three days on', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), (seed) => {
        const faults = faultsOf(seed);
        const errors = (until: number) =>
          things
            .flatMap((one) => minutesOf(startsAt, startsAt + until * day).map((at) => faults.clockErrorAt(one, at) / 60_000))
            .filter((error) => error !== 0);
        expect(errors(3).length).toBeGreaterThan(0);
        expect(Math.max(...errors(30).map(Math.abs))).toBeLessThanOrEqual(40);
        expect(Math.min(...errors(30).map(Math.abs))).toBeGreaterThanOrEqual(3);
        expect(new Set(errors(30).map(Math.sign))).toEqual(new Set([1, -1]));
      }),
      { numRuns: 10 },
    );
  });

  it('tell when a device next goes or comes back', () => {
    const faults = faultsOf(7);
    const changes: number[] = [];
    for (let at: number | null = startsAt; at !== null && changes.length < 6; at = faults.nextChangeAfter(at)) if (at > startsAt) changes.push(at);
    for (const at of changes) {
      const before = things.filter((one) => faults.spanAt('device-offline', one, at - 1) !== undefined);
      expect(things.filter((one) => faults.spanAt('device-offline', one, at) !== undefined)).not.toEqual(before);
    }
    expect(changes[5]).toBeLessThan(startsAt + 30 * day);
  });

  it('come at whole milliseconds, as the clock counts: whoever asks at such a moment is told of a later one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), (seed) => {
        const faults = faultsOf(seed);
        for (let at: number | null = startsAt; at !== null && at < startsAt + 30 * day; at = faults.nextChangeAfter(at))
          expect(Number.isInteger(at)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('are all off unless switched on, each by itself', () => {
    const line: ReadingLine = { kind: 'reading', thing, bootId: 1, seq: 1 } as ReadingLine;
    const lines = Array.from({ length: 2_000 }, (_, seq) => ({ ...line, seq }));
    const seen = (kinds: readonly string[]) => {
      const faults = faultsOf(3, kinds);
      return {
        'device-offline': things.some((one) => offlineMinutes(faults, one, 10).length > 0),
        'clock-wrong': things.some((one) => minutesOf(startsAt, startsAt + 10 * day).some((at) => faults.clockErrorAt(one, at) !== 0)),
        'reading-duplicated': lines.some((one) => faults.isDuplicated(one)),
        'reading-out-of-order': lines.some((one) => faults.isReversed(one)),
      };
    };
    const none = { 'device-offline': false, 'clock-wrong': false, 'reading-duplicated': false, 'reading-out-of-order': false };
    expect(seen([])).toEqual(none);
    expect(faultsOf(3, []).nextChangeAfter(startsAt)).toBe(null);
    for (const kind of all) expect(seen([kind, 'shop-slow'])).toEqual({ ...none, [kind]: true });
    expect(faultsOf(3, all, []).nextChangeAfter(startsAt)).toBe(null);
  });

  it('happen alike in every run with the same seed', () => {
    const errors = (seed: number) => things.map((one) => minutesOf(startsAt, startsAt + 20 * day).map((at) => faultsOf(seed).clockErrorAt(one, at)));
    expect(errors(5)).toEqual(errors(5));
  });
});

describe('a device whose clock is wrong', () => {
  it('says the wrong time and notes the true one; its life is the same', () => {
    const home = { seed: 2, thing, timeZone };
    const errorMillis = -17 * 60_000;
    const live = (clockErrorAt: (at: number) => number) => {
      const device = new Device(fridgeSpec(), fridge(fridgeSpec(), home), home, { startsAt, switchedOnAt: startsAt, past: noPast(), clockErrorAt });
      return [...device.switchOn(startsAt), ...device.act(startsAt + 4 * day)];
    };
    const right = live(() => 0);
    const wrong = live((at) => (at >= startsAt + day && at < startsAt + 2 * day ? errorMillis : 0));
    expect(wrong.map(({ at }) => at)).toEqual(right.map(({ at }) => at));
    const skewed = wrong.filter((line): line is ReadingLine => line.kind === 'reading' && line.trueAt !== undefined);
    expect(skewed.length).toBeGreaterThan(3);
    for (const { at, trueAt, reading } of skewed) {
      expect(trueAt).toBe(at);
      expect(Date.parse(reading.sampledAt)).toBe(Date.parse(at) + errorMillis);
    }
    const levels = (lines: typeof right) => lines.map((line) => (line.kind === 'reading' ? line.reading.level : undefined));
    expect(levels(wrong)).toEqual(levels(right));
  });
});
