/** Stage 10. What concerns a household → a message to its apps, in its language. A repeat has the same message id. */
import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane';
import { householdMessagesTopic, messageFor } from '../shared/journey/message.ts';
import { orderIdSchema } from '../shared/values.ts';
import { keys, kinds } from './runtime/aggregates.ts';
import { productNow } from './runtime/clock.ts';
import { load } from './runtime/store.ts';
import { queueWorker } from './runtime/worker.ts';
import { findRetailerName } from './notify-household/retailer-name.ts';

const broker = new IoTDataPlaneClient({});

export const handler = queueWorker(async (work) => {
  if (work.kind !== 'event' || !('householdId' in work.event.data) || work.event.data.householdId === undefined)
    throw new Error('expected an event of a household');
  const { householdId } = work.event.data;
  const household = await load(kinds.household, keys.household(householdId));
  if (household === undefined) throw new Error(`an event speaks of ${householdId}, which does not exist`);
  const orderId = orderIdSchema.safeParse('orderId' in work.event.data ? work.event.data.orderId : undefined);
  const order = orderId.success ? (await load(kinds.order, keys.order(householdId, orderId.data)))?.state.order : undefined;
  const shop = order === undefined ? '' : await findRetailerName(order.retailerId);
  const message = messageFor(work.event, { language: household.state.language, shop, at: productNow(), ...(order !== undefined && { quote: order.quote }) });
  if (message === undefined) return;
  await broker.send(new PublishCommand({ topic: householdMessagesTopic(householdId), qos: 1, payload: Buffer.from(JSON.stringify(message)) }));
});
