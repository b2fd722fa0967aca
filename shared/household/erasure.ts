/**
 * ERASURE: that a household asked to be forgotten, how far that has come, and at last the proof that it was done (GDPR Art. 17, Art. 5 (2)).
 * It outlives everything else that stood in the household's partition and holds nothing of a person.
 */
import { z } from 'zod';
import { lineItemSchema, quotePerkSchema } from '../event-parts.ts';
import type { EventOf } from '../events.ts';
import type { ContractWithdrawal } from '../order/withdrawal/contract-withdrawal.ts';
import { isTerminal, type Order } from '../order/order-state.ts';
import type { Case } from '../support/case.ts';
import {
  addDuration,
  duration,
  gtinSchema,
  householdIdSchema,
  ignored,
  instantOf,
  instantSchema,
  isBefore,
  moneySchema,
  orderIdSchema,
  retailerIdSchema,
} from '../values.ts';
import type { HouseholdId, Instant, MemberId, Outcome } from '../values.ts';

/** What cannot be finished now (an order that slipped in, a flood of items) goes on after this. */
const LOOK_AGAIN = duration(1, 'minutes');
/** Queues and dead letters keep a message for 14 days at most: whatever a late one wrote is swept a day later. */
const SWEEP_AFTER = duration(15, 'days');
/** Who claims later not to have asked for it has three years (§195, §199 BGB), counted from the end of the year. */
const PROOF_KEPT = duration(4 * 366, 'days');

const key = { householdId: householdIdSchema, requestedAt: instantSchema };
export const erasureSchema = z.discriminatedUnion('status', [
  z.strictObject({ ...key, status: z.literal('erasing'), dueAt: instantSchema }),
  z.strictObject({ ...key, status: z.literal('erased'), erasedAt: instantSchema, dueAt: instantSchema }),
  z.strictObject({ ...key, status: z.literal('swept'), erasedAt: instantSchema }),
]);
export type Erasure = z.infer<typeof erasureSchema>;
type Step = Outcome<Erasure, EventOf<'household'>>;

/** @param by said in the event, for the record of who asked; not kept here */
export function requestErasure(erasure: Erasure | undefined, householdId: HouseholdId, by: MemberId, now: Instant): Step {
  if (erasure?.status === 'erasing') return ignored('already-erasing');
  return {
    kind: 'changed',
    state: { householdId, requestedAt: now, status: 'erasing', dueAt: addDuration(now, LOOK_AGAIN) },
    events: [{ type: 'household.erasure-requested', data: { householdId, memberId: by } }],
  };
}

/** @param isDone everything is gone; else the rest is due soon */
export function proceed(erasure: Erasure, isDone: boolean, now: Instant): Step {
  const { householdId, requestedAt } = erasure;
  if (erasure.status === 'swept') return ignored('swept');
  if (!isDone) return { kind: 'changed', state: { ...erasure, dueAt: addDuration(now, LOOK_AGAIN) }, events: [] };
  if (erasure.status === 'erasing') {
    const state = { householdId, requestedAt, status: 'erased', erasedAt: now, dueAt: addDuration(now, SWEEP_AFTER) } as const;
    return { kind: 'changed', state, events: [{ type: 'household.erased', data: { householdId } }] };
  }
  if (isBefore(now, erasure.dueAt)) return ignored('not-due');
  return { kind: 'changed', state: { householdId, requestedAt, status: 'swept', erasedAt: erasure.erasedAt }, events: [] };
}

export const erasureDueAt = (erasure: Erasure): Instant | undefined => ('dueAt' in erasure ? erasure.dueAt : undefined);
export const proofKeptUntil = (erasure: Erasure): Instant | undefined => (erasure.status === 'swept' ? addDuration(erasure.erasedAt, PROOF_KEPT) : undefined);

/** An order that a shop has or may get: it has to be ended first, because nobody could receive, pay or return it afterwards. */
export const isOnItsWay = (order: Order): boolean => !isTerminal[order.status] && order.status !== 'proposed' && order.status !== 'awaiting-approval';

/** Whoever waits for an answer loses the proof with the words. They may say themselves that it is solved, so nobody is kept against their will. */
export const isUnsolved = ({ status }: Case): boolean => status !== 'solved';

/** A declared withdrawal that its shop has not been told of: erased now, it would never be heard (a matter of seconds). */
export const isUntold = ({ parts, told }: ContractWithdrawal): boolean => told < parts.length;

const withdrawnLinesSchema = z.array(z.strictObject({ gtin: gtinSchema, packs: z.int().min(1).max(99) })).max(200);

/**
 * What is left of a delivered order: the voucher that our own books rest on, without household, person or address (the shop is the seller
 * and invoices with the address; our books need goods, amounts, date and the document's number, which is the order's).
 */
export const voucherSchema = z.strictObject({
  orderId: orderIdSchema,
  retailerId: retailerIdSchema,
  deliveredAt: instantSchema,
  lines: z.array(lineItemSchema.pick({ gtin: true, quantity: true, unitPrice: true, lineTotal: true })).max(50),
  deliveryFee: moneySchema,
  /** What was taken off, and who pays for it. */
  perks: z
    .array(quotePerkSchema.omit({ needId: true }))
    .max(52)
    .optional(),
  /** Charged. */
  total: moneySchema,
  /** Lines whose contract was withdrawn from afterwards: their money went back. */
  withdrawn: withdrawnLinesSchema.optional(),
  keepUntil: instantSchema,
});
export type Voucher = z.infer<typeof voucherSchema>;

/** Eight years from the end of the calendar year (§147 (3), (4) AO, §257 (4), (5) HGB). */
const YEARS_KEPT = 8;

/** Undefined for an order that was never delivered: nothing was sold, so nothing has to be kept. */
export function voucherOf(order: Order, withdrawal?: ContractWithdrawal): Voucher | undefined {
  if (order.status !== 'delivered') return undefined;
  const { orderId, retailerId, quote, progress } = order;
  const deliveredAt = progress.deliveredAt ?? order.placement.startedAt;
  return {
    ...{ orderId, retailerId, deliveredAt, deliveryFee: quote.deliveryFee, total: progress.total ?? quote.total },
    ...(quote.perks && { perks: quote.perks.map(({ needId: _, ...perk }) => perk) }),
    ...(withdrawal !== undefined && { withdrawn: withdrawal.parts.flatMap(({ lines }) => lines) }),
    lines: quote.lineItems.map(({ gtin, quantity, unitPrice, lineTotal }) => ({ gtin, quantity, unitPrice, lineTotal })),
    keepUntil: instantOf(Date.UTC(new Date(deliveredAt).getUTCFullYear() + 1 + YEARS_KEPT, 0, 1)),
  };
}
