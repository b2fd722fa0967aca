/** What a fact says, in sentences: the figures that a person needs to follow an order. */
import type { StoredOrder } from '../../../functions/runtime/aggregates.ts';
import type { Approver, RuleResult, SubstitutionAnswerer } from '../../../shared/event-parts.ts';
import type { DomainEvent, EventEnvelope, EventOf } from '../../../shared/events.ts';
import { inEuros } from '../../../shared/order/quote.ts';
import { unreachable } from '../../../shared/values.ts';

/** The figures of a fact; none for one whose name says it all. */
export function factInWords(event: EventEnvelope, { record }: StoredOrder): readonly string[] {
  return isOfOrder(event) ? orderInWords(event, record) : otherInWords(event);
}

const isOfOrder = (event: DomainEvent): event is EventOf<'order'> => event.type.startsWith('order.');

function orderInWords(event: EventOf<'order'>, record: StoredOrder['record']): readonly string[] {
  switch (event.type) {
    case 'order.proposed': {
      const { retailerId, quote } = event.data;
      return [
        `the basket was planned: ${inEuros(quote.total)} at ${retailerId}, good until ${quote.validUntil}`,
        ...quote.lineItems.map(({ quantity, title, lineTotal, needId }) => `${quantity} × ${title} for ${inEuros(lineTotal)}, for ${needId}`),
      ];
    }
    case 'order.approval-requested':
      return [`decided: no mandate covers it, so a person is asked until ${event.data.expiresAt}`, ...event.data.rulesFailed.map(ruleInWords)];
    case 'order.requoted':
      return [`${event.data.memberId} changed it: now ${inEuros(event.data.quote.total)}, to be answered until ${event.data.expiresAt}`];
    case 'order.approved':
      return [approvedBy(event.data.by), ...(event.data.by.kind === 'mandate' ? rulesTried(record, event.data.by.mandateId) : evidenceOf(record))];
    case 'order.declined':
      return [`${event.data.memberId} said no${event.data.screen === undefined ? '' : ` at the ${event.data.screen}`}: ${event.data.reason}`];
    case 'order.withdrawn':
      return [`${event.data.memberId} took it back: ${event.data.reason}`];
    case 'order.placing':
      return [`message ${event.data.messageId}; the shop has until ${event.data.acceptBefore}`];
    case 'order.accepted':
      return event.data.deliveryAt === undefined ? ['the shop said yes'] : [`the shop said yes and promised it for ${event.data.deliveryAt}`];
    case 'order.part-delivered':
      return [`a part has come; the shop has charged ${inEuros(event.data.total)} so far`];
    case 'order.delivered':
      return [`the shop charged ${inEuros(event.data.total)}`, ...(event.data.reason === undefined ? [] : [`the rest does not come: ${event.data.reason}`])];
    case 'order.back-ordered':
      return event.data.lines.flatMap(({ packs, gtin, expectedAt }) => (expectedAt === undefined ? [] : [`${packs} × ${gtin} come later: ${expectedAt}`]));
    case 'order.returned':
      return event.data.lines.flatMap(({ packs, gtin }) => (packs === 0 ? [] : [`${packs} × ${gtin} went back`]));
    case 'order.refunded':
      return [`the shop has paid back ${inEuros(event.data.total)} in all`];
    case 'order.refund-overdue':
      return [`${inEuros(event.data.open)} should have been paid back by ${event.data.dueAt}`];
    case 'order.payment-declined':
      return [
        event.data.retryBefore === undefined
          ? `${event.data.reason}: the order is over`
          : `${event.data.reason}: the shop waits until ${event.data.retryBefore}`,
      ];
    case 'order.cancel-requested':
      return [`${event.data.memberId} asked the shop to cancel it: ${event.data.reason}`];
    case 'order.substitution-offered': {
      const { questionId, gtin, offered, quantity, answerBefore } = event.data;
      return [`${questionId}: ${quantity} × ${offered.title} at ${inEuros(offered.unitPrice)} instead of ${gtin}? Answered by ${answerBefore} or no`];
    }
    case 'order.substitution-answered':
      return [`${event.data.questionId}: ${event.data.accepted ? 'yes' : 'no'}, by ${answererInWords(event.data.by)}`];
    case 'order.changed':
    case 'order.rejected':
    case 'order.cancelled':
    case 'order.cancel-refused':
      return [event.data.reason];
    case 'order.taken-after-refusal':
      return [`${event.data.as} by a shop that had said no: it is asked to cancel, and nothing is owed for it`];
    case 'order.stuck':
      return [event.data.because === 'not-taken' ? 'nobody knows whether the shop has it' : 'its goods are overdue'];
    case 'order.expired':
    case 'order.placed':
    case 'order.shipped':
      return [];
    default:
      return unreachable(event);
  }
}

