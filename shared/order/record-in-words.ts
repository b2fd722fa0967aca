/** A decision record in English sentences, for `npm run why` and for whoever supports a household. */
import type { Quote, QuotePerk, RuleResult } from '../event-parts.ts';
import { judgedInWords } from '../supply/judged-in-words.ts';
import type { Order, OrderStatus } from './order-state.ts';
import { besideNeedInWords, inEuros, quoteFor } from './quote.ts';
import type { Considered, DecisionRecord, RecordedChange } from './record.ts';

const STATUS_IN_WORDS: Record<OrderStatus, string> = {
  proposed: 'is proposed and not yet decided',
  'awaiting-approval': 'waits for a yes or a no',
  approved: 'is approved and about to be placed',
  placing: 'is on its way to the shop',
  placed: 'has reached the shop',
  accepted: 'was accepted by the shop',
  shipped: 'has been shipped',
  delivered: 'has been delivered',
  declined: 'was declined',
  expired: 'was not answered or not placed in time',
  withdrawn: 'was taken back before it was placed',
  rejected: 'was rejected by the shop',
  cancelled: 'was cancelled',
};

/** The whole decision in English sentences, one a line, for `npm run why` and for whoever supports a household. */
export function inWords(record: DecisionRecord, order: Order): string[] {
  const { proposal, decision, approval } = record;
  const quote = record.changes?.[0]?.before ?? order.quote;
  return [
    `On ${proposal.at} an order at ${quote.retailerId} was proposed for ${inEuros(quote.total)} (delivery ${inEuros(quote.deliveryFee)} of it), good until ${quote.validUntil}.`,
    ...quote.lineItems.map(
      (line) =>
        `${line.quantity} × ${line.title} (${line.gtin}) at ${inEuros(line.unitPrice)} make ${inEuros(line.lineTotal)}, for ${line.needId} of ${line.supplyId}${besideNeedInWords(line)}.`,
    ),
    ...(quote.perks ?? []).map(perkInWords),
    ...proposal.needs.flatMap(({ supplyId, snapshot }) => [needInWords({ supplyId, snapshot }), ...judgedInWords(supplyId, snapshot)]),
    ...proposal.considered.map((shop) => shopInWords(shop, record)),
    ...(decision ? decisionInWords(decision) : ['Nobody and nothing has decided about it yet.']),
    ...(record.changes ?? []).map((change, index, all) => changeInWords(change, all[index + 1]?.before ?? order.quote)),
    ...(approval ? [approvalInWords(approval)] : []),
    `The order ${STATUS_IN_WORDS[order.status]}${'reason' in order ? `: ${order.reason}` : ''}.`,
  ];
}

const perkInWords = ({ perkId, kind, fundedBy, saves, needId }: QuotePerk): string =>
  `${perkId} (${kind}${needId === undefined ? '' : ` for ${needId}`}, paid by the ${fundedBy}) takes ${inEuros(saves)} off.`;

function needInWords({ supplyId, snapshot }: Pick<DecisionRecord['proposal']['needs'][number], 'supplyId' | 'snapshot'>): string {
  const { onHand, pantry, onOrder, reorderPoint, orderUpTo, projectedStockout, unit } = snapshot;
  const { p10, median, p90 } = projectedStockout;
  return `${supplyId} had ${onHand} ${unit} on hand, ${pantry} in the pantry and ${onOrder} on order; it reorders at ${reorderPoint} up to ${orderUpTo}, and would have run out on ${median} (80 %: ${p10} to ${p90}).`;
}

function shopInWords(shop: Considered, { proposal }: DecisionRecord): string {
  const { quote, unoffered } = quoteFor({ ...shop, wanted: proposal.wanted, now: proposal.at });
  const missing = unoffered.map(({ needId, reason }) => `${needId} ${reason}`).join(', ');
  const price = quote ? `serves ${quote.lineItems.length} of ${proposal.wanted.length} needs for ${inEuros(quote.total)}` : 'cannot serve it';
  return `${shop.retailerId} ${price}${missing === '' ? '' : ` (${missing})`}.`;
}

function decisionInWords({ at, tried, outcome, without }: NonNullable<DecisionRecord['decision']>): string[] {
  const told = ({ rule, passed, expected, actual }: RuleResult) => `  ${passed ? 'passed' : 'failed'} ${rule}: expected ${expected}; found ${actual}.`;
  const verdict =
    outcome.kind === 'covered' ? `${outcome.mandateId} covers the whole order.` : 'A person was asked, because no mandate covers the whole order.';
  const none = tried.length === 0 ? ['The household has no mandate.'] : [];
  const left = without ? [`${without.join(', ')} had come along and was left out, for with it a person would have been asked.`] : [];
  return [`On ${at}: ${verdict}`, ...left, ...none, ...tried.flatMap(({ mandateId, rules }) => [`${mandateId} was tried:`, ...rules.map(told)])];
}

function changeInWords({ memberId, at, before }: RecordedChange, after: Quote): string {
  const goods = ({ lineItems }: Quote) => lineItems.map(({ quantity, title }) => `${quantity} × ${title}`).join(', ');
  return `${memberId} changed it on ${at}: from ${goods(before)} for ${inEuros(before.total)} to ${goods(after)} for ${inEuros(after.total)}.`;
}

function approvalInWords({ by, at, evidence }: NonNullable<DecisionRecord['approval']>): string {
  const who = by.kind === 'person' ? by.memberId : by.mandateId;
  return `${who} pressed “${evidence.buttonText}” (wording ${evidence.wordingVersion}, ${evidence.language}) on ${at}, having seen the quote ${evidence.quoteHash.slice(0, 12)}.`;
}
