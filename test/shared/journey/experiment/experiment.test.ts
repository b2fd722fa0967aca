import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { armOf, experimentSchema, judgedDays, roundOf, type Experiment } from '../../../../shared/journey/experiment/experiment.ts';
import { holdout, isHeldOut } from '../../../../shared/journey/experiment/shipped-experiments.ts';
import { householdIdSchema, instantSchema } from '../../../../shared/values.ts';
import { anna, on } from '../life.ts';

const homes = Array.from({ length: 6_000 }, (_, index) => householdIdSchema.parse(`hh_${index}`));
const trial = (experiment: string, shares: Readonly<Record<string, number>>): Experiment =>
  experimentSchema.parse({ ...holdout, experiment, monthly: undefined, arms: Object.entries(shares).map(([arm, share]) => ({ arm, share })) });

describe('the arm of a household', () => {
  it('is always the same, and each arm has its share', () => {
    const three = trial('reminder', { control: 20, push: 50, tv: 30 });
    const arms = homes.map((home) => armOf(three, home));
    expect(homes.map((home) => armOf(three, home))).toEqual(arms);
    for (const { arm, share } of three.arms) expect(Math.abs((100 * arms.filter((one) => one === arm).length) / homes.length - share)).toBeLessThan(2);
  });

  it('says nothing of the arm in another experiment', () => {
    const [one, other] = [trial('one', { control: 50, tried: 50 }), trial('other', { control: 50, tried: 50 })];
    const both = homes.filter((home) => armOf(one, home) === 'tried' && armOf(other, home) === 'tried').length;
    expect(Math.abs(both / homes.length - 0.25)).toBeLessThan(0.02);
  });

  it('never leaves one that gains or joins one that loses, and changes for hardly more households than it must', () => {
    const before = trial('grows', { control: 60, push: 20, tv: 20 });
    const after = trial('grows', { control: 40, push: 40, tv: 20 });
    const moved = homes.filter((home) => armOf(before, home) !== armOf(after, home));
    expect(moved.length / homes.length).toBeGreaterThan(0.18);
    expect(moved.length / homes.length).toBeLessThan(0.25);
    for (const home of moved) expect([armOf(before, home) === 'push', armOf(after, home) === 'control']).toEqual([false, false]);
    const two = [trial('two', { control: 90, push: 10 }), trial('two', { control: 70, push: 30 })] as const;
    expect(homes.every((home) => armOf(two[0], home) === 'control' || armOf(two[1], home) === 'push')).toBe(true);
  });

  it('is never one without a share', () => {
    expect(new Set(homes.map((home) => armOf(trial('off', { control: 0, push: 100 }), home)))).toEqual(new Set(['push']));
  });

  it('leaves about a tenth alone, Anna not among them', () => {
    const now = on(100);
    expect(Math.abs(homes.filter((home) => isHeldOut(home, now)).length / homes.length - 0.1)).toBeLessThan(0.015);
    expect(isHeldOut(anna, now)).toBe(false);
  });
});

describe('an experiment', () => {
  it('is refused with shares that are not whole, arms of one name or an end before its beginning', () => {
    const given = { ...holdout, experiment: 'x' };
    expect(
      experimentSchema.safeParse({
        ...given,
        arms: [
          { arm: 'a', share: 50 },
          { arm: 'b', share: 40 },
        ],
      }).success,
    ).toBe(false);
    expect(
      experimentSchema.safeParse({
        ...given,
        arms: [
          { arm: 'a', share: 50 },
          { arm: 'a', share: 50 },
        ],
      }).success,
    ).toBe(false);
    expect(experimentSchema.safeParse({ ...given, until: given.from }).success).toBe(false);
    expect(experimentSchema.safeParse({ ...given, windowDays: 40 }).success).toBe(false);
  });

  it('is judged by those whose window is over, and by whole rounds', () => {
    const once = { ...trial('once', { control: 50, tried: 50 }), from: on(0, 0), windowDays: 7 };
    expect(judgedDays(once, on(5))).toBeUndefined();
    expect(judgedDays(once, on(10))).toEqual({ from: '2026-01-01', to: '2026-01-03' });
    expect(judgedDays({ ...once, until: on(2, 0) }, on(30))).toEqual({ from: '2026-01-01', to: '2026-01-03' });
    const months = { ...once, monthly: true as const };
    expect(judgedDays(months, on(37))).toBeUndefined();
    expect(judgedDays(months, on(38, 23))).toEqual({ from: '2026-01-01', to: '2026-01-31' });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 800 }), (day) => {
        const days = judgedDays(months, on(day));
        if (days === undefined) return day < 40;
        const [from, to] = [instantSchema.parse(`${days.from}T00:00:00.000Z`), instantSchema.parse(`${days.to}T23:59:59.000Z`)];
        // One month and all of it, over for at least a window and not for two months more.
        const over = (Date.parse(on(day)) - Date.parse(to)) / 86_400_000;
        return roundOf(months, from) === roundOf(months, to) && days.from.endsWith('-01') && over >= 7 && over < 7 + 32;
      }),
    );
  });
});
