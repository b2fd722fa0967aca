/** Nothing is bought that neither a mandate covers nor a person has approved, seen from the evidence that each order keeps. */
import { coverage, mandateTermsHash, type Mandate } from '../../../../shared/order/mandate/mandate.ts';
import { isOrderButtonText } from '../../../../shared/order/order-button.ts';
import type { Facts, OrderItem } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { approvalOf, hasHappened, momentOf, type Approved } from '../order-story.ts';

export function ordersPermitted(facts: Facts): Finding[] {
  return facts.orders.flatMap((item): Finding[] => {
    const { orderId } = item.state.order;
    const approved = approvalOf(item);
    const outside = (expected: string, actual: string, at = approved?.at ?? facts.now): Finding => ({
      ...{ rule: 'order-outside-permission', subject: orderId, at, expected, actual },
    });
    if (approved === undefined) {
      if (!hasHappened(item, 'order.placing')) return [];
      return [outside('approved before it is placed', 'nobody approved it', momentOf(item, 'order.placing'))];
    }
    const problem = approved.by.kind === 'mandate' ? mandateProblem(item, approved, facts) : personProblem(item, approved, facts);
    return problem === undefined ? [] : [outside(problem.expected, problem.actual)];
  });
}

interface Problem {
  readonly expected: string;
  readonly actual: string;
}

/** Rules that depend on what else was bought are recomputed with the caps; here stand those that each order answers for itself. */
const OWN_RULES = ['started', 'not-ended', 'retailer-allowed', 'every-line-product-allowed', 'per-order-cap', 'quote-valid'];

function mandateProblem({ state: { order, record } }: OrderItem, { by }: Approved, { spends }: Facts): Problem | undefined {
  const mandateId = by.kind === 'mandate' ? by.mandateId : '';
  const { decision } = record;
  if (decision?.outcome.kind !== 'covered' || decision.outcome.mandateId !== mandateId) {
    return {
      expected: `a decision that ${mandateId} covers it`,
      actual: decision === undefined ? 'no decision is recorded' : 'the record says that a person was asked',
    };
  }
  const recorded = decision.mandates.find((mandate) => mandate.mandateId === mandateId);
  if (recorded === undefined) return { expected: `${mandateId} in the record`, actual: 'it is not there' };
  const withRecord = failures(recorded, decision.spend, order.quote, decision);
  if (withRecord.length > 0) return { expected: `${mandateId}, as recorded, covers the order`, actual: withRecord.join('; ') };
  // A full item forgets ended mandates; while it is there it must be the one that the record holds.
  const granted = spends.find(({ state }) => state.householdId === order.householdId)?.state.mandates[recorded.mandateId];
  if (granted === undefined) return undefined;
  if (mandateTermsHash(granted) !== mandateTermsHash(recorded))
    return { expected: `the terms of ${mandateId} as granted`, actual: 'the record holds other terms' };
  if (granted.evidence.termsHash !== mandateTermsHash(granted)) return { expected: 'the terms that a person was shown', actual: 'other terms' };
  const own = failures(granted, { open: {}, settled: {}, recentApprovals: {} }, order.quote, decision, OWN_RULES);
  return own.length > 0 ? { expected: `${mandateId} covers the order`, actual: own.join('; ') } : undefined;
}

type Decided = NonNullable<OrderItem['state']['record']['decision']>;

function failures(mandate: Mandate, spend: Decided['spend'], quote: OrderItem['state']['order']['quote'], { at, timeZone }: Decided, only?: readonly string[]) {
  const { rules } = coverage(mandate, spend, quote, at, timeZone);
  return rules
    .filter(({ rule, passed }) => !passed && (only === undefined || only.includes(rule)))
    .map(({ rule, expected, actual }) => `${rule}: ${expected}, found ${actual}`);
}

function personProblem({ state: { order, record } }: OrderItem, { by }: Approved, { answers, isAnsweredByHand }: Facts): Problem | undefined {
  const approvalId = by.kind === 'person' ? by.approvalId : '';
  const { approval } = record;
  if (approval?.by.kind !== 'person' || approval.by.approvalId !== approvalId) {
    return { expected: `the evidence of ${approvalId}`, actual: approval === undefined ? 'none is recorded' : 'evidence of another approval' };
  }
  const { buttonText, language, quoteHash } = approval.evidence;
  if (!isOrderButtonText(language, buttonText)) return { expected: 'a button with the words of the law', actual: buttonText };
  if (quoteHash !== order.quote.hash) return { expected: `the quote ${order.quote.hash}`, actual: `${quoteHash} was seen` };
  if (isAnsweredByHand) return undefined;
  const said = answers.find((answer) => answer.approvalId === approvalId && answer.orderId === order.orderId);
  if (said?.answer !== 'approve')
    return { expected: 'a yes in the members’ ledger', actual: said === undefined ? 'no answer is there' : `they said ${said.answer}` };
  return said.quoteHash === order.quote.hash ? undefined : { expected: `a yes to the quote ${order.quote.hash}`, actual: `a yes to ${said.quoteHash}` };
}
