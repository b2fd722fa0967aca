/**
 * THE decider: what may happen to an order, in words of the business. A repeat is `ignored`, what may not be is `rejected`, and
 * both change nothing. Every command carries its own time and ids.
 */
import { canonicalJson } from '../digest.ts';
import type { Approver, Quote, RuleResult, Screen } from '../event-parts.ts';
import type { EventOf } from '../events.ts';
import {
  earliest,
  ignored,
  rejected,
  unreachable,
  type ChangeId,
  type Decision,
  type HouseholdId,
  type Instant,
  type MemberId,
  type MessageId,
  type OrderId,
  type Outcome,
  type RetailerId,
} from '../values.ts';
import { decideAnswer, hasLapsed, isSent, noteAnswer, refolded, type AnswerCommand } from './answer-order.ts';
import { decideSubstitution, type AnswerSubstitutionCommand } from './answer-substitution.ts';
import { decideCancel, type RequestCancelCommand } from './cancel.ts';
import { orderActions } from './order-actions.ts';
import { evolveOrder } from './evolve-order.ts';
import { CHANGES_MAX, isTerminal, needsOf, type Order } from './order-state.ts';
import { overdueFrom } from './order-due.ts';
import { isSound } from './quote.ts';
import { refundDueAt, refundOf } from './refund.ts';
import type { WithdrawnPart } from './withdrawal/withdrawn-part.ts';

interface Commands {
  propose: { readonly orderId: OrderId; readonly householdId: HouseholdId; readonly retailerId: RetailerId; readonly round: number; readonly quote: Quote };
  requestApproval: { readonly expiresAt: Instant; readonly rulesFailed: readonly RuleResult[]; readonly quoteHash: string };
  /** `trimmed`: the mandate buys it without what only came along. */
  approve: { readonly by: Approver; readonly quoteHash: string; readonly now: Instant; readonly trimmed?: Quote | undefined };
  /** A person wants other goods or another number of them; `seenHash` is that of the quote on their screen. */
  requote: { readonly changeId: ChangeId; readonly memberId: MemberId; readonly seenHash: string; readonly quote: Quote; readonly now: Instant };
  decline: { readonly memberId: MemberId; readonly reason: string; readonly screen?: Screen | undefined };
  withdraw: { readonly memberId: MemberId; readonly reason: string };
  /** Ends what nobody answered, decided or placed in time. */
  expire: { readonly now: Instant };
  place: { readonly messageId: MessageId; readonly acceptBefore: Instant; readonly now: Instant };
  confirmPlaced: { readonly messageId: MessageId };
  /** `acceptBefore` is past and the shop, asked by our id, does not know the order. */
  lapse: { readonly reason: string; readonly now: Instant };
  /** A person has withdrawn from the contract, or from a part of it: the shop owes the money. */
  noteWithdrawal: { readonly withdrawn: WithdrawnPart };
  /** A refund is overdue although the shop was asked. */
  reportRefund: { readonly now: Instant };
  /** The shop could not be asked, or has nothing to say, although its time is over. */
  reportStuck: { readonly now: Instant };
}
type CommandName = keyof Commands;
type CommandOf<Name extends CommandName> = { [N in Name]: { readonly type: N } & Commands[N] }[Name];
export type OrderCommand = CommandOf<CommandName> | AnswerCommand | AnswerSubstitutionCommand | RequestCancelCommand;

type OrderDecision = Decision<EventOf<'order'>>;
const yields = (...events: EventOf<'order'>[]): OrderDecision => ({ kind: 'events', events });
const aboutOf = ({ householdId, orderId, retailerId }: Order) => ({ householdId, orderId, retailerId });

export function decideOrder(order: Order | undefined, command: OrderCommand): OrderDecision {
  if (command.type === 'propose') return order ? ignored('already-proposed') : propose(command);
  if (!order) return rejected('unknown-order');
  switch (command.type) {
    case 'requestApproval':
      return requestApproval(order, command);
    case 'approve':
      return approve(order, command);
    case 'requote':
      return requote(order, command);
    case 'decline':
      return decline(order, command);
    case 'withdraw':
      return withdraw(order, command);
    case 'expire':
      return expire(order, command);
    case 'place':
      return place(order, command);
    case 'confirmPlaced':
      return confirmPlaced(order, command);
    case 'answer':
      return decideAnswer(order, command);
    case 'lapse':
      return lapse(order, command);
    case 'noteWithdrawal':
      return noteWithdrawal(order, command);
    case 'reportRefund':
      return reportRefund(order, command.now);
    case 'reportStuck':
      return reportStuck(order, command.now);
    case 'requestCancel':
      return decideCancel(order, command);
    case 'answerSubstitution':
      return decideSubstitution(order, command);
    default:
      return unreachable(command);
  }
}

