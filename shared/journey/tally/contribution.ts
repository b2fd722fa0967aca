/**
 * What each item of a household's journey adds to the counters of all: whole numbers under names that the readers beside know (`read-*.ts`).
 * Parts of a name are set apart by `|`. Nothing here says whose journey it is.
 */
import type { Instant } from '../../values.ts';
import { campaignCounters } from '../campaign/result.ts';
import { churnCounters } from '../churn/churn-counters.ts';
import { contactCounters } from '../contact-forecast/contact.ts';
import { inTime, type Traces } from '../fold/trace.ts';
import type { Standing } from '../standing/standing.ts';
import { bucketOf, measure, type Measured, type Metric } from '../metric/metric.ts';
import { reachedOf, type Funnel } from '../metric/funnel.ts';
import { shippedFunnels, shippedMetrics } from '../metric/shipped-metrics.ts';
import { asHappened, conform, type Conformance } from '../target/conform.ts';
import type { TargetModel } from '../target/model.ts';
import { shippedModels } from '../target/shipped-models.ts';
import type { Contribution } from './batch.ts';

/** Feelings and fitness have digits behind the point; counters have none. */
export const THOUSAND = 1_000;
const dayOf = (at: string): string => at.slice(0, 10);

/** The company's own; absent: what comes with the product. */
export interface Definitions {
  readonly models?: readonly TargetModel[];
  readonly metrics?: readonly Metric[];
  readonly funnels?: readonly Funnel[];
  /** Of the household; default Europe/Berlin. */
  readonly timeZone?: string;
}

class Sums {
  readonly counters: Record<string, number> = {};
  add(name: string, value = 1): void {
    const sum = (this.counters[name] ?? 0) + value;
    if (sum === 0) Reflect.deleteProperty(this.counters, name);
    else this.counters[name] = sum;
  }
}
const contributionsOf = (sums: ReadonlyMap<string, Sums>): Contribution[] =>
  [...sums].flatMap(([bucket, { counters }]) => (Object.keys(counters).length === 0 ? [] : [{ bucket, counters }]));

/** Touchpoints by channel, phase and initiator; how it was felt, by phase; funnels of a day. @param day `YYYY-MM-DD` */
export function contributionOfDay(day: string, traces: Traces, { funnels = shippedFunnels }: Definitions = {}): Contribution[] {
  const sums = new Sums();
  const felt = new Map<string, { sum: number; weight: number }>();
  const happened = inTime(traces);
  for (const { type, channel, phase, initiator, sentiment, campaign } of happened) {
    sums.add(`tp|${channel}|${phase}|${initiator}`);
    for (const name of contactCounters({ type, channel, initiator })) sums.add(name);
    for (const name of campaignCounters({ type, channel, campaign, initiator })) sums.add(name);
    if (sentiment === undefined) continue;
    const known = felt.get(phase) ?? { sum: 0, weight: 0 };
    felt.set(phase, { sum: known.sum + sentiment.value * sentiment.confidence, weight: known.weight + sentiment.confidence });
  }
  // Rounded once a day, so that a household's part is the same in whatever order it felt.
  for (const [phase, { sum, weight }] of felt) {
    sums.add(`feel|${phase}|sum`, Math.round(sum * THOUSAND));
    sums.add(`feel|${phase}|weight`, Math.round(weight * THOUSAND));
    sums.add(`feel|${phase}|known`);
  }
  for (const funnel of funnels) if (funnel.of === 'day') addReached(sums, funnel, reachedOf(funnel, happened));
  return contributionsOf(new Map([[day, sums]]));
}

const addReached = (sums: Sums, { funnel }: Funnel, reached: number): void => {
  for (let step = 0; step < reached; step += 1) sums.add(`funnel|${funnel}|${step}`);
};

/** Of one order, case, mandate or thing: counted to the day on which it began. A later touchpoint of it takes the place of what it counted before. */
export function contributionOfProcess(traces: Traces, now: Instant, definitions: Definitions = {}): Contribution[] {
  const { models = shippedModels, metrics = shippedMetrics, funnels = shippedFunnels, timeZone = 'Europe/Berlin' } = definitions;
  const happened = inTime(traces).filter(({ at }) => at <= now);
  const [begun] = happened;
  if (begun === undefined) return [];
  const byDay = new Map<string, Sums>();
  const sumsOf = (at: string): Sums => byDay.get(dayOf(at)) ?? setAndGet(byDay, dayOf(at));
  for (const model of models) {
    const conformance = model.of === 'process' ? conform(model, happened, now) : undefined;
    if (conformance === undefined) continue;
    addConformance(sumsOf(conformance.startedAt), conformance);
    addEdges(sumsOf(conformance.startedAt), model.model, asHappened(model, happened), conformance.state !== 'open');
  }
  for (const metric of metrics) {
    const measured = metric.of === 'process' ? measure(metric, happened, { now, timeZone }) : undefined;
    if (measured !== undefined) addMeasured(sumsOf(measured.startedAt), metric, measured);
  }
  for (const funnel of funnels) if (funnel.of === 'process') addReached(sumsOf(begun.at), funnel, reachedOf(funnel, happened));
  return contributionsOf(byDay);
}
const setAndGet = (byDay: Map<string, Sums>, day: string): Sums => {
  const sums = new Sums();
  byDay.set(day, sums);
  return sums;
};

