/** A TV on the stage: what is on its screen, and its remote control. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { cardSchema, DISPLAY_SHADOW, noteSchema, type Card, type Note } from '../../../shared/device/display.ts';
import { orderIdSchema } from '../../../shared/values.ts';
import type { Shadows } from '../shadow/open-shadows.ts';
import { ShadowRefusal } from '../shadow/refusal.ts';

export const tvSchema = z.strictObject({
  thing: z.string(),
  name: z.string(),
  householdId: z.string(),
  /** Whose account it uses. */
  memberId: z.string(),
});
export type Tv = z.infer<typeof tvSchema>;

export interface TvOptions {
  readonly shadows: Pick<Shadows, 'get'>;
  readonly apiUrl: string;
  /** @param memberId of whoever is signed in at the TV */
  readonly tokenOf: (memberId: string) => Promise<string>;
}

const screenSchema = z.looseObject({
  state: z.looseObject({
    desired: z.looseObject({ cards: z.array(cardSchema).default([]), notes: z.array(noteSchema).default([]) }).default({ cards: [], notes: [] }),
  }),
});

/** Nothing, as long as nobody has told it anything. */
export async function displayOn(
  { shadows }: Pick<TvOptions, 'shadows'>,
  { thing }: Tv,
): Promise<{ readonly cards: readonly Card[]; readonly notes: readonly Note[] }> {
  try {
    const { cards, notes } = screenSchema.parse(await shadows.get({ thing, name: DISPLAY_SHADOW })).state.desired;
    return { cards, notes };
  } catch (error) {
    if (error instanceof ShadowRefusal && error.code === 404) return { cards: [], notes: [] };
    throw error;
  }
}

export const remoteSchema = z.strictObject({ orderId: orderIdSchema, answer: z.enum(['approve', 'decline']) });
const problemSchema = z.looseObject({ detail: z.string().optional() });

/** Answers the card that is on the screen, under the button that stands on it: as a TV in a living room does. */
export async function press(tv: TvOptions, at: Tv, { orderId, answer }: z.infer<typeof remoteSchema>): Promise<readonly [number, object]> {
  const card = (await displayOn(tv, at)).cards.find((shown) => shown.orderId === orderId);
  if (card === undefined) return [409, { detail: 'that is no longer on the screen' }];
  const response = await fetch(`${tv.apiUrl}/households/${at.householdId}/orders/${orderId}/${answer}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await tv.tokenOf(at.memberId)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ...(answer === 'approve' ? consentTo(card) : { reason: 'not now' }), screen: 'tv' }),
  });
  if (response.ok) return [200, {}];
  const { detail = `the API answered ${response.status}` } = problemSchema.parse(await response.json());
  return [409, { detail }];
}

/** The same for the same card: pressing twice is one approval. */
function consentTo({ orderId, quoteHash, wordingVersion, language, buttonText }: Card): object {
  const approvalId = `apr_${createHash('sha256').update(`tv ${orderId} ${quoteHash}`).digest('hex').slice(0, 24)}`;
  return { approvalId, quoteHash, evidence: { wordingVersion, language, buttonText } };
}