/** Decides and applies: the order to store and the facts to tell with it. An answer can change the order without a fact. */
export function carryOut(order: Order | undefined, command: OrderCommand, at: Instant): Outcome<Order, EventOf<'order'>> {
  const decision = decideOrder(order, command);
  if (decision.kind !== 'events') return decision;
  const told = decision.events.reduce<Order | undefined>((state, event) => evolveOrder(state, event, at), order);
  if (!told) return ignored('nothing-happened');
  return { kind: 'changed', state: noted(told, command), events: decision.events };
}

/** What a shop says, and what is agreed with it, can change more than the facts tell. */
function noted(told: Order, command: OrderCommand): Order {
  if (!isSent(told)) return told;
  if (command.type === 'answer') return noteAnswer(told, command);
  if (command.type === 'noteWithdrawal') return { ...told, withdrawn: [...(told.withdrawn ?? []), command.withdrawn] };
  return command.type === 'answerSubstitution' ? refolded(told) : told;
}

function propose({ orderId, householdId, retailerId, round, quote }: CommandOf<'propose'>): OrderDecision {
  if (quote.retailerId !== retailerId) return rejected('quote-of-another-shop');
  if (!isSound(quote)) return rejected('quote-unsound');
  return yields({ type: 'order.proposed', data: { orderId, householdId, retailerId, round, quote } });
}

function requestApproval(order: Order, { expiresAt, rulesFailed, quoteHash }: CommandOf<'requestApproval'>): OrderDecision {
  if (quoteHash !== order.quote.hash) return rejected('quote-changed');
  if (order.status === 'awaiting-approval') return ignored('already-asked');
  if (order.status !== 'proposed') return ignored('already-decided');
  if (expiresAt > order.quote.validUntil) return rejected('expires-after-quote');
  return yields({
    type: 'order.approval-requested',
    data: { ...aboutOf(order), quoteHash, total: order.quote.total, expiresAt, rulesFailed: [...rulesFailed] },
  });
}

/** A person may also say yes before being asked; a mandate only decides what no person has been asked about. */
function approve(order: Order, { by, quoteHash, now, trimmed }: CommandOf<'approve'>): OrderDecision {
  if (quoteHash !== order.quote.hash) return rejected('quote-changed');
  if ('approval' in order && order.approval) return sameApprover(order.approval.by, by) ? ignored('already-approved') : rejected('already-approved');
  if (order.status !== 'proposed' && order.status !== 'awaiting-approval') return rejected(`already-${order.status}`);
  if (order.status === 'awaiting-approval' && by.kind === 'mandate') return rejected('already-asked');
  if (now >= order.quote.validUntil) return rejected('quote-expired');
  if (order.status === 'awaiting-approval' && now >= order.expiresAt) return rejected('approval-expired');
  if (trimmed !== undefined && !mayBeTrimmed(order, by, trimmed)) return rejected('trimmed-otherwise');
  const { hash, total } = trimmed ?? order.quote;
  return yields({ type: 'order.approved', data: { ...aboutOf(order), by, quoteHash: hash, total, ...(trimmed && { trimmed }) } });
}

/** By a mandate, of what nobody has seen yet, and of nothing but what came along: the other lines stand as they were proposed. */
function mayBeTrimmed({ status, quote, retailerId }: Order, by: Approver, trimmed: Quote): boolean {
  if (status !== 'proposed' || by.kind !== 'mandate' || trimmed.retailerId !== retailerId || !isSound(trimmed)) return false;
  const kept = new Map(trimmed.lineItems.map((line) => [line.needId, canonicalJson(line)]));
  const isAsProposed = (line: Quote['lineItems'][number]): boolean =>
    kept.has(line.needId) ? kept.get(line.needId) === canonicalJson(line) : line.joined !== undefined;
  return trimmed.lineItems.every(({ needId }) => quote.lineItems.some((line) => line.needId === needId)) && quote.lineItems.every(isAsProposed);
}

function sameApprover(a: Approver, b: Approver): boolean {
  if (a.kind === 'mandate') return b.kind === 'mandate' && a.mandateId === b.mandateId;
  return b.kind === 'person' && a.approvalId === b.approvalId;
}

/** Only while it waits for a person: before that a mandate may be about to buy it as it is, and afterwards somebody has said yes to it. */
function requote(order: Order, { changeId, memberId, seenHash, quote, now }: CommandOf<'requote'>): OrderDecision {
  if (order.changes?.some((change) => change.changeId === changeId)) return ignored('already-changed');
  if (order.status !== 'awaiting-approval') return rejected(order.status === 'proposed' ? 'not-yet-asked' : `already-${order.status}`);
  if (now >= order.expiresAt) return rejected('approval-expired');
  if (seenHash !== order.quote.hash) return rejected('quote-changed');
  if ((order.changes?.length ?? 0) >= CHANGES_MAX) return rejected('too-many-changes');
  if (quote.retailerId !== order.retailerId) return rejected('quote-of-another-shop');
  if (!isSound(quote)) return rejected('quote-unsound');
  const known = new Set(needsOf(order).map(({ needId }) => needId));
  if (quote.lineItems.some(({ needId }) => !known.has(needId))) return rejected('foreign-need');
  if (now >= quote.validUntil) return rejected('quote-expired');
  const expiresAt = earliest(order.expiresAt, quote.validUntil);
  return yields({ type: 'order.requoted', data: { ...aboutOf(order), changeId, memberId, previousHash: seenHash, quote, expiresAt } });
}

