import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tailOfChiSquare } from '../../../../shared/journey/experiment/chi-square.ts';
import { experimentSchema } from '../../../../shared/journey/experiment/experiment.ts';
import { contributionOfExposure, enter, withOutcomes, withOutcomesAnew } from '../../../../shared/journey/experiment/exposure.ts';
import { resultOf } from '../../../../shared/journey/experiment/result.ts';
import { holdout } from '../../../../shared/journey/experiment/shipped-experiments.ts';
import { mergeCounters } from '../../../../shared/journey/tally/batch.ts';
import { householdIdSchema } from '../../../../shared/values.ts';
import { anna, on, step, tracesOf } from '../life.ts';

const trial = experimentSchema.parse({
  ...{ ...holdout, experiment: 'reminder', monthly: undefined, from: on(0, 0), windowDays: 7, outcome: ['mandate.granted'], leastDifference: 0.1 },
  arms: [
    { arm: 'control', share: 50 },
    { arm: 'tried', share: 50 },
  ],
});
const counters = (control: readonly [number, number], tried: readonly [number, number]) => ({
  ...{ 'trial|reminder|control|entered': control[0], 'trial|reminder|control|reached': control[1] },
  ...{ 'trial|reminder|tried|entered': tried[0], 'trial|reminder|tried|reached': tried[1] },
});

describe('a part in an experiment', () => {
  const entered = enter(trial, anna, on(3));
  const came = tracesOf([
    step(on(2), 'mandate.granted'),
    step(on(4), 'mandate.granted'),
    step(on(5), 'order.delivered', { initiator: 'company', valueMinor: 2_500 }),
    step(on(6), 'order.delivered', { initiator: 'company', valueMinor: 1_000 }),
    step(on(6), 'order.proposed'),
    step(on(10), 'order.delivered', { initiator: 'company', valueMinor: 9_900 }),
  ]);

  it('counts once what came within the window, and what it was worth', () => {
    const after = withOutcomes(entered, came) ?? expect.fail('expected outcomes');
    expect(contributionOfExposure(after)).toEqual([
      {
        bucket: '2026-01-04',
        counters: {
          [`trial|reminder|${entered.arm}|entered`]: 1,
          [`trial|reminder|${entered.arm}|reached`]: 1,
          [`trial|reminder|${entered.arm}|minor`]: 3_500,
          [`trial|reminder|${entered.arm}|square`]: 35 ** 2,
        },
      },
    ]);
    expect(withOutcomes(after, came)).toBeUndefined();
    expect(withOutcomesAnew(after, {}).hits).toEqual({});
  });

  it('comes to the same in any order, in any parts, however often', () => {
    const all = Object.entries(came);
    const expected = withOutcomes(entered, came);
    fc.assert(
      fc.property(fc.shuffledSubarray([...all, ...all, ...all], { minLength: 3 * all.length, maxLength: 3 * all.length }), (order) => {
        const after = order.reduce((exposure, [id, trace]) => withOutcomes(exposure, { [id]: trace }) ?? exposure, entered);
        expect(contributionOfExposure(after)).toEqual(contributionOfExposure(expected ?? entered));
        expect(after.hits).toEqual(expected?.hits);
      }),
    );
  });
});

describe('what an experiment has shown', () => {
  it('is better or worse only with an interval on one side, and enough households', () => {
    const verdict = (control: readonly [number, number], tried: readonly [number, number]) => resultOf(trial, counters(control, tried), {}).lifts[0]?.verdict;
    expect(verdict([1_000, 200], [1_000, 300])).toBe('better');
    expect(verdict([1_000, 300], [1_000, 200])).toBe('worse');
    expect(verdict([1_000, 200], [1_000, 210])).toBe('no-difference-shown');
    // The same shares, of far fewer.
    expect(verdict([20, 4], [20, 14])).toBe('not-enough-yet');
    expect(resultOf(trial, counters([20, 4], [20, 14]), {}).lifts[0]?.missing).toBeGreaterThan(200);
  });

  it('says nothing when the arms are not filled as they should be, whatever the outcome', () => {
    const { evenness = 1, lifts } = resultOf(trial, counters([1_000, 200], [1_200, 600]), {});
    expect(evenness).toBeLessThan(0.001);
    expect(lifts[0]?.verdict).toBe('uneven');
    expect(resultOf(trial, counters([1_000, 200], [1_040, 250]), {}).evenness).toBeGreaterThan(0.3);
  });

  it('has no lift while an arm is empty, and counts whose window is open apart', () => {
    expect(resultOf(trial, counters([0, 0], [30, 2]), counters([5, 0], [6, 1]))).toMatchObject({ lifts: [], running: 11 });
    expect(resultOf(trial, {}, {})).toEqual({
      experiment: 'reminder',
      arms: [
        { arm: 'control', share: 50, entered: 0, reached: 0 },
        { arm: 'tried', share: 50, entered: 0, reached: 0 },
      ],
      lifts: [],
      running: 0,
    });
  });

  it('finds the value that was planted, within its interval', () => {
    const exposures = Array.from({ length: 2_000 }, (_, index) => {
      const entered = enter(trial, householdIdSchema.parse(`hh_${index}`), on(3));
      const valueMinor = (entered.arm === 'tried' ? 3_000 : 2_000) + (index % 7) * 300;
      return withOutcomes(entered, tracesOf([step(on(4), 'order.delivered', { initiator: 'company', valueMinor })])) ?? entered;
    });
    const all = mergeCounters(exposures.flatMap(contributionOfExposure).map(({ counters: of }) => of));
    const { minor } = resultOf(trial, all, {}).lifts[0] ?? {};
    expect(minor?.value).toBeGreaterThan(950);
    expect([(minor?.low ?? 0) < 1_000, (minor?.high ?? 0) > 1_000]).toEqual([true, true]);
  });
});

it('knows the tail of the chi-square distribution as tables have it', () => {
  for (const [distance, freedom, tail] of [
    [3.841, 1, 0.05],
    [10.828, 1, 0.001],
    [5.991, 2, 0.05],
    [7.815, 3, 0.05],
    [13.816, 2, 0.001],
    [9.488, 4, 0.05],
    [11.07, 5, 0.05],
  ] as const)
    expect(tailOfChiSquare(distance, freedom)).toBeCloseTo(tail, 4);
});
