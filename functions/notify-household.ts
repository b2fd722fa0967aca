/** Stage 10. What concerns a household → a message to its apps, in its language. A repeat has the same message id. */
import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane';
import { householdMessagesTopic } from '../shared/journey/message.ts';
import { composeMessage } from './notify-household/compose-message.ts';
import { queueWorker } from './runtime/worker.ts';

const broker = new IoTDataPlaneClient({});

export const handler = queueWorker(async (work) => {
  if (work.kind !== 'event') throw new Error('nothing is ever due here');
  const message = await composeMessage(work.event);
  if (message === undefined) return;
  await broker.send(new PublishCommand({ topic: householdMessagesTopic(message.householdId), qos: 1, payload: Buffer.from(JSON.stringify(message)) }));
});
