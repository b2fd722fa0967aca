/** Stage 10. What happened → its household's apps: which thing to read again, and, when it concerns people, a message in each reader's language. A repeat is the same. */
import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane';
import { changeNoteOf, householdChangesTopic } from '../shared/journey/change-note.ts';
import type { EventEnvelope } from '../shared/events.ts';
import { householdMessages, householdMessagesTopic, type HouseholdMessage } from '../shared/journey/message.ts';
import { forWatch } from '../shared/journey/outreach/watch.ts';
import { composeForReaders } from './notify-household/compose-message.ts';
import { watchesOf } from './runtime/outreach.ts';
import { endMandateToken } from './runtime/secrets.ts';
import { queueWorker } from './runtime/worker.ts';

const broker = new IoTDataPlaneClient({});

export const handler = queueWorker(async (work) => {
  if (work.kind !== 'event') throw new Error('nothing is ever due here');
  const changed = changeNoteOf(work.event);
  if (changed !== undefined) await publish(householdChangesTopic(changed.householdId), changed.note);
  if (!(work.event.type in householdMessages) || isForAnotherScreen(work.event)) return;
  const message = await composeForReaders(work.event);
  if (message !== undefined)
    await publish(householdMessagesTopic(message.householdId), await forItsScreen(work.event, { ...message, ...(await linkTo(work.event)) }));
});

/** What goes to the TV, the fridge or by e-mail is not said in the app as well: one thing is said once. A watch is told through its phone's app. */
const isForAnotherScreen = ({ type, data }: EventEnvelope): boolean => type === 'outreach.sent' && data.channel !== 'app' && data.channel !== 'watch';

/** For watches it is short, and names whose they are. */
async function forItsScreen({ type, data }: EventEnvelope, message: HouseholdMessage): Promise<HouseholdMessage> {
  if (type !== 'outreach.sent' || data.channel !== 'watch') return message;
  const { words } = message;
  const short = words && { words: { de: forWatch(words.de), en: forWatch(words.en) } };
  return { ...forWatch(message), ...short, watch: [...(await watchesOf(data.householdId))] };
}

const publish = (topic: string, content: object) => broker.send(new PublishCommand({ topic, qos: 1, payload: Buffer.from(JSON.stringify(content)) }));

/** Only what goes to the apps carries it: what screens keep, and what is logged, does not. */
const linkTo = async ({ type, data }: EventEnvelope) => (type === 'mandate.granted' ? { link: `/app/end-mandate#${await endMandateToken(data)}` } : {});
