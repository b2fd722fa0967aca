/** Every message over MQTT: the schema that our side uses, and examples that hold for both the schema and what is published of it. */
import { z } from 'zod';
import { displaySchema, noteSchema, type Card, type Note } from '../../shared/device/display.ts';
import { ownPresenceSchema } from '../../shared/device/presence.ts';
import { readingSchema } from '../../shared/device/telemetry.ts';
import { changeNoteSchema } from '../../shared/journey/change-note.ts';
import { householdMessageSchema } from '../../shared/journey/message.ts';
import { instantSchema, orderIdSchema } from '../../shared/values.ts';

export interface Message {
  readonly title: string;
  readonly summary: string;
  readonly schema: z.ZodType;
  /** `from-clients`: what we take. `to-clients`: what we send. */
  readonly way: 'from-clients' | 'to-clients';
  readonly examples: Readonly<Record<string, unknown>>;
}

const at = instantSchema.parse('2026-03-02T05:53:48.299Z');
const orderId = orderIdSchema.parse('ord_7215cd148d9138468fc66fd1a934de26');
const reading = { bootId: 1, seq: 1, sampledAt: at, uncertainty: 0.025 };
const note: Note = { messageId: 'note_1', kind: 'order-shipped', title: 'On the way', text: '3 × Weidemilch 1 l from Frischhof.', at, orderId };
const card: Card = {
  ...{ orderId, quoteHash: 'a'.repeat(64), shop: 'Frischhof', language: 'en', currency: 'EUR', moreLines: 0 },
  lines: [{ title: 'Weidemilch 1 l', quantity: 3, unitPriceMinor: 129, basePriceMinor: 129, basePer: '1 l' }],
  ...{ deliveryFeeMinor: 178, totalMinor: 565, deliveryBy: instantSchema.parse('2026-03-04T10:00:00.000Z') },
  ...{ expiresAt: instantSchema.parse('2026-03-02T17:00:00.000Z'), wordingVersion: '1', buttonText: 'Order with obligation to pay' },
};
const display = { cards: [card], notes: [note] };

/** Sections that the shadow service adds for itself; who only shows something need not read them. */
const shadowNotes = { version: z.int().min(1), timestamp: z.int(), clientToken: z.string().max(64).optional() };
/** A device may report what it shows in any form; what it was sent is the simplest. */
const reported = z.record(z.string(), z.unknown());

export const messages = {
  reading: {
    title: 'A reading',
    summary: 'What is left in one slot. `(thing, bootId, seq)` names it for ever: the same again changes nothing.',
    schema: readingSchema,
    way: 'from-clients',
    examples: {
      fridge: { ...reading, slot: 'milk', level: { amount: 0.9, unit: 'l' }, usage: 0.4, doorOpenings: 1 },
      heating: { ...reading, slot: 'tank', level: { amount: 812, unit: 'l' }, uncertainty: 8, outdoorCelsius: -3.5 },
      tv: { ...reading, slot: 'remote-battery', level: { amount: 0.2, unit: 'piece' }, viewedMinutes: 95, messagesShown: 1 },
    },
  },
  presence: {
    title: 'Whether the device is there',
    summary: 'Said after connecting, and left with the broker as the last will.',
    schema: ownPresenceSchema,
    way: 'from-clients',
    examples: { connected: { connected: true }, lastWill: { connected: false } },
  },
  syncRequest: {
    title: 'A question without words',
    summary: 'What it holds does not matter; `{}` is enough.',
    schema: z.looseObject({}),
    way: 'from-clients',
    examples: { empty: {} },
  },
  note: {
    title: 'A message for a screen',
    summary: 'Whoever has shown its `messageId` does not show it again.',
    schema: noteSchema,
    way: 'to-clients',
    examples: { shipped: note },
  },
  householdMessage: {
    title: 'A message for the apps of a household',
    summary: 'It opens a screen and never buys; `messageId` is the same when it comes again.',
    schema: householdMessageSchema,
    way: 'to-clients',
    examples: {
      asked: {
        ...{ messageId: 'note_2', kind: 'approval-requested', householdId: 'hh_anna', orderId, title: 'Order at Frischhof?' },
        ...{ text: '3 × Weidemilch 1 l for €5.65. Nothing is bought until you say yes.', at, expiresAt: card.expiresAt },
      },
    },
  },
  changeNote: {
    title: 'Something that the app shows has changed',
    summary: 'It names the thing and nothing of what it says: read it again over HTTP. The same change comes as the same note, perhaps twice.',
    schema: changeNoteSchema,
    way: 'to-clients',
    examples: { order: { what: 'order', id: orderId, at } },
  },
  displayQuestion: {
    title: 'A question for the whole display',
    summary: 'Empty, or with a `clientToken` that the answer repeats.',
    schema: z.strictObject({ clientToken: shadowNotes.clientToken }),
    way: 'from-clients',
    examples: { empty: {} },
  },
  displayReport: {
    title: 'What the screen shows',
    summary: 'Reported after each change, so that no difference is left.',
    schema: z.strictObject({ state: z.strictObject({ reported }), clientToken: shadowNotes.clientToken }),
    way: 'from-clients',
    examples: { shown: { state: { reported: display } } },
  },
  displayDocument: {
    title: 'The display as it should be',
    summary: 'The order cards and messages of the household, and what the device has reported.',
    schema: z.looseObject({ state: z.looseObject({ desired: displaySchema.optional(), reported: reported.optional() }), ...shadowNotes }),
    way: 'to-clients',
    examples: { waiting: { state: { desired: display }, version: 3, timestamp: 1_772_430_828 } },
  },
  displayDifference: {
    title: 'What the screen should show otherwise',
    summary: 'Whole members of the display, those that differ from what was reported.',
    schema: z.looseObject({ state: displaySchema.partial(), ...shadowNotes }),
    way: 'to-clients',
    examples: { answered: { state: { cards: [] }, version: 4, timestamp: 1_772_430_900 } },
  },
  displayReported: {
    title: 'A report that was taken',
    summary: 'Repeats what was reported.',
    schema: z.looseObject({ state: z.looseObject({ reported: reported.optional() }), ...shadowNotes }),
    way: 'to-clients',
    examples: { taken: { state: { reported: { cards: [], notes: [note] } }, version: 5, timestamp: 1_772_430_901 } },
  },
  displayRefusal: {
    title: 'A request that was refused',
    summary: 'With the codes of AWS IoT: 404 where nothing was ever shown, 409 for another version, 413 when it grows too large.',
    schema: z.looseObject({ code: z.int().min(400).max(599), message: z.string(), timestamp: z.int().optional(), clientToken: shadowNotes.clientToken }),
    way: 'to-clients',
    examples: { neverShown: { code: 404, message: "No shadow exists with name: 'fridge-anna~display'" } },
  },
} as const satisfies Record<string, Message>;

export type MessageName = keyof typeof messages;
