/** What the counters of a period say of a metric or a funnel. The number of households does not matter. */
import type { Counters } from '../tally/batch.ts';
import type { Funnel } from './funnel.ts';
import type { Metric } from './metric.ts';
import { breaksIn, trend, type TrendDay, type TrendPoint } from './trend.ts';

export interface MetricReport {
  readonly metric: string;
  /** Journeys of which it is decided whether they were a success, and how many were. */
  readonly of: number;
  readonly ok: number;
  /** Begun and not decided, as it looked when their last step came: of a day that is long past, these have come to nothing. */
  readonly open: number;
  /** 0–1; absent: nothing was measured. */
  readonly share?: number;
  /** In the metric's unit, over those whose value is known. */
  readonly mean?: number;
  /** Exact to the bucket: above `above`, up to and with `upTo` (absent in the last). */
  readonly median?: { readonly above?: number; readonly upTo?: number };
  readonly buckets: readonly { readonly upTo?: number; readonly many: number }[];
}

/** @param channel only what was decided there */
export function reportMetric(metric: Metric, counters: Counters, channel?: string): MetricReport {
  const name = `metric|${metric.metric}${channel === undefined ? '' : `@${channel}`}`;
  const counted = (of: string): number => counters[`${name}|${of}`] ?? 0;
  const [of, ok, known] = [counted('of'), counted('ok'), counted('known')];
  const many = Array.from({ length: metric.buckets.length + 1 }, (_, index) => counted(`b${index}`));
  const end = (index: number): number | undefined => metric.buckets[index];
  const median = medianBucket(many, known);
  return {
    ...{ metric: metric.metric, of, ok, open: counted('open') },
    ...(of > 0 && { share: ok / of }),
    ...(known > 0 && { mean: counted('sum') / known }),
    ...(median !== undefined && { median: { ...above(end(median - 1)), ...upTo(end(median)) } }),
    buckets: many.map((one, index) => ({ ...upTo(end(index)), many: one })),
  };
}
const above = (end: number | undefined) => (end === undefined ? {} : { above: end });
const upTo = (end: number | undefined) => (end === undefined ? {} : { upTo: end });

/** Where the lower of the two in the middle lies. */
function medianBucket(many: readonly number[], known: number): number | undefined {
  if (known === 0) return undefined;
  let passed = 0;
  return many.findIndex((one) => {
    passed += one;
    return passed * 2 >= known;
  });
}

/** The share of successes day by day, for a trend; a day on which nothing began has no value. @param byDay `YYYY-MM-DD` → its counters */
export const shareByDay = (metric: Metric, byDay: Readonly<Record<string, Counters>>): TrendDay[] =>
  Object.entries(byDay)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, counters]) => {
      const { share } = reportMetric(metric, counters);
      return { day, ...(share !== undefined && { value: share }) };
    });

export interface FunnelStepReport {
  readonly step: string;
  readonly reached: number;
  /** Who got no further: lost here. */
  readonly lost: number;
  /** Of the step before and of the first, 0–1. */
  readonly ofPrevious?: number;
  readonly ofFirst?: number;
}
export function reportFunnel({ funnel, steps }: Funnel, counters: Counters): FunnelStepReport[] {
  const reached = steps.map((_, index) => counters[`funnel|${funnel}|${index}`] ?? 0);
  const [first = 0] = reached;
  return steps.map(({ step }, index) => {
    const here = reached[index] ?? 0;
    const before = index === 0 ? here : (reached[index - 1] ?? 0);
    return {
      ...{ step, reached: here, lost: index === steps.length - 1 ? 0 : here - (reached[index + 1] ?? 0) },
      ...(before > 0 && { ofPrevious: here / before }),
      ...(first > 0 && { ofFirst: here / first }),
    };
  });
}
export interface FunnelAlert extends TrendPoint {
  /** The step that fewer, or more, than usual have come to from the one before. */
  readonly step: string;
}
/** With fewer of them on a day a share says nothing. */
const COMING_MIN = 5;

/** Days on which a step let through another share than was to be expected of the days before. @param byDay `YYYY-MM-DD` → its counters */
export function funnelAlerts(funnel: Funnel, byDay: Readonly<Record<string, Counters>>): FunnelAlert[] {
  const reports = Object.entries(byDay).map(([day, counters]) => ({ day, steps: reportFunnel(funnel, counters) }));
  return funnel.steps.slice(1).flatMap(({ step }, index) => {
    const days = reports.map(({ day, steps }): TrendDay => {
      const [before, here] = [steps[index], steps[index + 1]];
      return before === undefined || here?.ofPrevious === undefined || before.reached < COMING_MIN ? { day } : { day, value: here.ofPrevious };
    });
    return breaksIn(trend(days)).map((point) => ({ ...point, step }));
  });
}

/** The step at which most are lost, as a share of those who came so far; undefined where nobody is. */
export function leakOf(report: readonly FunnelStepReport[]): FunnelStepReport | undefined {
  const share = ({ lost, reached }: FunnelStepReport): number => (reached === 0 ? 0 : lost / reached);
  const worst = report.reduce<FunnelStepReport | undefined>((a, b) => (a === undefined || share(b) > share(a) ? b : a), undefined);
  return worst === undefined || worst.lost === 0 ? undefined : worst;
}

/** Below this many journeys a team's figure says something of single persons, and is not told. */
export const GROUP_MIN = 5;
export interface TeamFigure extends Pick<MetricReport, 'of' | 'share' | 'median'> {
  readonly team: string;
  readonly metric: string;
  readonly phase: string;
}
/** Of teams and steps; nowhere in the counters is there a person of ours. */
export const teamFigures = (metrics: readonly Metric[], counters: Counters): TeamFigure[] =>
  metrics.flatMap((metric) => {
    const { of, share, median } = reportMetric(metric, counters);
    if (of < GROUP_MIN) return [];
    return [{ team: metric.team, metric: metric.metric, phase: metric.phase, of, ...(share !== undefined && { share }), ...(median && { median }) }];
  });