function decline(order: Order, { memberId, reason, screen }: CommandOf<'decline'>): OrderDecision {
  if (order.status === 'declined') return ignored('already-declined');
  if (!orderActions[order.status].includes('decline')) return rejected(`already-${order.status}`);
  return yields({ type: 'order.declined', data: { ...aboutOf(order), memberId, reason, ...(screen !== undefined && { screen }) } });
}

/** Only until the first byte may have left; from then on taking it back is a request to the shop. */
function withdraw(order: Order, { memberId, reason }: CommandOf<'withdraw'>): OrderDecision {
  if (order.status === 'withdrawn') return ignored('already-withdrawn');
  if (!orderActions[order.status].includes('withdraw')) return rejected(isTerminal[order.status] ? `already-${order.status}` : 'already-placing');
  return yields({ type: 'order.withdrawn', data: { ...aboutOf(order), memberId, reason } });
}

function expire(order: Order, { now }: CommandOf<'expire'>): OrderDecision {
  if (order.status === 'expired') return ignored('already-expired');
  if (order.status !== 'proposed' && order.status !== 'awaiting-approval' && order.status !== 'approved') {
    return ignored(isTerminal[order.status] ? `already-${order.status}` : 'already-placing');
  }
  const endsAt = order.status === 'awaiting-approval' ? order.expiresAt : order.quote.validUntil;
  return now < endsAt ? ignored('not-due') : yields({ type: 'order.expired', data: aboutOf(order) });
}

/** One message places an order, for ever: a second id would be a second order at the shop. */
function place(order: Order, { messageId, acceptBefore, now }: CommandOf<'place'>): OrderDecision {
  if (isSent(order)) return order.placement.messageId === messageId ? ignored('already-placing') : rejected('already-placing');
  if (order.status !== 'approved') return rejected(isTerminal[order.status] ? `already-${order.status}` : 'not-approved');
  if (now >= order.quote.validUntil) return rejected('quote-expired');
  if (acceptBefore > order.quote.validUntil) return rejected('accept-before-after-quote');
  if (now >= acceptBefore) return rejected('accept-before-is-past');
  return yields({ type: 'order.placing', data: { ...aboutOf(order), messageId, acceptBefore } });
}

function confirmPlaced(order: Order, { messageId }: CommandOf<'confirmPlaced'>): OrderDecision {
  if (!isSent(order)) return rejected('not-placing');
  if (order.placement.messageId !== messageId) return rejected('foreign-message');
  return order.status === 'placing' ? yields({ type: 'order.placed', data: { ...aboutOf(order), messageId } }) : ignored('already-placed');
}

function lapse(order: Order, { reason, now }: CommandOf<'lapse'>): OrderDecision {
  if (!isSent(order)) return rejected('not-placing');
  if (hasLapsed(order)) return ignored('already-lapsed');
  if (order.status !== 'placing' && order.status !== 'placed') return rejected('already-answered');
  if (now <= order.placement.acceptBefore) return rejected('shop-may-still-accept');
  return yields({ type: 'order.cancelled', data: { ...aboutOf(order), reason } });
}

/** Says nothing: that a contract was withdrawn from is told as `contract.withdrawn`. */
function noteWithdrawal(order: Order, { withdrawn }: CommandOf<'noteWithdrawal'>): OrderDecision {
  if (!isSent(order)) return rejected('not-placing');
  return order.withdrawn?.some(({ part }) => part === withdrawn.part) ? ignored('noted-already') : yields();
}

/** Told once: from then on people see to it. */
function reportRefund(order: Order, now: Instant): OrderDecision {
  if (!isSent(order)) return rejected('not-placing');
  const dueAt = refundDueAt(order);
  const refund = refundOf(order, order.withdrawn ?? []);
  if (dueAt === undefined || refund === undefined) return ignored('nothing-is-owed');
  return now < dueAt ? ignored('not-due') : yields({ type: 'order.refund-overdue', data: { ...aboutOf(order), open: refund.open, dueAt } });
}

/** Said once until something is heard: whether the shop has it nobody knows, or its goods are overdue. */
function reportStuck(order: Order, now: Instant): OrderDecision {
  if (!isSent(order) || isTerminal[order.status]) return ignored('nothing-to-wait-for');
  const because = order.status === 'placing' || order.status === 'placed' ? 'not-taken' : 'overdue';
  if (order.stuck?.because === because) return ignored('told-already');
  const since = because === 'not-taken' ? order.placement.acceptBefore : overdueFrom(order);
  return now < since ? ignored('not-due') : yields({ type: 'order.stuck', data: { ...aboutOf(order), because, since } });
}
