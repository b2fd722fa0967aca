/**
 * A no holds for the cycle: the need is asked about once more at most, when the stock will not last the lead time, and never within a day
 * (DESIGN §3.10).
 */
import { addDuration, duration } from '../../../../shared/values.ts';
import type { Facts, OrderItem } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { approvalOf, byProposal, momentOf } from '../order-story.ts';

const PAUSE_AFTER_NO = duration(24, 'hours');

export function declinesRespected({ orders }: Facts): Finding[] {
  const ofNeed = new Map<string, OrderItem[]>();
  for (const item of [...orders].sort(byProposal)) {
    for (const needId of new Set(item.state.order.quote.lineItems.map((line) => line.needId))) ofNeed.set(needId, [...(ofNeed.get(needId) ?? []), item]);
  }
  return [...ofNeed].flatMap(([needId, items]) => {
    const first = items.findIndex((item) => momentOf(item, 'order.declined') !== undefined);
    const declined = items[first];
    return declined === undefined ? [] : questionsAfter(declined, items.slice(first + 1), needId);
  });
}

function questionsAfter(declined: OrderItem, later: readonly OrderItem[], needId: string): Finding[] {
  const declinedAt = momentOf(declined, 'order.declined') ?? declined.state.order.proposedAt;
  // Whoever says yes after a no has opened the need again: what follows that order follows the yes.
  const firstYes = later.findIndex((item) => approvalOf(item) !== undefined);
  const questions = firstYes < 0 ? later : later.slice(0, firstYes + 1);
  return questions.flatMap((item, index): Finding[] => {
    const { orderId, proposedAt } = item.state.order;
    const finding = (expected: string, actual: string): Finding => ({
      rule: 'decline-ignored',
      subject: `${orderId} ${needId}`,
      at: proposedAt,
      expected,
      actual,
    });
    if (index > 0) return [finding('asked once more in its cycle', `asked ${index + 1} times after ${declined.state.order.orderId} was declined`)];
    const early = proposedAt < addDuration(declinedAt, PAUSE_AFTER_NO);
    return [
      ...(early ? [finding(`not within a day of the no at ${declinedAt}`, `asked again at ${proposedAt}`)] : []),
      ...(isShort(item, needId) ? [] : [finding('asked again only when the stock will not last the lead time', 'it would have lasted')]),
    ];
  });
}

/** By the lower end of the run-out interval that the order itself records; the forecast may have moved a little since it was told. */
function isShort({ state: { record } }: OrderItem, needId: string): boolean {
  const snapshot = record.proposal.needs.find((need) => need.needId === needId)?.snapshot;
  return snapshot === undefined || snapshot.projectedStockout.p10 <= addDuration(snapshot.at, duration(snapshot.leadTime.meanDays, 'days'));
}