/** Of the facts around orders; the others belong to no order's way. */
function otherInWords(event: DomainEvent): readonly string[] {
  if (event.type === 'supply.low') {
    const { needId, supplyId, inventoryPosition, reorderPoint, unit, confirmedBy, projectedStockoutAt } = event.data;
    return [
      `${needId}: ${supplyId} has ${rounded(inventoryPosition)} ${unit} in the house and on its way, and reorders at ${rounded(reorderPoint)} ${unit}`,
      `believed because of ${confirmedBy}; would run out on ${projectedStockoutAt}`,
    ];
  }
  if (event.type === 'supply.restocked') return [`${rounded(event.data.amount)} ${event.data.unit} for ${event.data.supplyId}`];
  if (event.type === 'webhook.failed') return [`attempt ${event.data.attempt}: ${event.data.reason}; again on ${event.data.retryAt}`];
  if (event.type === 'outreach.sent') return [`${event.data.kind} at the ${event.data.channel}`];
  if (event.type === 'action.recommended') return [`${event.data.action}: ${event.data.because}`];
  if (event.type === 'contract.withdrawn') return [`part ${event.data.part}: ${event.data.lines.map(({ packs, gtin }) => `${packs} × ${gtin}`).join(', ')}`];
  if (event.type === 'spending.braked')
    return [`${inEuros(event.data.goods)} in ${event.data.days} days, where at most ${inEuros(event.data.limit)} was expected`];
  if (event.type === 'spending.stopped') return [`${event.data.memberId} stopped ${event.data.stopId}: ${event.data.because}`];
  if (event.type === 'case.opened') return [`${event.data.caseId}: ${event.data.kind}`];
  if (event.type === 'case.answered' || event.type === 'case.added' || event.type === 'case.solved' || event.type === 'case.reopened')
    return [event.data.caseId];
  if (event.type === 'contract.declared') return [event.data.declarationId];
  if (event.type === 'webhook.abandoned') return [event.data.reason];
  return [];
}

const approvedBy = (by: Approver): string =>
  by.kind === 'mandate'
    ? `decided: ${by.mandateId} covers the whole order`
    : `${by.memberId} said yes${by.screen === undefined ? '' : ` at the ${by.screen}`} (${by.approvalId})`;

const answererInWords = (by: SubstitutionAnswerer): string =>
  by.kind === 'person' ? by.memberId : by.kind === 'rule' ? 'a rule of the household’s' : 'the end of the time';

const ruleInWords = ({ rule, passed, expected, actual }: RuleResult): string =>
  `${passed ? 'passed' : 'failed'} ${rule}: expected ${expected}; found ${actual}`;

const rulesTried = ({ decision }: StoredOrder['record'], mandateId: string): string[] =>
  (decision?.tried.find((one) => one.mandateId === mandateId)?.rules ?? []).map(ruleInWords);

const evidenceOf = ({ approval }: StoredOrder['record']): string[] =>
  approval === undefined ? [] : [`pressed “${approval.evidence.buttonText}” (wording ${approval.evidence.wordingVersion}, ${approval.evidence.language})`];

const rounded = (value: number): string => String(Math.round(value * 100) / 100);
