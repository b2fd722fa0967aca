/**
 * When an order, a case or a mandate has to be looked at again although no touchpoint comes: an unanswered case becomes late by time alone. What it
 * contributes is what it was at its last step or its last look, so that the same traces, read again, contribute the same.
 */
import type { Instant } from '../../values.ts';
import { inTime, type Traces } from '../fold/trace.ts';
import { lostAt } from '../metric/metric.ts';
import { shippedMetrics } from '../metric/shipped-metrics.ts';
import { nextLookOf } from '../target/conform.ts';
import { shippedModels } from '../target/shipped-models.ts';
import type { Definitions } from './contribution.ts';

/** The moment at which it is looked at: of its last step, or of a look since. Undefined where nothing has happened. */
export function asOf(traces: Traces, lookedAt: Instant | undefined): Instant | undefined {
  const last = inTime(traces).at(-1)?.at;
  return last === undefined || lookedAt === undefined || lookedAt < last ? last : lookedAt;
}

/** @param from the last moment at which it was looked at. Undefined: time alone changes nothing any more */
export function nextLook(traces: Traces, from: Instant, { models = shippedModels, metrics = shippedMetrics }: Definitions = {}): Instant | undefined {
  const happened = inTime(traces);
  const looks = [
    ...models.filter((model) => model.of === 'process').map((model) => nextLookOf(model, happened, from)),
    ...metrics.filter((metric) => metric.of === 'process').map((metric) => lostAt(metric, happened, from)),
  ];
  return looks
    .filter((at) => at !== undefined)
    .sort()
    .at(0);
}

/** All looks that have come by now, one after the other: however late and seldom somebody asks, it is looked at as of the same moments. */
export function looksUntil(
  traces: Traces,
  lookedAt: Instant | undefined,
  now: Instant,
): { readonly lookedAt?: Instant | undefined; readonly lookAgainAt?: Instant | undefined } {
  let last = asOf(traces, lookedAt);
  if (last === undefined) return {};
  let [looked, next] = [lookedAt, nextLook(traces, last)];
  for (; next !== undefined && next <= now; next = nextLook(traces, last)) looked = last = next;
  return { ...(looked !== undefined && { lookedAt: looked }), ...(next !== undefined && { lookAgainAt: next }) };
}
