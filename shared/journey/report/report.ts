/** Everything that the counters say of a period, in one answer: it costs the same for a thousand households as for a million. */
import { z } from 'zod';
import { findingsIn, type Finding } from '../improve/finding.ts';
import { plannedCells, type PlannedCell } from '../map/planned.ts';
import type { Funnel } from '../metric/funnel.ts';
import type { Metric } from '../metric/metric.ts';
import { funnelAlerts, leakOf, reportFunnel, reportMetric, shareByDay, teamFigures } from '../metric/report.ts';
import type { FunnelAlert, FunnelStepReport, MetricReport, TeamFigure } from '../metric/report.ts';
import { shippedFunnels, shippedMetrics } from '../metric/shipped-metrics.ts';
import { breaksIn, trend, type TrendPoint } from '../metric/trend.ts';
import { bucketsOf, mergeCounters, type Counters } from '../tally/batch.ts';
import { aidaIn, conformanceIn, edgesIn, feelingsIn, standsNowIn, touchpointsIn } from '../tally/read-tally.ts';
import type { AidaRow, ConformanceReport, Edge, PhaseFeeling, StandsNow, TouchpointCount } from '../tally/read-tally.ts';
import type { TargetModel } from '../target/model.ts';
import { shippedModels } from '../target/shipped-models.ts';
import { channelSchema, type Phase } from '../words.ts';

export const periodSchema = z
  .strictObject({ from: z.iso.date('expected a date such as 2026-03-01'), to: z.iso.date('expected a date such as 2026-03-31') })
  .refine(({ from, to }) => from <= to, 'expected a period that does not end before it begins')
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= PERIOD_DAYS_MAX * DAY_MILLIS, 'expected at most two years');
export type Period = z.infer<typeof periodSchema>;
const PERIOD_DAYS_MAX = 731;
const DAY_MILLIS = 86_400_000;
/** A band wants the days before; a trend of years would be read in months. */
const TREND_DAYS_MAX = 62;

export interface MetricOverTime extends MetricReport {
  readonly phase: Phase;
  readonly team: string;
  readonly unit: Metric['unit'];
  readonly channels: readonly (MetricReport & { readonly channel: string })[];
  /** The share of successes by day, with the band in which it is expected. */
  readonly trend: readonly TrendPoint[];
  /** Days that left their band. */
  readonly alerts: readonly TrendPoint[];
}
export interface JourneyReport extends Period {
  readonly touchpoints: readonly TouchpointCount[];
  /** Where target journeys have steps, to be drawn under what happened. */
  readonly planned: readonly PlannedCell[];
  readonly feelings: Record<Phase, PhaseFeeling>;
  readonly aida: readonly AidaRow[];
  readonly now: StandsNow;
  readonly models: readonly (ConformanceReport & { readonly edges: readonly Edge[] })[];
  readonly metrics: readonly MetricOverTime[];
  readonly teams: readonly TeamFigure[];
  readonly funnels: readonly {
    readonly funnel: string;
    readonly steps: readonly FunnelStepReport[];
    readonly leak?: FunnelStepReport;
    /** Days on which a step let through another share than was to be expected. */
    readonly alerts: readonly FunnelAlert[];
  }[];
  readonly findings: readonly Finding[];
}

/** Which buckets a report of this period reads: months and days of it, the days of its trend, and how things stand. */
export const bucketsOfReport = (period: Period): string[] => [...new Set([...bucketsOf(period.from, period.to), ...trendDays(period), 'now'])];

const trendDays = ({ from, to }: Period): string[] => {
  const first = Math.max(Date.parse(from), Date.parse(to) - (TREND_DAYS_MAX - 1) * DAY_MILLIS);
  return Array.from({ length: Math.round((Date.parse(to) - first) / DAY_MILLIS) + 1 }, (_, day) =>
    new Date(first + day * DAY_MILLIS).toISOString().slice(0, 10),
  );
};

interface Definitions {
  readonly models?: readonly TargetModel[];
  readonly metrics?: readonly Metric[];
  readonly funnels?: readonly Funnel[];
}

/** @param buckets those of `bucketsOfReport`; one that is absent is empty */
export function reportOf(period: Period, buckets: Readonly<Record<string, Counters>>, definitions: Definitions = {}): JourneyReport {
  const { models = shippedModels, metrics = shippedMetrics, funnels = shippedFunnels } = definitions;
  const counters = mergeCounters(bucketsOf(period.from, period.to).map((bucket) => buckets[bucket] ?? {}));
  const days = Object.fromEntries(trendDays(period).map((day) => [day, buckets[day] ?? {}]));
  return {
    ...period,
    planned: plannedCells(models),
    ...{ touchpoints: touchpointsIn(counters), feelings: feelingsIn(counters), aida: aidaIn(counters), now: standsNowIn(buckets['now'] ?? {}) },
    models: models.map((model) => ({ ...conformanceIn(model, counters), edges: edgesIn(model.model, counters) })),
    metrics: metrics.map((metric) => overTime(metric, counters, days)),
    teams: teamFigures(metrics, counters),
    funnels: funnels.map((funnel) => {
      const steps = reportFunnel(funnel, counters);
      const leak = leakOf(steps);
      return { funnel: funnel.funnel, steps, ...(leak && { leak }), alerts: funnelAlerts(funnel, days) };
    }),
    findings: findingsIn(models, counters, period),
  };
}

function overTime(metric: Metric, counters: Counters, days: Readonly<Record<string, Counters>>): MetricOverTime {
  const points = trend(shareByDay(metric, days));
  const byChannel = channelSchema.options.map((channel) => ({ ...reportMetric(metric, counters, channel), channel }));
  return {
    ...{ ...reportMetric(metric, counters), phase: metric.phase, team: metric.team, unit: metric.unit },
    ...{ channels: byChannel.filter(({ of }) => of > 0), trend: points, alerts: breaksIn(points) },
  };
}
