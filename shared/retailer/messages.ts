/** What we say to a shop, and what it says when it is asked about an order. */
import { z } from 'zod';
import { canonicalJson } from '../digest.ts';
import { lineItemSchema, quotePerkSchema, type Quote } from '../event-parts.ts';
import { addressSchema, type Address } from '../household/household.ts';
import { lineDiscounts } from '../order/perk/paid-for.ts';
import { inShort, substitutionToldSchema, type SubstitutionTold } from './substitution-told.ts';
import { gtinSchema, instantSchema, messageIdSchema, moneySchema, orderIdSchema, type Instant, type OrderId } from '../values.ts';

/** Standard Webhooks 1.0 asks for bodies below 20 KB. */
const MESSAGE_BYTES_MAX = 20_000;
/** The GTIN says what is meant; the title only helps whoever reads the log. */
const TITLE_CHARACTERS_WHEN_SHORT = 40;

const minor = moneySchema.shape.amountMinor;

const perkToldSchema = quotePerkSchema.omit({ saves: true, needId: true }).extend({ savesMinor: minor });

/** `order.placed` as it stands on the wire. */
export const orderPlacedSchema = z.strictObject({
  type: z.literal('order.placed'),
  timestamp: instantSchema,
  data: z.strictObject({
    orderId: orderIdSchema,
    /** The household's account at this shop, which is charged. */
    account: z.string().min(1).max(80),
    currency: moneySchema.shape.currency,
    lines: z
      .array(
        z.strictObject({
          /** From 1. */
          line: z.int().min(1).max(50),
          gtin: gtinSchema,
          sku: lineItemSchema.shape.sku,
          title: lineItemSchema.shape.title,
          quantity: lineItemSchema.shape.quantity,
          unitPriceMinor: minor,
          /** What may come instead; left out: nothing. */
          substitution: substitutionToldSchema.optional(),
          /** What perks take off this line; left out where that is nothing. Of fewer packs the same share is charged. */
          discountMinor: minor.min(1).optional(),
        }),
      )
      .min(1)
      .max(50),
    subtotalMinor: minor,
    deliveryFeeMinor: minor,
    /** Of the shop and of ours, with who pays for them; left out where there are none. */
    perks: z.array(perkToldSchema).min(1).max(52).optional(),
    /** Lines and delivery, less the perks. */
    totalMinor: minor,
    acceptBefore: instantSchema,
    deliverTo: addressSchema,
    /** `by-line`: some lines say what may come instead of them. */
    substitutions: z.enum(['none', 'by-line']),
  }),
});
export type OrderPlaced = z.infer<typeof orderPlacedSchema>;

export interface OrderFacts {
  readonly orderId: OrderId;
  readonly account: string;
  /** What the person or the mandate agreed to: the shop may charge this and nothing above. */
  readonly quote: Quote;
  readonly acceptBefore: Instant;
  readonly deliverTo: Address;
  /** What may come instead of each line, in their order; absent: nothing. */
  readonly substitutions?: readonly (SubstitutionTold | undefined)[];
  /** When the order was placed: product time. */
  readonly at: Instant;
}

/** The body of the message: canonical, so that the same facts give the same bytes on whichever machine they are put together. */
export function orderPlacedMessage(facts: OrderFacts): string {
  const short = { ...facts, ...(facts.substitutions && { substitutions: facts.substitutions.map(inShort) }) };
  const shorterAndShorter = [
    canonicalJson(orderPlaced(facts, lineItemSchema.shape.title.maxLength ?? MESSAGE_BYTES_MAX)),
    canonicalJson(orderPlaced(facts, TITLE_CHARACTERS_WHEN_SHORT)),
    canonicalJson(orderPlaced(short, TITLE_CHARACTERS_WHEN_SHORT)),
  ] as const;
  return shorterAndShorter.find((body) => new TextEncoder().encode(body).length <= MESSAGE_BYTES_MAX) ?? shorterAndShorter[2];
}

function orderPlaced({ orderId, account, quote, acceptBefore, deliverTo, substitutions = [], at }: OrderFacts, titleCharacters: number): OrderPlaced {
  const discounts = lineDiscounts(quote);
  const perks = perksTold(quote);
  const lines = quote.lineItems.map(({ gtin, sku, title, quantity, unitPrice }, index) => ({
    line: index + 1,
    gtin,
    sku,
    // By code points, so that no emoji is cut in two.
    title: Array.from(title).slice(0, titleCharacters).join(''),
    quantity,
    unitPriceMinor: unitPrice.amountMinor,
    ...(substitutions[index] && { substitution: substitutions[index] }),
    ...((discounts[index] ?? 0) > 0 && { discountMinor: discounts[index] }),
  }));
  return orderPlacedSchema.parse({
    type: 'order.placed',
    timestamp: at,
    data: {
      orderId,
      account,
      currency: quote.total.currency,
      lines,
      subtotalMinor: quote.subtotal.amountMinor,
      deliveryFeeMinor: quote.deliveryFee.amountMinor,
      ...(perks.length > 0 && { perks }),
      totalMinor: quote.total.amountMinor,
      acceptBefore,
      deliverTo,
      substitutions: substitutions.some((told) => told !== undefined) ? 'by-line' : 'none',
    },
  });
}

/** Each once, with what it saves on all lines. */
function perksTold({ perks = [] }: Quote): z.infer<typeof perkToldSchema>[] {
  const told = new Map<string, z.infer<typeof perkToldSchema>>();
  for (const { perkId, kind, fundedBy, saves } of perks) {
    const name = `${fundedBy} ${perkId}`;
    told.set(name, { perkId, kind, fundedBy, savesMinor: (told.get(name)?.savesMinor ?? 0) + saves.amountMinor });
  }
  return [...told.values()];
}

/** What `GET <apiUrl>/orders/{orderId}` answers: all that the shop has said about this order so far, each as its message said it. */
export const orderAnswersSchema = z.strictObject({
  orderId: orderIdSchema,
  answers: z
    .array(z.strictObject({ messageId: messageIdSchema, type: z.string().min(1).max(40), timestamp: instantSchema, data: z.record(z.string(), z.unknown()) }))
    .max(64),
});
export type OrderAnswers = z.infer<typeof orderAnswersSchema>;
