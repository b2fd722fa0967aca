/**
 * What a device shows, as its shadow `display` wishes it: cards of orders that wait for an answer, and notes. Read loosely, because a screen that
 * has been in a kitchen for ten years meets documents of tomorrow.
 */
import { z } from 'zod';
import { DISPLAY_SHADOW } from '../shared/device/display.ts';
import { shadowTopic } from '../shared/device/telemetry.ts';
import { instantSchema, millisOf, orderIdSchema, type ThingName } from '../shared/values.ts';

export const displayTopics = (thing: ThingName) => ({
  get: shadowTopic(thing, DISPLAY_SHADOW, 'get'),
  got: `${shadowTopic(thing, DISPLAY_SHADOW, 'get')}/accepted`,
  update: shadowTopic(thing, DISPLAY_SHADOW, 'update'),
  delta: shadowTopic(thing, DISPLAY_SHADOW, 'update/delta'),
});

const cardSchema = z.looseObject({
  orderId: orderIdSchema,
  quoteHash: z.string(),
  /** A card without a button can only be looked at. */
  buttonText: z.string().optional(),
  language: z.enum(['de', 'en']).optional(),
  wordingVersion: z.string().optional(),
  expiresAt: instantSchema.optional(),
});
export type Card = z.infer<typeof cardSchema>;

const noteSchema = z.looseObject({ messageId: z.string() });

const anything = z.record(z.string(), z.unknown());
const versionSchema = z.int().optional().catch(undefined);
const gotSchema = z.looseObject({ state: z.looseObject({ desired: anything.optional() }), version: versionSchema });
const deltaSchema = z.looseObject({ state: anything, version: versionSchema });

export class Display {
  #wished: Record<string, unknown> = {};
  #version = 0;
  /** Lost with the power, like everything that a screen knows. */
  readonly #notesShown = new Set<string>();

  /** What the broker sent on one of the two topics. False: nothing that this display does not know already. */
  take(which: 'got' | 'delta', payload: string): boolean {
    const message = jsonOf(payload);
    const [got, delta] = [gotSchema.safeParse(message), deltaSchema.safeParse(message)];
    if (which === 'got' ? !got.success : !delta.success) return false;
    const version = (which === 'got' ? got.data?.version : delta.data?.version) ?? this.#version;
    if (version < this.#version) return false;
    this.#version = version;
    // `get` answers with everything that is wished; a delta only with what differs from what was reported, whole fields of it.
    this.#wished = which === 'got' ? (got.data?.state.desired ?? {}) : { ...this.#wished, ...delta.data?.state };
    return true;
  }

  /** Everything on the screen, told to the shadow so that there is no difference left. */
  get reported(): string {
    return JSON.stringify({ state: { reported: this.#wished } });
  }

  /** What can be read; a card that cannot is not shown. */
  get cards(): Card[] {
    return listOf(this.#wished.cards).flatMap((card) => cardSchema.safeParse(card).data ?? []);
  }

  get notes(): number {
    return listOf(this.#wished.notes).length;
  }

  /** How many of its messages it had not shown before; asked once for each change of the screen. */
  countNewNotes(): number {
    const before = this.#notesShown.size;
    for (const note of listOf(this.#wished.notes)) {
      const { data } = noteSchema.safeParse(note);
      if (data !== undefined) this.#notesShown.add(data.messageId);
    }
    return this.#notesShown.size - before;
  }

  /** The card of an order, as long as it may be answered. */
  cardOf(orderId: string, now: number): Card | undefined {
    return this.cards.find((card) => card.orderId === orderId && (card.expiresAt === undefined || millisOf(card.expiresAt) > now));
  }
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
