/**
 * Withdrawals from the contract of one order, whole or line by line. This is not the order's status `withdrawn`, which means taken back before
 * a shop heard of it: here there is a contract, and a declaration ends it for what it names (BGB §355 (1)).
 */
import { z } from 'zod';
import { eventDataSchemas, type EventOf } from '../../events.ts';
import {
  addDuration,
  declarationIdSchema,
  duration,
  gtinSchema,
  householdIdSchema,
  ignored,
  instantSchema,
  orderIdSchema,
  rejected,
  retailerIdSchema,
  type DeclarationId,
  type Gtin,
  type Instant,
  type MemberId,
  type Outcome,
} from '../../values.ts';
import { isSent } from '../answer-order.ts';
import type { Order, SentOrder } from '../order-state.ts';
import { hasRight, withdrawalStanding, type WithdrawalStanding } from './withdrawal.ts';

const PARTS_MAX = 50;
/** The message to the shop leaves within seconds; after this its event is lost. */
const TOLD_WITHIN = duration(15, 'minutes');

const linesSchema = z
  .array(z.strictObject({ gtin: gtinSchema, packs: z.int().min(1).max(99) }))
  .min(1)
  .max(50);
export type WithdrawnLines = z.infer<typeof linesSchema>;

const partSchema = z.strictObject({
  part: z.int().min(1).max(PARTS_MAX),
  /** Made by whoever declares, or from what was declared. */
  declarationId: declarationIdSchema,
  declaredAt: instantSchema,
  by: eventDataSchemas['contract.withdrawn'].shape.by,
  lines: linesSchema,
});
export type WithdrawalPart = z.infer<typeof partSchema>;

export const contractWithdrawalSchema = z.strictObject({
  householdId: householdIdSchema,
  orderId: orderIdSchema,
  retailerId: retailerIdSchema,
  parts: z.array(partSchema).min(1).max(PARTS_MAX),
  /** For how many of them the shop's message is made. */
  told: z.int().min(0).max(PARTS_MAX),
});
export type ContractWithdrawal = z.infer<typeof contractWithdrawalSchema>;

export const withdrawalDueAt = ({ parts, told }: ContractWithdrawal): Instant | undefined => {
  const waiting = parts[told];
  return waiting && addDuration(waiting.declaredAt, TOLD_WITHIN);
};

/** Statuses in which there is, or may be, a contract with a shop. */
const IS_CONTRACT: Record<SentOrder['status'], boolean> = {
  placing: true,
  placed: true,
  accepted: true,
  shipped: true,
  delivered: true,
  rejected: false,
  cancelled: false,
};

/** What could be taken back at all: what came, or is still to come, of the lines that have the right; by product. */
export function withdrawable(order: Order): Map<Gtin, number> {
  const packs = new Map<Gtin, number>();
  if (!isSent(order) || !IS_CONTRACT[order.status]) return packs;
  const field = order.status === 'delivered' ? 'fulfilled' : 'current';
  const add = (gtin: Gtin, count: number) => count > 0 && packs.set(gtin, (packs.get(gtin) ?? 0) + count);
  for (const [index, item] of order.quote.lineItems.entries()) {
    if (!hasRight(item)) continue;
    const line = order.progress.lines[index];
    add(item.gtin, line?.[field] ?? item.quantity);
    if (line?.substitute) add(line.substitute.gtin, line.substitute[field]);
  }
  return packs;
}

/** What is left of it after what has been declared. */
export function leftToWithdraw(order: Order, parts: readonly WithdrawalPart[]): WithdrawnLines {
  const left = withdrawable(order);
  for (const { gtin, packs } of parts.flatMap(({ lines }) => lines)) left.set(gtin, (left.get(gtin) ?? 0) - packs);
  return [...left].filter(([, packs]) => packs > 0).map(([gtin, packs]) => ({ gtin, packs }));
}

export const standingOfWithdrawal = (order: Order, parts: readonly WithdrawalPart[], now: Instant): WithdrawalStanding =>
  withdrawalStanding({
    isContract: isSent(order) && IS_CONTRACT[order.status],
    hasRight: order.quote.lineItems.some(hasRight),
    receivedAt: isSent(order) ? order.progress.deliveredAt : undefined,
    isAllWithdrawn: leftToWithdraw(order, parts).length === 0,
    now,
  });

interface Declare {
  readonly declarationId: DeclarationId;
  readonly by: { readonly kind: 'member'; readonly memberId: MemberId } | { readonly kind: 'declaration'; readonly declarationId: DeclarationId };
  /** Absent: all that is left. */
  readonly lines?: WithdrawnLines | undefined;
  readonly declaredAt: Instant;
}

/** Ignored: already-withdrawn. Rejected: no-contract, no-right, period-over, not-in-the-order, too-many. */
export function declareWithdrawal(before: ContractWithdrawal | undefined, order: Order, declared: Declare): Outcome<ContractWithdrawal, EventOf<'contract'>> {
  const parts = before?.parts ?? [];
  if (parts.some(({ declarationId }) => declarationId === declared.declarationId)) return ignored('already-withdrawn');
  const standing = standingOfWithdrawal(order, parts, declared.declaredAt);
  if (!standing.possible) return standing.reason === 'all-withdrawn' && parts.length > 0 ? ignored('already-withdrawn') : rejected(standing.reason);
  const left = leftToWithdraw(order, parts);
  const named = declared.lines ?? left;
  const known = withdrawable(order);
  if (named.some(({ gtin }) => !known.has(gtin))) return rejected('not-in-the-order');
  const lines = left.flatMap(({ gtin, packs }) => {
    const wanted = named.filter((line) => line.gtin === gtin).reduce((sum, line) => sum + line.packs, 0);
    return wanted > 0 ? [{ gtin, packs: Math.min(packs, wanted) }] : [];
  });
  if (lines.length === 0) return ignored('already-withdrawn');
  if (parts.length >= PARTS_MAX) return rejected('too-many');
  const { householdId, orderId, retailerId } = order;
  const { declarationId, by, declaredAt } = declared;
  const part = parts.length + 1;
  return {
    kind: 'changed',
    state: { householdId, orderId, retailerId, parts: [...parts, { part, declarationId, declaredAt, by, lines }], told: before?.told ?? 0 },
    events: [{ type: 'contract.withdrawn', data: { householdId, orderId, retailerId, part, by, lines } }],
  };
}

/** The declaration that a repeat is answered with: its own, or the last one that took what it names. */
export const partFor = ({ parts }: ContractWithdrawal, declarationId: DeclarationId, lines?: WithdrawnLines): WithdrawalPart | undefined =>
  parts.find((part) => part.declarationId === declarationId) ??
  parts.findLast((part) => lines === undefined || part.lines.some(({ gtin }) => lines.some((line) => line.gtin === gtin)));

export const asTold = (withdrawal: ContractWithdrawal): Outcome<ContractWithdrawal, never> =>
  withdrawal.told === withdrawal.parts.length
    ? ignored('already-told')
    : { kind: 'changed', state: { ...withdrawal, told: withdrawal.parts.length }, events: [] };
