/** Stage 5. An approved order goes to its shop by signed webhook: announced before the first byte leaves, repeated until the shop has it. */
import { attemptDelivery } from './deliver-webhook/attempt-delivery.ts';
import { prepareDelivery } from './deliver-webhook/prepare-delivery.ts';
import { productNow } from './runtime/clock.ts';
import { aboutOrder } from './runtime/order-event.ts';
import { orderKeyParts } from './runtime/order.ts';
import { queueWorker } from './runtime/worker.ts';

export const handler = queueWorker(async (work) => {
  if (work.kind === 'due' && work.due.sk.startsWith('DELIVERY#')) return attemptDelivery(work.due, productNow());
  // An order that is due here was approved, but the event that should have sent it was lost.
  const about = work.kind === 'due' ? orderKeyParts(work.due) : aboutOrder(work);
  const delivery = await prepareDelivery(about, productNow());
  if (delivery !== undefined) await attemptDelivery(delivery, productNow());
});
