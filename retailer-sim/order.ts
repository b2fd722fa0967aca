/** The order as it reaches the shop, and what the shop's own books say about it. */
import { z } from 'zod';
import type { RetailerSettings } from './simulation.ts';

const minor = z.int().min(0);

/** What the customer lets come instead of a line; absent: nothing. */
const substitutionSchema = z.object({
  rule: z.enum(['ask', 'allowed']),
  gtins: z.array(z.string()).optional(),
  dearerAtMostMinor: minor.optional(),
  askUpToMinor: minor.optional(),
  sameMaker: z.literal(true).optional(),
});

export const orderSchema = z.object({
  orderId: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  /** Names the file of the doorstep, so it must not lead out of the folder. */
  account: z.string().regex(/^[A-Za-z0-9_-]{1,80}$/),
  currency: z.literal('EUR'),
  lines: z
    .array(z.object({ line: z.int().min(1), gtin: z.string(), sku: z.string(), title: z.string(), quantity: z.int().min(1), unitPriceMinor: minor, substitution: substitutionSchema.optional() }))
    .min(1)
    .max(50),
  subtotalMinor: minor,
  deliveryFeeMinor: minor,
  totalMinor: minor,
  acceptBefore: z.iso.datetime(),
  deliverTo: z.object({ recipient: z.string(), street: z.string(), postalCode: z.string(), city: z.string(), country: z.string() }),
  substitutions: z.enum(['none', 'by-line']),
});
export type PlacedOrder = z.infer<typeof orderSchema>;

export const orderPlacedSchema = z.object({ type: z.literal('order.placed'), timestamp: z.iso.datetime(), data: orderSchema });

/** Why the shop cannot serve the order as agreed, or undefined when its own books say the same. */
export function objectionTo(order: PlacedOrder, { catalogue, terms }: Pick<RetailerSettings, 'catalogue' | 'terms'>): string | undefined {
  for (const { gtin, unitPriceMinor } of order.lines) {
    const article = catalogue.find((candidate) => candidate.gtin === gtin);
    if (!article) return `unknown article ${gtin}`;
    if (article.priceMinor !== unitPriceMinor) return `price mismatch: ${gtin} costs ${article.priceMinor}, not ${unitPriceMinor}`;
  }
  const subtotalMinor = order.lines.reduce((sum, line) => sum + line.quantity * line.unitPriceMinor, 0);
  const deliveryFeeMinor = subtotalMinor >= terms.freeDeliveryFromMinor ? 0 : terms.deliveryFeeMinor;
  if (order.subtotalMinor !== subtotalMinor) return `price mismatch: the lines sum to ${subtotalMinor}, not ${order.subtotalMinor}`;
  if (order.deliveryFeeMinor !== deliveryFeeMinor) return `price mismatch: delivery costs ${deliveryFeeMinor}, not ${order.deliveryFeeMinor}`;
  if (order.totalMinor !== subtotalMinor + deliveryFeeMinor) return `price mismatch: the total is ${subtotalMinor + deliveryFeeMinor}, not ${order.totalMinor}`;
  return subtotalMinor < terms.minimumOrderMinor ? `below the minimum order of ${terms.minimumOrderMinor}` : undefined;
}
