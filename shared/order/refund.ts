/**
 * Money that a shop owes back, against what it says that it has paid back. Owed is what was charged beyond what came, and what was paid, after
 * perks, for what went back or people have withdrawn from: at the latest 14 days after the word that makes it due (BGB §357 (1)); of withdrawn goods
 * the shop may wait for their return (§357 (4)), so that the day is when to ask, not yet a breach.
 */
import type { Quote } from '../event-parts.ts';
import { addDuration, duration, euros, type Gtin, type Instant, type Money } from '../values.ts';
import { packsByProduct } from './line-progress.ts';
import type { SentOrder } from './order-state.ts';
import { backFor, feePaid, owedMinor, paidByProduct } from './perk/paid-for.ts';
import type { Progress } from './progress.ts';
import type { WithdrawnPart } from './withdrawal/withdrawn-part.ts';

const PAID_BACK_WITHIN = duration(14, 'days');

export type RefundCause = 'not-delivered' | 'returned' | 'withdrawn';
export interface RefundOwed {
  readonly cause: RefundCause;
  readonly amount: Money;
  readonly since: Instant;
  /** Absent for what the shop charged without delivering it. */
  readonly gtin?: Gtin;
}
export interface Refund {
  readonly owed: readonly RefundOwed[];
  readonly expected: Money;
  readonly refunded: Money;
  /** Not yet paid back. */
  readonly open: Money;
  /** Of the oldest part that is open; absent when nothing is. */
  readonly dueAt?: Instant;
  readonly refundedAt?: Instant;
}

type Charged = Pick<SentOrder, 'quote' | 'progress'>;

/** Undefined: nothing is owed and nothing was paid back. @param withdrawn as the order notes it, or as the contract's own book has it */
export function refundOf(order: Charged, withdrawn: readonly WithdrawnPart[]): Refund | undefined {
  const { quote, progress } = order;
  const charged = progress.total?.amountMinor ?? 0;
  const owed = charged === 0 ? [] : [...notDelivered(quote, progress), ...sentBack(quote, progress, withdrawn)].sort((a, b) => (a.since < b.since ? -1 : 1));
  const refunded = progress.refunded?.total.amountMinor ?? 0;
  if (owed.length === 0 && refunded === 0) return undefined;
  const expected = Math.min(
    charged,
    owed.reduce((sum, { amount }) => sum + amount.amountMinor, 0),
  );
  const open = Math.max(0, expected - refunded);
  return {
    ...{ owed, expected: euros(expected), refunded: euros(refunded), open: euros(open) },
    ...(open > 0 && { dueAt: dueAtOf(owed, refunded) }),
    ...(progress.refunded && { refundedAt: progress.refunded.at }),
  };
}

/** What was paid back settles the oldest first. */
function dueAtOf(owed: readonly RefundOwed[], refundedMinor: number): Instant {
  let left = refundedMinor;
  for (const { amount, since } of owed) {
    if (amount.amountMinor > left) return addDuration(since, PAID_BACK_WITHIN);
    left -= amount.amountMinor;
  }
  throw new RangeError('nothing of what is owed is open');
}

/** A shop may charge an order that comes in parts before all of it has come; once it is complete, only for what came. */
function notDelivered(quote: Quote, progress: Progress): RefundOwed[] {
  const since = progress.deliveredAt;
  if (since === undefined) return [];
  const tooMuch = (progress.total?.amountMinor ?? 0) - owedMinor(quote, progress.lines);
  return tooMuch > 0 ? [{ cause: 'not-delivered', amount: euros(tooMuch), since }] : [];
}

function sentBack(quote: Quote, progress: Progress, withdrawn: readonly WithdrawnPart[]): RefundOwed[] {
  const came = packsByProduct(quote, progress.lines, 'fulfilled');
  const returned = packsByProduct(quote, progress.lines, 'returned');
  const paid = paidByProduct(quote, progress.lines);
  const left = new Map(came);
  /** Of the packs that came, those after the first `before`. */
  const worth = (gtin: Gtin, packs: number, before: number): Money => {
    const back = (count: number): number => backFor(paid.get(gtin) ?? 0, count, came.get(gtin) ?? 0);
    return euros(back(before + packs) - back(before));
  };
  const taken = [...withdrawn]
    .sort((a, b) => a.part - b.part)
    .flatMap(({ at, lines }) =>
      lines.flatMap(({ gtin, packs }): RefundOwed[] => {
        const still = left.get(gtin) ?? 0;
        const here = Math.min(packs, still);
        left.set(gtin, still - here);
        return here === 0 ? [] : [{ cause: 'withdrawn', gtin, amount: worth(gtin, here, (came.get(gtin) ?? 0) - still), since: at }];
      }),
    );
  const alsoBack = [...returned].flatMap(([gtin, packs]): RefundOwed[] => {
    const before = (came.get(gtin) ?? 0) - (left.get(gtin) ?? 0);
    const beyond = packs - before;
    return beyond <= 0 || progress.returnedAt === undefined
      ? []
      : [{ cause: 'returned', gtin, amount: worth(gtin, beyond, before), since: progress.returnedAt }];
  });
  return [...taken, ...wholeContract(quote, left, taken), ...alsoBack];
}

/** Whoever withdraws from all of it has the delivery paid back too (BGB §357 (2)). */
function wholeContract(quote: Quote, left: ReadonlyMap<Gtin, number>, taken: readonly RefundOwed[]): RefundOwed[] {
  const last = taken.at(-1);
  const isWhole = last !== undefined && [...left.values()].every((packs) => packs === 0);
  const fee = feePaid(quote);
  return isWhole && fee > 0 ? [{ cause: 'withdrawn', amount: euros(fee), since: last.since }] : [];
}

/** When an overdue refund is to be looked after, as long as nobody has been told of it. */
export const refundDueAt = (order: SentOrder): Instant | undefined =>
  order.refundOverdueAt === undefined ? refundOf(order, order.withdrawn ?? [])?.dueAt : undefined;
