/** A price that is well below what it usually is at that shop, as a signal: made from the offers themselves, and over when they are. */
import { z } from 'zod';
import { digest } from '../digest.ts';
import { signalSchema, type Signal } from '../journey/signal/signal.ts';
import { instantSchema, type Instant, type RetailerId } from '../values.ts';
import { isOffer, type KeptOffer } from './offer.ts';
import { cheapAgainst } from './usual-price.ts';

export type CheapWindow = Extract<Signal, { kind: 'cheap-window' }>;

const idOf = (retailerId: RetailerId, gtin: string): string => `cheap-${digest([retailerId, gtin], 16)}`;

/** Undefined while the price is as usual, or too little is known of what is usual. `until`: how long the offer stands, which the next one says anew. */
export function cheapWindowOf(offer: KeptOffer, now: Instant): CheapWindow | undefined {
  if (!isOffer(offer) || !offer.available || offer.validUntil <= now) return undefined;
  const usual = cheapAgainst(offer, now);
  if (usual === undefined) return undefined;
  const { retailerId, gtin, price, priceSince, publishedAt, validUntil } = offer;
  return {
    ...{ signalId: idOf(retailerId, gtin), kind: 'cheap-window', at: priceSince ?? publishedAt, gtin, retailerId, until: validUntil },
    ...{ unitMinor: price.amountMinor, usualMinor: usual.amountMinor },
  };
}

/** What stands beside an offer: which of its messages it was made from, so that an older one that comes late says nothing. */
export const keptCheapWindowSchema = z.strictObject({
  window: z.custom<CheapWindow>((value) => signalSchema.safeParse(value).data?.kind === 'cheap-window'),
  publishedAt: instantSchema,
  title: z.string().max(120),
});
export type KeptCheapWindow = z.infer<typeof keptCheapWindowSchema>;

/** Undefined: what is kept stays. What is over stays as over, until the store forgets it. */
export function withCheapWindow(before: KeptCheapWindow | undefined, offer: KeptOffer, now: Instant): KeptCheapWindow | undefined {
  if (before !== undefined && offer.publishedAt < before.publishedAt) return undefined;
  const window = cheapWindowOf(offer, now);
  if (window !== undefined) return { window, publishedAt: offer.publishedAt, title: isOffer(offer) ? offer.title : '' };
  if (before === undefined || before.window.endedAt !== undefined) return undefined;
  return { ...before, window: { ...before.window, endedAt: now }, publishedAt: offer.publishedAt };
}
