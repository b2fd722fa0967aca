/** What was promised against what came, and how that is felt. */
import { localDate, type Instant } from '../../values.ts';
import type { Trace } from '../fold/trace.ts';
import type { EmotionPoint } from './points.ts';

export interface Delivery {
  readonly promisedAt: Instant;
  readonly deliveredAt: Instant;
  /** Whole minutes; 0 on the promised day or before. */
  readonly minutesLate: number;
}

const DAY_MINUTES = 1_440;
const minutesBetween = (from: Instant, to: Instant): number => Math.floor((Date.parse(to) - Date.parse(from)) / 60_000);

/** A shop promises a day, so it is in time until that day is over where the household lives (as in order/promise-kept.ts). */
export const minutesLate = (promisedAt: Instant, deliveredAt: Instant, timeZone: string): number =>
  localDate(deliveredAt, timeZone) <= localDate(promisedAt, timeZone) ? 0 : Math.max(1, minutesBetween(promisedAt, deliveredAt));

/** Of the steps of one order, in any order: the first promise against when all of it had come; undefined until both are known. @param timeZone the household's */
export function deliveryOf(steps: readonly Pick<Trace, 'at' | 'type' | 'promisedAt'>[], timeZone: string): Delivery | undefined {
  const happened = [...steps].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const promisedAt = happened.find((step) => step.promisedAt !== undefined)?.promisedAt;
  const deliveredAt = happened.find(({ type }) => type === 'order.delivered')?.at;
  if (promisedAt === undefined || deliveredAt === undefined) return undefined;
  return { promisedAt, deliveredAt, minutesLate: minutesLate(promisedAt, deliveredAt, timeZone) };
}

/** In time is a little pleasing, a day early more; a day late is felt, a week late is as bad as it gets. */
export function pointOfDelivery({ promisedAt, deliveredAt, minutesLate: late }: Delivery): EmotionPoint {
  const isEarly = minutesBetween(deliveredAt, promisedAt) >= DAY_MINUTES;
  const value = late > 0 ? -Math.min(0.8, 0.2 + (0.1 * late) / DAY_MINUTES) : isEarly ? 0.4 : 0.2;
  return { at: deliveredAt, value: Math.round(value * 1_000) / 1_000, source: 'promise', confidence: late > 0 ? 0.5 : 0.3, phase: 'logistics' };
}
