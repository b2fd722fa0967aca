/** Stage 10. What happened → its household's apps: which thing to read again, and, when it concerns people, a message in each reader's language. A repeat is the same. */
import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane';
import { changeNoteOf, householdChangesTopic } from '../shared/journey/change-note.ts';
import type { EventEnvelope } from '../shared/events.ts';
import { householdMessages, householdMessagesTopic } from '../shared/journey/message.ts';
import { composeForReaders } from './notify-household/compose-message.ts';
import { endMandateToken } from './runtime/secrets.ts';
import { queueWorker } from './runtime/worker.ts';

const broker = new IoTDataPlaneClient({});

export const handler = queueWorker(async (work) => {
  if (work.kind !== 'event') throw new Error('nothing is ever due here');
  const changed = changeNoteOf(work.event);
  if (changed !== undefined) await publish(householdChangesTopic(changed.householdId), changed.note);
  if (!(work.event.type in householdMessages) || isForAnotherScreen(work.event)) return;
  const message = await composeForReaders(work.event);
  if (message !== undefined) await publish(householdMessagesTopic(message.householdId), { ...message, ...(await linkTo(work.event)) });
});

/** What goes to the TV, the fridge or by e-mail is not said in the app as well: one thing is said once. */
const isForAnotherScreen = ({ type, data }: EventEnvelope): boolean => type === 'outreach.sent' && data.channel !== 'app';

const publish = (topic: string, content: object) => broker.send(new PublishCommand({ topic, qos: 1, payload: Buffer.from(JSON.stringify(content)) }));

/** Only what goes to the apps carries it: what screens keep, and what is logged, does not. */
const linkTo = async ({ type, data }: EventEnvelope) => (type === 'mandate.granted' ? { link: `/app/end-mandate#${await endMandateToken(data)}` } : {});
