/** What a shop had promised for an order against what it brought, line by line. */
import { addDuration, duration, localDate, type Gtin, type Instant, type NeedId } from '../values.ts';
import { isSent } from './answer-order.ts';
import type { PromiseFate } from '../retailer/lost-offers.ts';
import type { Order } from './order-state.ts';
import { owedMinor } from './perk/paid-for.ts';

export interface PromiseKept {
  /** What the shop named when it took the order; without that, its lead time from the yes. */
  readonly promisedAt: Instant;
  readonly deliveredAt: Instant;
  /** Calendar days where the household lives; 0 when it came on the promised day or before. */
  readonly daysLate: number;
  readonly lines: readonly {
    readonly needId: NeedId;
    readonly gtin: Gtin;
    readonly promised: number;
    readonly delivered: number;
    /** Packs that were ordered and did not come, nor what had been agreed to instead of them. */
    readonly missing: number;
  }[];
}

/** Undefined until all that comes has come. @param timeZone the household's */
export function promiseKept(order: Order, timeZone: string): PromiseKept | undefined {
  if (!isSent(order) || order.status !== 'delivered' || order.progress.deliveredAt === undefined) return undefined;
  const { deliveredAt, deliveryAt, lines } = order.progress;
  const promisedAt = deliveryAt ?? addDuration(order.approval.at, duration(order.quote.leadTimeDays, 'days'));
  const dayOf = (instant: Instant): number => Date.parse(localDate(instant, timeZone)) / 86_400_000;
  return {
    ...{ promisedAt, deliveredAt, daysLate: Math.max(0, dayOf(deliveredAt) - dayOf(promisedAt)) },
    lines: order.quote.lineItems.map(({ needId, gtin, quantity }, index) => {
      const delivered = lines[index]?.fulfilled ?? 0;
      const substitute = lines[index]?.substitute;
      // Agreed instead of all that is missing: packs of another size cannot be counted against each other.
      const isReplaced = substitute !== undefined && substitute.fulfilled >= substitute.current && substitute.fulfilled > 0;
      return { needId, gtin, promised: quantity, delivered, missing: isReplaced ? 0 : Math.max(0, quantity - delivered) };
    }),
  };
}

/** The same for the shop: the day, the packs, and whether it charged what came at the price. Empty until all has come. */
export function promiseFatesOf(order: Order, timeZone: string): PromiseFate[] {
  const kept = promiseKept(order, timeZone);
  if (kept === undefined || !isSent(order)) return [];
  const { quote, progress } = order;
  const isAbove = (progress.total?.amountMinor ?? 0) > owedMinor(quote, progress.lines);
  const isShort = kept.lines.some(({ missing }) => missing > 0);
  return [kept.daysLate > 0 ? 'late' : 'on-time', isShort ? 'short' : 'complete', isAbove ? 'above-the-price' : 'at-the-price'];
}
