import { describe, expect, it } from 'vitest';
import { funnelSchema, reachedOf } from '../../../../shared/journey/metric/funnel.ts';
import { bucketOf, measure, metricSchema, type Measurable, type Metric } from '../../../../shared/journey/metric/metric.ts';
import { GROUP_MIN, leakOf, reportFunnel, reportMetric, shareByDay, teamFigures } from '../../../../shared/journey/metric/report.ts';
import { shippedFunnels, shippedMetrics } from '../../../../shared/journey/metric/shipped-metrics.ts';
import { breaksIn, shippedTrend, trend, trendSettingsSchema } from '../../../../shared/journey/metric/trend.ts';
import { on } from '../life.ts';

const named = (name: string): Metric => {
  const metric = shippedMetrics.find((one) => one.metric === name);
  if (metric === undefined) throw new Error(name);
  return metric;
};
const at = (hours: number, type: string, more: Partial<Measurable> = {}): Measurable => ({
  at: on(0, hours),
  type,
  initiator: 'customer',
  channel: 'app',
  ...more,
});
const measured = (name: string, happened: readonly Measurable[], hours = 1_000, figures = {}) => measure(named(name), happened, { now: on(0, hours), figures });

describe('the metrics that come with the product', () => {
  it('parse, metrics and funnels', () => {
    for (const metric of shippedMetrics) expect(metricSchema.parse(metric)).toEqual(metric);
    for (const funnel of shippedFunnels) expect(funnelSchema.parse(funnel)).toEqual(funnel);
    expect(trendSettingsSchema.parse(shippedTrend)).toEqual(shippedTrend);
  });

  it('count contacts until it is solved, and only then', () => {
    const talk = [at(0, 'case.opened'), at(1, 'case.answered'), at(2, 'case.added'), at(3, 'case.solved', { channel: 'call-centre' }), at(9, 'case.reopened')];
    expect(measured('contacts-to-resolution', talk)).toEqual({
      ...{ metric: 'contacts-to-resolution', startedAt: on(0, 0), value: 2, ok: false, channel: 'call-centre' },
    });
    expect(measured('contacts-to-resolution', talk.slice(0, 3))).toEqual({ metric: 'contacts-to-resolution', startedAt: on(0, 0), ok: false, open: true });
    expect(measured('contacts-to-resolution', talk.filter(({ type }) => type !== 'case.added').reverse())).toMatchObject({ value: 1, ok: true });
  });

  it('call an answer within a day a success, one later none, and one that never came none as soon as the day is over', () => {
    const opened = at(0, 'case.opened');
    expect(measured('first-answer', [opened, at(24, 'case.answered')])).toMatchObject({ value: 1_440, ok: true });
    expect(measured('first-answer', [opened, at(25, 'case.answered')])).toMatchObject({ value: 1_500, ok: false });
    expect(measured('first-answer', [opened], 24)?.open).toBe(true);
    expect(measured('first-answer', [at(0, 'page')])).toBeUndefined();
    expect(measured('first-answer', [opened], 25)).toEqual({ metric: 'first-answer', startedAt: on(0, 0), ok: false });
  });

  it('count what it takes to say yes', () => {
    const answered = [at(0, 'order.approval-requested', { initiator: 'company' }), at(1, 'order.requoted'), at(2, 'order.approved')];
    expect(measured('answers-to-approve', answered)).toMatchObject({ value: 2, ok: false });
    expect(measured('minutes-to-approve', answered)).toMatchObject({ value: 120, ok: false });
    expect(measured('answers-to-approve', [at(0, 'order.approved', { initiator: 'automation' })])).toBeUndefined();
  });

  it('compare what came with what was promised', () => {
    const accepted = at(0, 'order.accepted', { promisedAt: on(0, 10) });
    expect(measured('delivered-as-promised', [accepted, at(10, 'order.delivered')])).toMatchObject({ value: 0, ok: true });
    // The promised day ends at 23:00 UTC where the household lives; half an hour after that it is the next.
    expect(measured('delivered-as-promised', [accepted, at(22.9, 'order.delivered')])).toMatchObject({ value: 0, ok: true });
    expect(measured('delivered-as-promised', [accepted, at(23.5, 'order.delivered')])).toMatchObject({ value: 13.5 * 60, ok: false });
    expect(measured('delivered-as-promised', [at(0, 'order.accepted'), at(12, 'order.delivered')])).toBeUndefined();
  });

  it('take a household’s beginning and a figure that is given', () => {
    const begun = at(0, 'household.created');
    expect(measured('first-automatic-order', [begun, at(24 * 10, 'order.approved', { initiator: 'automation' })])).toMatchObject({ value: 14_400, ok: true });
    expect(measured('first-automatic-order', [begun], 24 * 15)).toMatchObject({ ok: false });
    expect(measured('slots-live', [begun], 9, { 'slots-live-percent': 50 })).toMatchObject({ value: 50, ok: true });
    expect(measured('slots-live', [begun], 9)).toBeUndefined();
  });

  it('have a bucket for every value', () => {
    expect([0, 15, 16, 1_440, 99_999].map((value) => bucketOf(named('first-answer'), value))).toEqual([0, 0, 1, 4, 7]);
  });
});

