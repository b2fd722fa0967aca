/**
 * What a device with a screen should show: the `desired` state of its named shadow `display`. AWS IoT allows 8 KB and six levels in a
 * shadow, so money is flat here, in minor units, and the lines of a long order are shortened.
 */
import { z } from 'zod';
import { perkFunders, perkKinds } from '../event-parts.ts';
import { householdIdSchema, instantSchema, orderIdSchema, surveyIdSchema } from '../values.ts';

export const DISPLAY_SHADOW = 'display';
export const CARDS_MAX = 2;
export const NOTES_MAX = 3;
/** What a household's store keeps for screens that are off. */
export const NOTES_KEPT = 10;
/** Of the 8,192 bytes that a shadow may hold, the last quarter is the device's own, for what it reports. */
export const DISPLAY_BYTES_MAX = 6_144;

/** A personal message. The same over MQTT when a device asks what it missed: whoever has shown this id does not show it again. */
export const noteSchema = z.strictObject({
  messageId: z.string().min(1).max(80),
  /** An open list of words: a device shows what it does not know. */
  kind: z.string().min(1).max(40),
  title: z.string().max(120),
  text: z.string().max(300),
  at: instantSchema,
  orderId: orderIdSchema.optional(),
  expiresAt: instantSchema.optional(),
});
export type Note = z.infer<typeof noteSchema>;

/** Which screens a message may be meant for alone. */
const ownScreenSchema = z.enum(['tv', 'fridge']);
/** As it is kept: `on` for what is meant for one kind of screen; absent: for each of them. A device never sees it. */
const keptNoteSchema = noteSchema.extend({ on: ownScreenSchema.optional() });
export type KeptNote = z.infer<typeof keptNoteSchema>;

/** A household's last messages, the newest first. */
export const notesSchema = z.strictObject({ householdId: householdIdSchema, notes: z.array(keptNoteSchema).max(NOTES_KEPT) });

const minor = z.int().min(0);

const cardLineSchema = z.strictObject({
  title: z.string().min(1).max(120),
  /** Packs. */
  quantity: z.int().min(1).max(99),
  /** Per pack. */
  unitPriceMinor: minor,
  /** Per litre, kilogram or piece (PAngV §4). */
  basePriceMinor: minor,
  basePer: z.enum(['1 l', '1 kg', '1 piece']),
});
export type CardLine = z.infer<typeof cardLineSchema>;

/** An order that waits for a person. */
export const cardSchema = z.strictObject({
  orderId: orderIdSchema,
  /** Of everything in the quote; the yes repeats it. */
  quoteHash: z.string().regex(/^[0-9a-f]{64}$/),
  shop: z.string().min(1).max(120),
  language: z.enum(['de', 'en']),
  currency: z.enum(['EUR']),
  lines: z.array(cardLineSchema).max(50),
  /** "and N more": lines that did not fit. */
  moreLines: z.int().min(0).max(50),
  deliveryFeeMinor: minor,
  /** What is taken off, and who pays for it; absent where there is nothing. */
  perks: z
    .array(z.strictObject({ kind: z.enum(perkKinds), fundedBy: z.enum(perkFunders), savesMinor: minor }))
    .max(perkKinds.length * perkFunders.length)
    .optional(),
  totalMinor: minor,
  /** Also for a yes at the last moment. */
  deliveryBy: instantSchema,
  expiresAt: instantSchema,
  wordingVersion: z.string(),
  /** Where the app goes on with this card, below its own address. Absent in older displays. */
  appPath: z.string().max(120).optional(),
  /** Exactly what must stand on the button. Absent where not every line is shown: who has not seen everything cannot approve it here. */
  buttonText: z.string().optional(),
});
export type Card = z.infer<typeof cardSchema>;

/** How something went, answered by a number key; only on a TV, and only where the household lets it ask. */
export const questionSchema = z.strictObject({
  surveyId: surveyIdSchema,
  language: z.enum(['de', 'en']),
  text: z.string().max(120),
  /** The number keys that answer, both included, and what the ends mean. */
  from: z.int().min(0).max(10),
  to: z.int().min(0).max(10),
  worst: z.string().max(60),
  best: z.string().max(60),
  /** From here on it is not shown any more. */
  expiresAt: instantSchema,
});
export type Question = z.infer<typeof questionSchema>;

export const displaySchema = z.strictObject({
  cards: z.array(cardSchema).max(CARDS_MAX),
  notes: z.array(noteSchema).max(NOTES_MAX),
  /** Absent on most screens at most times, and in older displays. */
  question: questionSchema.optional(),
});
export type Display = z.infer<typeof displaySchema>;
