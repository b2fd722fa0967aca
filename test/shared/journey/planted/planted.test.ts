/** Whether the company's reports find what was planted: read as the console reads them, from counters that each household's journey contributes. */
import { describe, expect, it } from 'vitest';
import { groupBy } from '../../../../shared/group.ts';
import { closedPathsOf } from '../../../../shared/journey/attribution/closing.ts';
import { contributionOfClosed } from '../../../../shared/journey/attribution/contribution.ts';
import { attributionIn } from '../../../../shared/journey/attribution/report.ts';
import { modelToBeginWith } from '../../../../shared/journey/churn/fitted-model.ts';
import { outlookOf } from '../../../../shared/journey/churn/outlook.ts';
import { foldAll, summaryOf } from '../../../../shared/journey/fold/fold-all.ts';
import { bucketsOfReport, reportOf } from '../../../../shared/journey/report/report.ts';
import { mergeCounters, type Contribution, type Counters } from '../../../../shared/journey/tally/batch.ts';
import { contributionsOf } from '../../../../shared/journey/tally/contributions-of.ts';
import { DAYS, dayName, on, plant, STORIES } from './planted.ts';

const households = plant();
const folded = households.map((household) => ({ ...household, made: foldAll(household.touchpoints) }));
const contributions: Contribution[] = folded.flatMap(({ householdId, made }) => [
  ...contributionsOf({ ...made, householdId, standing: undefined }),
  ...contributionOfClosed(Object.values(closedPathsOf(made.days)).flat()),
]);
const buckets: Record<string, Counters> = Object.fromEntries(
  [...groupBy(contributions, ({ bucket }) => bucket)].map(([bucket, of]) => [bucket, mergeCounters(of.map(({ counters }) => counters))]),
);
const report = (fromDay: number, toDay: number) => {
  const period = { from: dayName(fromDay), to: dayName(toDay) };
  // Months are read as days where the period is not one: the same counters, so each day for itself.
  const wanted = bucketsOfReport(period);
  return reportOf(period, Object.fromEntries(wanted.map((bucket) => [bucket, buckets[bucket] ?? monthOf(bucket)])));
};
/** A month's counters are the sum of its days'. */
const monthOf = (bucket: string): Counters =>
  /^\d{4}-\d\d$/.test(bucket)
    ? mergeCounters(Object.entries(buckets).flatMap(([name, counters]) => (new RegExp(`^${bucket}-\\d\\d$`).test(name) ? [counters] : [])))
    : {};

describe('a checkout that breaks on a day', () => {
  const web = report(0, DAYS - 1).funnels.find(({ funnel }) => funnel === 'web');

  it('is an alert of that day and that step, and of no other day there', () => {
    const broken = web?.alerts.filter(({ step, breaks }) => step === 'bought' && breaks === 'below') ?? [];
    expect(broken.map(({ day }) => day)).toEqual([dayName(STORIES.broken)]);
    expect(broken[0]?.value).toBe(0);
  });

  it('is where the funnel of that day leaks', () => {
    const thatDay = report(STORIES.broken, STORIES.broken).funnels.find(({ funnel }) => funnel === 'web');
    expect(thatDay?.leak).toMatchObject({ step: 'began' });
    const before = report(STORIES.broken - 7, STORIES.broken - 1).funnels.find(({ funnel }) => funnel === 'web');
    expect(before?.leak?.step).not.toBe('began');
  });
});

describe('what earned the sale', () => {
  const { models, leads } = attributionIn(buckets, { from: '2026-03', to: '2026-04', withNulls: true });
  const credit = (model: string, channel: string): number =>
    models.find((one) => one.model === model)?.channels.find((one) => one.channel === channel)?.conversions ?? 0;

  it.each(['first', 'linear', 'shapley', 'markov'])('is the mail that works more than the advertisement that does not, by %s', (model) => {
    expect(credit(model, 'e-mail@company')).toBeGreaterThan(1.15 * credit(model, 'social@company'));
  });

  it('shows the spot on TV before what the fridge and the phone say', () => {
    const next = leads.filter(({ from }) => from === 'tv@company').sort((a, b) => b.lift - a.lift);
    expect(next[0]).toMatchObject({ to: 'fridge@device' });
    expect(next[0]?.lift).toBeGreaterThan(1.5);
  });

  it('lifts approvals while it runs', () => {
    const share = (from: number, to: number) => report(from, to).funnels.find(({ funnel }) => funnel === 'order')?.steps[1]?.ofPrevious ?? 0;
    // Against the ten days before, in which those who leave say no already.
    expect(share(STORIES.spot[0], STORIES.spot[1] - 1)).toBeGreaterThan(share(STORIES.spot[0] - 10, STORIES.spot[0] - 1) + 0.03);
  });
});

describe('who is about to leave', () => {
  const outlooks = folded.map(({ householdId, role, made, home }) => ({
    role,
    outlook: outlookOf(summaryOf(householdId, made.days), home, modelToBeginWith, on(DAYS)),
  }));
  const leaves = (role: string): number[] => outlooks.filter((one) => one.role === role).map(({ outlook }) => outlook?.leaves ?? Number.NaN);

  it('are those who refill elsewhere while their fridge goes on', () => {
    expect(leaves('leaves').every((one) => one > 0.5)).toBe(true);
    expect(new Set(outlooks.filter(({ role }) => role === 'leaves').map(({ outlook }) => outlook?.reading))).toEqual(new Set(['buys-elsewhere']));
  });

  it('are all found, and of those who are flagged hardly anybody stays', () => {
    const flagged = outlooks.filter(({ outlook }) => (outlook?.leaves ?? 0) > 0.5);
    expect(flagged.filter(({ role }) => role === 'leaves')).toHaveLength(leaves('leaves').length);
    expect(flagged.filter(({ role }) => role === 'stays').length).toBeLessThanOrEqual(1);
  });

  it('are not read from those whose devices fell silent: these are away or moved, and have bought from nobody', () => {
    expect(new Set(outlooks.filter(({ role }) => role === 'moved').map(({ outlook }) => outlook?.reading))).toEqual(new Set(['away']));
    expect(Math.max(...leaves('moved'))).toBeLessThan(Math.min(...leaves('leaves')));
  });
});
