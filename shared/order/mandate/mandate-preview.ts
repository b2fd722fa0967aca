/** What a mandate would have done with the orders of the past, so that a person sees what it means before granting it. */
import type { Quote, RuleResult } from '../../event-parts.ts';
import { earliest, euros, localMonth, mandateIdSchema, type HouseholdId, type Instant, type MemberId, type OrderId } from '../../values.ts';
import { coverage, mandateTermsHash, type Mandate, type MandateTerms, type SpendView } from './mandate.ts';

export const PREVIEW_ORDERS = 8;

export interface PastOrder {
  readonly orderId: OrderId;
  readonly quote: Quote;
  readonly proposedAt: Instant;
  /** A person said no to it. */
  readonly declined: boolean;
}

export interface PreviewedOrder {
  readonly orderId: OrderId;
  readonly proposedAt: Instant;
  readonly covered: boolean;
  readonly declined: boolean;
  readonly rulesFailed: readonly RuleResult[];
}

const HYPOTHETICAL = mandateIdSchema.parse('man_preview');

/**
 * Goes through the orders in their own time, as if the mandate had stood since the first: what it had bought counts against its caps.
 * @returns the last eight, the newest first; the figures of a month do not depend on how many are shown
 */
export function previewMandate(
  terms: MandateTerms,
  orders: readonly PastOrder[],
  at: { householdId: HouseholdId; memberId: MemberId; now: Instant; timeZone: string },
): PreviewedOrder[] {
  const inTime = [...orders].sort((a, b) => (a.proposedAt < b.proposedAt ? -1 : 1));
  const mandate = hypothetical(terms, inTime[0]?.proposedAt, at);
  let spend: SpendView = { open: {}, settled: {}, recentApprovals: { [HYPOTHETICAL]: [] } };
  const judged = inTime.map(({ orderId, quote, proposedAt, declined }): PreviewedOrder => {
    const { covered, rules } = coverage(mandate, spend, quote, proposedAt, at.timeZone);
    if (covered) spend = bought(spend, quote, proposedAt, at.timeZone);
    return { orderId, proposedAt, covered, declined, rulesFailed: rules.filter(({ passed }) => !passed) };
  });
  return judged.slice(-PREVIEW_ORDERS).reverse();
}

function hypothetical(terms: MandateTerms, first: Instant | undefined, at: { householdId: HouseholdId; memberId: MemberId; now: Instant }): Mandate {
  const { householdId, memberId, now } = at;
  return {
    ...terms,
    mandateId: HYPOTHETICAL,
    householdId,
    grantedBy: memberId,
    validFrom: earliest(now, first ?? now),
    state: 'active',
    evidence: { wordingVersion: 'preview', language: 'en', grantedAt: now, memberId, termsHash: mandateTermsHash(terms) },
  };
}

function bought(spend: SpendView, { total }: Quote, at: Instant, timeZone: string): SpendView {
  const month = localMonth(at, timeZone);
  const months = spend.settled[HYPOTHETICAL] ?? {};
  const sum = euros((months[month]?.amountMinor ?? 0) + total.amountMinor);
  return {
    open: {},
    settled: { [HYPOTHETICAL]: { ...months, [month]: sum } },
    recentApprovals: { [HYPOTHETICAL]: [...(spend.recentApprovals[HYPOTHETICAL] ?? []), at].slice(-200) },
  };
}
