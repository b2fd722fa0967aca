/** How somebody felt at a moment, how that is known, and how much it still says later. */
import { z } from 'zod';
import { instantSchema, type Instant } from '../../values.ts';
import { inTime, type Traces } from '../fold/trace.ts';
import { phaseSchema, sentimentSchema, type Sentiment } from '../words.ts';

export const pointSchema = z.strictObject({ at: instantSchema, ...sentimentSchema.shape, phase: phaseSchema });
export type EmotionPoint = z.infer<typeof pointSchema>;

/** After so many days it says half as much. A look at a page is forgotten in two days, a recommendation is not. */
export const halfLifeDays: Readonly<Record<Sentiment['source'], number>> = {
  nps: 60,
  csat: 14,
  ces: 14,
  complaint: 21,
  contact: 7,
  cancellation: 30,
  refusal: 7,
  regret: 14,
  praise: 21,
  web: 2,
  promise: 10,
};

/** Those of any number of days. Touchpoints of which nobody knows a feeling make none. */
export const pointsOf = (traces: Traces): EmotionPoint[] =>
  inTime(traces).flatMap(({ at, phase, sentiment }) => (sentiment === undefined ? [] : [{ at, phase, ...sentiment }]));

export interface Delivery {
  readonly promisedAt: Instant;
  readonly deliveredAt: Instant;
  /** Whole minutes; negative: earlier than promised. */
  readonly minutesLate: number;
}
/** Of one order: the first promise against when all of it had come; undefined until both are known. */
export function promiseOf(traces: Traces): Delivery | undefined {
  const happened = inTime(traces);
  const promisedAt = happened.find((trace) => trace.promisedAt !== undefined)?.promisedAt;
  const deliveredAt = happened.find(({ type }) => type === 'order.delivered')?.at;
  if (promisedAt === undefined || deliveredAt === undefined) return undefined;
  return { promisedAt, deliveredAt, minutesLate: Math.floor((Date.parse(deliveredAt) - Date.parse(promisedAt)) / 60_000) };
}

const DAY_MINUTES = 1_440;
/** In time is a little pleasing, a day early more; a day late is felt, a week late is as bad as it gets. */
export function pointOfPromise({ deliveredAt, minutesLate }: Delivery): EmotionPoint {
  const days = minutesLate / DAY_MINUTES;
  const value = days <= -1 ? 0.4 : days <= 0 ? 0.2 : -Math.min(0.8, 0.2 + 0.1 * days);
  return { at: deliveredAt, value: Math.round(value * 1_000) / 1_000, source: 'promise', confidence: days <= 0 ? 0.3 : 0.5, phase: 'logistics' };
}
