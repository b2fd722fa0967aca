/** What a household sees of an order on its way: the timeline with names, lines and money, what may be done and why not, what the shop asks. */
import { z } from 'zod';
import { caseKindSchema, lineItemSchema, quotePerkSchema, substituteSchema, withdrawalSchema } from '../../shared/event-parts.ts';
import { isMember } from '../../shared/household/household.ts';
import { isSent } from '../../shared/order/answer-order.ts';
import { cancelRequestSchema } from '../../shared/order/cancel-request.ts';
import { cancelProblem, mayOrderElsewhere } from '../../shared/order/cancel.ts';
import { leftToWithdraw, standingOfWithdrawal, type WithdrawalPart } from '../../shared/order/withdrawal/contract-withdrawal.ts';
import { orderActions } from '../../shared/order/order-actions.ts';
import { orderSchema, type Order, type SentOrder } from '../../shared/order/order-state.ts';
import { summedPerks } from '../../shared/order/perk/apply-perks.ts';
import { progressSchema } from '../../shared/order/progress.ts';
import { refundOf } from '../../shared/order/refund.ts';
import { lineProgressSchema } from '../../shared/order/line-progress.ts';
import { acceptedIn, agreedTotal, dearerByMinor, replacedMinor, substitutionSchema } from '../../shared/order/substitution.ts';
import { timelineEntrySchema, timelineOf } from '../../shared/order/timeline.ts';
import { hasRight } from '../../shared/order/withdrawal/withdrawal.ts';
import { caseStatusSchema } from '../../shared/support/case.ts';
import { caseIdSchema, declarationIdSchema, euros, gtinSchema, instantSchema, moneySchema, retailerIdSchema, type Instant } from '../../shared/values.ts';
import { findRetailerName } from '../notify-household/retailer-name.ts';
import { householdPk, keys, kinds, type StoredOrder } from '../runtime/aggregates.ts';
import { list, load, type Stored } from '../runtime/store.ts';

export const orderPossibilities = z.enum(['decide', 'withdraw', 'cancel', 'order-elsewhere', 'withdraw-contract', 'report-problem']);
const lineView = z.object({
  ...lineItemSchema.pick({ supplyId: true, gtin: true, title: true, quantity: true, unitPrice: true, lineTotal: true }).shape,
  withdrawal: withdrawalSchema,
  progress: lineProgressSchema.extend({ substituteTitle: z.string().optional() }).optional(),
});
const packsOf = z.object({ gtin: gtinSchema, title: z.string(), packs: z.int() });

const refundView = z.object({
  standing: z.enum(['expected', 'overdue', 'settled']),
  ...{ expected: moneySchema, refunded: moneySchema, open: moneySchema, dueAt: instantSchema.optional(), refundedAt: instantSchema.optional() },
  owed: z.array(
    z.object({ cause: z.enum(['not-delivered', 'returned', 'withdrawn']), amount: moneySchema, since: instantSchema, title: z.string().optional() }),
  ),
});

export const followViewSchema = z.object({
  orderId: orderSchema.options[0].shape.orderId,
  status: z.string(),
  proposedAt: instantSchema,
  shop: z.object({ retailerId: retailerIdSchema, name: z.string() }),
  timeline: z.array(timelineEntrySchema.extend({ memberName: z.string().optional() })),
  lines: z.array(lineView),
  deliveryFee: moneySchema,
  /** What is taken off, and who pays for it. */
  perks: z.array(quotePerkSchema.pick({ kind: true, fundedBy: true, saves: true })),
  /** What was agreed to. */
  total: moneySchema,
  charged: moneySchema.optional(),
  deliveryAt: instantSchema.optional(),
  deliveredAt: instantSchema.optional(),
  tracking: z.string().optional(),
  /** When the last part came, of an order that is not complete. */
  partAt: instantSchema.optional(),
  /** The shop could not charge the account; the order waits until `retryBefore`, or is over. */
  payment: progressSchema.shape.payment,
  /** What the shop owes back, and what of it has been paid. */
  refund: refundView.optional(),
  problems: z.array(z.string()),
  actions: z.array(z.object({ action: orderPossibilities, allowed: z.boolean(), reason: z.string().optional() })),
  cancelRequest: cancelRequestSchema.optional(),
  questions: z.array(
    substitutionSchema.extend({
      title: z.string(),
      /** Of the packs that it would replace. */
      lineTotal: moneySchema,
      offeredTotal: moneySchema,
      needsOrderButton: z.boolean(),
      offered: substituteSchema,
    }),
  ),
  contract: z.object({
    /** Until when it may be withdrawn from; absent until the goods have come. */
    until: instantSchema.optional(),
    hasRight: z.boolean(),
    left: z.array(packsOf),
    withdrawn: z.array(z.object({ declarationId: declarationIdSchema, declaredAt: instantSchema, lines: z.array(packsOf) })),
  }),
  cases: z.array(z.object({ caseId: caseIdSchema, kind: caseKindSchema, status: caseStatusSchema, openedAt: instantSchema })),
});
export type FollowView = z.infer<typeof followViewSchema>;