function addConformance(sums: Sums, { model, state, fitness, steps, deviations }: Conformance): void {
  sums.add(`conf|${model}|journeys`);
  sums.add(`conf|${model}|${state}`);
  sums.add(`conf|${model}|fitness`, Math.round(fitness * THOUSAND));
  if (deviations.length === 0) sums.add(`conf|${model}|as-planned`);
  for (const step of new Set(steps.map((one) => one.step))) sums.add(`step|${model}|${step}`);
  const seen = new Set<string>();
  for (const { kind, step, minutes, costMinor, lateMinutes = 0 } of deviations) {
    const name = `dev|${model}|${step}|${kind}`;
    sums.add(`${name}|times`);
    // However often in one journey, it is one journey that has it.
    if (!seen.has(name)) sums.add(`${name}|journeys`);
    seen.add(name);
    sums.add(`${name}|minutes`, minutes);
    sums.add(`${name}|minor`, costMinor);
    sums.add(`${name}|late`, lateMinutes);
  }
}

/** From the beginning (`^`) through every step to the end (`$`), or to where it is. */
function addEdges(sums: Sums, model: string, steps: readonly { readonly step: string; readonly at: Instant }[], isOver: boolean): void {
  let before: { step: string; at: Instant | undefined } = { step: '^', at: undefined };
  for (const { step, at } of steps) {
    sums.add(`edge|${model}|${before.step}|${step}|times`);
    if (before.at !== undefined) sums.add(`edge|${model}|${before.step}|${step}|minutes`, Math.floor((Date.parse(at) - Date.parse(before.at)) / 60_000));
    before = { step, at };
  }
  if (isOver) sums.add(`edge|${model}|${before.step}|$|times`);
}

/** Of all channels together, and of the one where it was decided. */
function addMeasured(sums: Sums, metric: Metric, { value, ok, channel, open }: Measured): void {
  if (open === true) {
    sums.add(`metric|${metric.metric}|open`);
    return;
  }
  for (const name of [`metric|${metric.metric}`, ...(channel === undefined ? [] : [`metric|${metric.metric}@${channel}`])]) {
    sums.add(`${name}|of`);
    if (ok) sums.add(`${name}|ok`);
    if (value === undefined) continue;
    sums.add(`${name}|known`);
    sums.add(`${name}|sum`, Math.round(value));
    sums.add(`${name}|b${bucketOf(metric, value)}`);
  }
}

/** How a household stands now, and how it began: the latter to the day on which it did. */
export function contributionOfStanding(standing: Standing, { metrics = shippedMetrics, funnels = shippedFunnels }: Definitions = {}): Contribution[] {
  const byDay = new Map<string, Sums>([['now', standsNow(standing)]]);
  const sumsOf = (at: string): Sums => byDay.get(dayOf(at)) ?? setAndGet(byDay, dayOf(at));
  for (const conformance of standing.begun?.journeys ?? []) addConformance(sumsOf(conformance.startedAt), conformance);
  for (const measured of standing.begun?.measured ?? []) {
    const metric = metrics.find((one) => one.metric === measured.metric);
    if (metric !== undefined) addMeasured(sumsOf(measured.startedAt), metric, measured);
  }
  for (const { funnel, reached, startedAt } of standing.begun?.reached ?? []) {
    const known = funnels.find((one) => one.funnel === funnel);
    if (known !== undefined) addReached(sumsOf(startedAt), known, reached);
  }
  return contributionsOf(byDay);
}

function standsNow({ phases, segments, tier, value, health, outlook, foretold }: Standing): Sums {
  const sums = new Sums();
  sums.add('now|households');
  for (const phase of new Set(phases.map((note) => note.phase))) sums.add(`now|phase|${phase}`);
  for (const { phase, line } of phases) sums.add(`now|line|${line}|${phase}`);
  for (const { segment } of segments) sums.add(`now|segment|${segment}`);
  sums.add(`now|tier|${tier?.tier ?? 'none'}`);
  sums.add(`now|value|${value ?? 'unknown'}`);
  // Tenths: 0 for up to 0.1 and so on; a health of 1 is in the last.
  sums.add(`now|health|${health?.score === undefined ? 'unknown' : String(Math.min(9, Math.floor(health.score * 10)))}`);
  for (const [name, many] of Object.entries(churnCounters(outlook, foretold))) sums.add(name, many);
  return sums;
}