describe('a report of a metric', () => {
  const metric = named('contacts-to-resolution');
  const counters = { 'metric|contacts-to-resolution|of': 5, 'metric|contacts-to-resolution|ok': 2, 'metric|contacts-to-resolution|known': 5 };
  it('has share, mean and the bucket of the median', () => {
    // Values 1, 1, 2, 5, 9: median 2, in the bucket above 1 up to 2.
    const buckets = { b0: 2, b1: 1, b4: 1, b5: 1 };
    const all = { ...counters, ...Object.fromEntries(Object.entries(buckets).map(([name, many]) => [`metric|contacts-to-resolution|${name}`, many])) };
    expect(reportMetric(metric, { ...all, 'metric|contacts-to-resolution|sum': 18 })).toMatchObject({
      of: 5,
      ok: 2,
      share: 0.4,
      mean: 3.6,
      median: { above: 1, upTo: 2 },
    });
  });

  it('says nothing where nothing was measured, and of a channel only what was decided there', () => {
    expect(reportMetric(metric, {})).toMatchObject({ of: 0, ok: 0 });
    expect(reportMetric(metric, {}).share).toBeUndefined();
    expect(reportMetric(metric, { ...counters, 'metric|contacts-to-resolution@app|of': 1 }, 'app').of).toBe(1);
  });

  it('can be had day by day', () => {
    expect(shareByDay(metric, { '2026-01-02': counters, '2026-01-01': {} })).toEqual([{ day: '2026-01-01' }, { day: '2026-01-02', value: 0.4 }]);
  });

  it('of a team is told from five journeys on', () => {
    const of = (many: number) => teamFigures(shippedMetrics, { 'metric|contacts-to-resolution|of': many, 'metric|contacts-to-resolution|ok': 1 });
    expect(of(GROUP_MIN - 1)).toEqual([]);
    expect(of(GROUP_MIN)).toEqual([{ team: 'support', metric: 'contacts-to-resolution', phase: 'support', of: 5, share: 0.2 }]);
  });
});

describe('a funnel', () => {
  const [order] = shippedFunnels;
  if (order === undefined) throw new Error('expected a funnel');
  it('is reached as far as the last step that was seen', () => {
    expect(reachedOf(order, [])).toBe(0);
    expect(reachedOf(order, [at(0, 'order.proposed'), at(1, 'order.shipped')])).toBe(4);
  });

  it('tells the step at which most are lost', () => {
    const report = reportFunnel(order, { 'funnel|order|0': 100, 'funnel|order|1': 60, 'funnel|order|2': 58, 'funnel|order|3': 57, 'funnel|order|4': 50 });
    expect(report.map(({ lost }) => lost)).toEqual([40, 2, 1, 7, 0]);
    expect(report[4]).toMatchObject({ ofPrevious: 50 / 57, ofFirst: 0.5 });
    expect(leakOf(report)?.step).toBe('proposed');
    expect(leakOf(reportFunnel(order, {}))).toBeUndefined();
  });
});

describe('a trend', () => {
  const days = (values: readonly (number | undefined)[]) =>
    values.map((value, index) => ({ day: on(index).slice(0, 10), ...(value !== undefined && { value }) }));

  it('has a band of median ± 3.5 × 1.4826 × MAD from the days before, and tells what breaks it', () => {
    // Of 1…7 the median is 4 and the deviations 3,2,1,0,1,2,3 have the median 2.
    const points = trend(days([1, 2, 3, 4, 5, 6, 7, 30]));
    expect(points[7]?.high).toBeCloseTo(4 + 3.5 * 1.4826 * 2, 10);
    expect(points[7]).toMatchObject({ breaks: 'above' });
    expect(points.slice(0, 7).every(({ low }) => low === undefined)).toBe(true);
    expect(breaksIn(points)).toHaveLength(1);
  });

  it('is not widened by an outlier, and where most days are alike takes the mean deviation', () => {
    const points = trend(days([5, 5, 5, 5, 5, 5, 12, 5, 12]));
    expect(points[8]?.high).toBeCloseTo(5 + 3.5 * ((1.2533 * 7) / 8), 10);
    expect(points[8]?.breaks).toBe('above');
  });

  it('takes a day without a value as unknown, and days in any order', () => {
    const given = days([1, 2, undefined, 4, 5, 6, 7, 8, undefined, 4]);
    expect(trend(given)[8]?.breaks).toBeUndefined();
    expect(trend(given.toReversed())).toEqual(trend(given));
  });
});
