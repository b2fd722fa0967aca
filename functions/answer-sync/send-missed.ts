/** Messages for a device that was away. Whatever it knows already it drops by the message's id. */
import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane';
import { missedNotes } from '../../shared/device/display-content.ts';
import type { Note } from '../../shared/device/display.ts';
import { commandTopic } from '../../shared/device/telemetry.ts';
import type { Device } from '../../shared/household/household.ts';
import { composeMessage } from '../notify-household/compose-message.ts';
import { productNow } from '../runtime/clock.ts';
import { noteOf } from '../update-display/keep-note.ts';
import { readScreen, type Waiting } from '../update-display/read-screen.ts';

const broker = new IoTDataPlaneClient({});

/** The oldest first, one after the other, as they would have come. */
export async function sendMissed({ householdId, thing, deviceType }: Pick<Device, 'householdId' | 'thing' | 'deviceType'>): Promise<void> {
  const { waiting, notes } = await readScreen(householdId, deviceType);
  const questions = (await Promise.all(waiting.map(questionOf))).flat();
  for (const note of missedNotes({ questions, notes }, productNow())) {
    await broker.send(new PublishCommand({ topic: commandTopic(thing, 'message'), qos: 1, payload: Buffer.from(JSON.stringify(note)) }));
  }
}

/** The order keeps what it said, so the question is composed anew, with the id that it had. */
async function questionOf({ events }: Waiting): Promise<Note[]> {
  const asked = events.findLast(({ type }) => type === 'order.approval-requested' || type === 'order.requoted');
  const message = asked && (await composeMessage(asked));
  return message === undefined ? [] : [noteOf(message)];
}