export async function followViewOf(stored: Stored<StoredOrder>, { mayAct, now }: { mayAct: boolean; now: Instant }): Promise<FollowView> {
  const { order } = stored.state;
  const { householdId, orderId, retailerId, quote } = order;
  const pk = householdPk(householdId);
  const [shopName, members, withdrawal, cases] = await Promise.all([
    findRetailerName(retailerId),
    list(kinds.member, pk, 'MEMBER#'),
    load(kinds.contractWithdrawal, keys.contractWithdrawal(householdId, orderId)),
    list(kinds.case, pk, 'CASE#'),
  ]);
  const parts = withdrawal?.state.parts ?? [];
  const names = new Map<string, string>(members.flatMap(({ state }) => (isMember(state) ? [[state.memberId, state.name]] : [])));
  const named = (memberId: string | undefined) => (memberId === undefined || !names.has(memberId) ? {} : { memberName: names.get(memberId) });
  const sent = isSent(order) ? order : undefined;
  const { progress, substitutions = [], cancelRequest } = sent ?? {};
  const standing = standingOfWithdrawal(order, parts, now);
  return followViewSchema.parse({
    ...{ orderId, status: order.status, proposedAt: order.proposedAt, shop: { retailerId, name: shopName } },
    timeline: timelineOf(stored.events).map((entry) => ({ ...entry, ...named(entry.memberId) })),
    lines: linesOf(order),
    ...{ deliveryFee: quote.deliveryFee, perks: summedPerks(quote), total: agreedTotal(quote, substitutions) },
    ...(progress && {
      charged: progress.total,
      deliveryAt: progress.deliveryAt,
      deliveredAt: progress.deliveredAt,
      tracking: progress.tracking,
      ...(order.status === 'delivered' ? {} : { partAt: progress.partAt }),
      payment: progress.payment,
    }),
    ...(sent && { refund: refundViewOf(sent, parts, now) }),
    problems: progress?.problems ?? [],
    actions: possibilities(order, parts, { mayAct, now }),
    ...(cancelRequest && { cancelRequest }),
    questions: substitutions.map((question) => {
      const line = quote.lineItems.find(({ gtin }) => gtin === question.gtin);
      const offeredTotal = euros(question.offered.unitPrice.amountMinor * question.quantity);
      return {
        ...question,
        title: line?.title ?? '',
        lineTotal: euros(replacedMinor(quote, question)),
        offeredTotal,
        needsOrderButton: dearerByMinor(quote, question) > 0,
      };
    }),
    contract: {
      until: standing.until,
      hasRight: quote.lineItems.some(hasRight),
      left: titled(order, leftToWithdraw(order, parts)),
      withdrawn: parts.map(({ declarationId, declaredAt, lines }) => ({ declarationId, declaredAt, lines: titled(order, lines) })),
    },
    cases: cases
      .map(({ state }) => state)
      .filter(({ about }) => about.kind === 'order' && about.orderId === orderId)
      .map(({ caseId, kind, status, openedAt }) => ({ caseId, kind, status, openedAt })),
  });
}

/** By the contract's own book, which knows of a withdrawal before the order does. */
function refundViewOf(order: SentOrder, parts: readonly WithdrawalPart[], now: Instant): z.infer<typeof refundView> | undefined {
  const refund = refundOf(
    order,
    parts.map(({ part, declaredAt, lines }) => ({ part, at: declaredAt, lines })),
  );
  if (refund === undefined) return undefined;
  const standing = refund.dueAt === undefined ? 'settled' : refund.dueAt <= now ? 'overdue' : 'expected';
  const owed = refund.owed.map(({ gtin, ...one }) => ({ ...one, ...(gtin && { title: titled(order, [{ gtin, packs: 1 }])[0]?.title }) }));
  return { ...refund, standing, owed };
}

function linesOf(order: Order): unknown[] {
  const { lines } = isSent(order) ? order.progress : {};
  const accepted = acceptedIn(('substitutions' in order && order.substitutions) || []);
  return order.quote.lineItems.map((item, index) => {
    const progress = lines?.[index];
    const substituteTitle = accepted.find(({ offered }) => offered.gtin === progress?.substitute?.gtin)?.offered.title;
    return { ...item, withdrawal: item.withdrawal ?? 'exists', ...(progress && { progress: { ...progress, ...(substituteTitle && { substituteTitle }) } }) };
  });
}

/** By the names that the order itself knows. */
export function titled(order: Order, lines: WithdrawalPart['lines']) {
  const offered = ('substitutions' in order && order.substitutions) || [];
  const titles = new Map<string, string>([
    ...offered.map(({ offered: { gtin, title } }) => [gtin, title] as const),
    ...order.quote.lineItems.map(({ gtin, title }) => [gtin, title] as const),
  ]);
  return lines.map(({ gtin, packs }) => ({ gtin, packs, title: titles.get(gtin) ?? gtin }));
}

function possibilities(order: Order, parts: readonly WithdrawalPart[], { mayAct, now }: { mayAct: boolean; now: Instant }): FollowView['actions'] {
  const can = orderActions[order.status];
  const because = (reason: string | undefined) => (mayAct ? reason : (reason ?? 'guest'));
  const possible = (action: z.infer<typeof orderPossibilities>, problem: string | undefined) => {
    const reason = because(problem);
    return { action, allowed: reason === undefined, ...(reason !== undefined && { reason }) };
  };
  const standing = standingOfWithdrawal(order, parts, now);
  return [
    possible('decide', can.includes('approve') ? undefined : `already-${order.status}`),
    possible('withdraw', can.includes('withdraw') ? undefined : isSent(order) ? 'already-placed' : `already-${order.status}`),
    possible('cancel', cancelProblem(order)),
    possible('order-elsewhere', mayOrderElsewhere(order) ? undefined : 'not-stuck'),
    possible('withdraw-contract', standing.possible ? undefined : standing.reason),
    possible('report-problem', isSent(order) ? undefined : 'not-placed-yet'),
  ];
}
