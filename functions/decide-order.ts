/** Stage 4. A proposal is bought inside a mandate or put before a person; what ends gives its reserved money back, and mandates end with their granter. */
import { decideProposal } from './decide-order/decide-proposal.ts';
import { endMandatesIfLeft } from './decide-order/end-mandates.ts';
import { expireOrder } from './decide-order/expire-order.ts';
import { settleSpend } from './decide-order/settle-spend.ts';
import { productNow } from './runtime/clock.ts';
import { aboutOrder } from './runtime/order-event.ts';
import { orderKeyParts } from './runtime/order.ts';
import { queueWorker } from './runtime/worker.ts';

export const handler = queueWorker(async (work) => {
  const now = productNow();
  if (work.kind === 'due') {
    const about = orderKeyParts(work.due);
    // A proposal whose event was lost is decided now; one that nobody answered has expired.
    await decideProposal(about, now);
    await expireOrder(about, now);
    return;
  }
  if (work.event.type === 'member.left') {
    await endMandatesIfLeft(work.event.data.householdId, work.event.data.memberId, now);
    return;
  }
  const about = aboutOrder(work);
  if (work.event.type === 'order.proposed') await decideProposal(about, now);
  else await settleSpend(about, now);
});
