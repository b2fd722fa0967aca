/** Stage 5. What a shop has to hear of an order goes to it by signed webhook: announced before the first byte leaves, repeated until the shop has it. */
import { attemptDelivery } from './deliver-webhook/attempt-delivery.ts';
import { matchDeclaration } from './deliver-webhook/match-declaration.ts';
import { prepareDelivery } from './deliver-webhook/prepare-delivery.ts';
import { prepareMessages, prepareWithdrawals } from './deliver-webhook/prepare-messages.ts';
import type { Key } from './runtime/aggregates.ts';
import { productNow } from './runtime/clock.ts';
import { aboutOrder } from './runtime/order-event.ts';
import { orderKeyParts } from './runtime/order.ts';
import { queueWorker, type Work } from './runtime/worker.ts';
import { declarationIdSchema } from '../shared/values.ts';

export const handler = queueWorker(async (work) => {
  for (const delivery of await deliveriesOf(work)) await attemptDelivery(delivery, productNow());
});

async function deliveriesOf(work: Work): Promise<readonly Key[]> {
  const now = productNow();
  if (work.kind === 'due') return deliveriesDue(work.due);
  const { event } = work;
  if (event.type === 'contract.declared') return matchDeclaration(event.data.declarationId, now);
  if (event.type === 'contract.withdrawn') return prepareWithdrawals(event.data, now);
  const about = aboutOrder(work);
  return event.type === 'order.approved' ? listOf(await prepareDelivery(about, now)) : prepareMessages(about, now);
}

/** The event that should have started it was lost, or a shop did not take it yet. */
async function deliveriesDue(due: Key): Promise<readonly Key[]> {
  const now = productNow();
  if (due.sk.startsWith('DELIVERY#')) return [due];
  if (due.sk.startsWith('DECLARATION#')) return matchDeclaration(declarationIdSchema.parse(due.sk.slice('DECLARATION#'.length)), now);
  if (due.sk.startsWith('WITHDRAWAL#')) return prepareWithdrawals(orderKeyParts({ pk: due.pk, sk: due.sk.replace('WITHDRAWAL#', 'ORDER#') }), now);
  return listOf(await prepareDelivery(orderKeyParts(due), now));
}

const listOf = (key: Key | undefined): readonly Key[] => (key === undefined ? [] : [key]);
