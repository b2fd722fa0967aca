/** The order as it reaches the shop, and what the shop's own books say about it. */
import { z } from 'zod';
import { isPriceThatHolds, priceAt } from './prices.ts';
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
    .array(
      z.object({
        ...{ line: z.int().min(1), gtin: z.string(), sku: z.string(), title: z.string(), quantity: z.int().min(1) },
        unitPriceMinor: minor,
        discountMinor: minor.optional(),
        substitution: substitutionSchema.optional(),
      }),
    )
    .min(1)
    .max(50),
  subtotalMinor: minor,
  deliveryFeeMinor: minor,
  perks: z
    .array(z.object({ perkId: z.string(), kind: z.string(), fundedBy: z.enum(['retailer', 'brand', 'platform']), savesMinor: minor }))
    .max(60)
    .optional(),
  totalMinor: minor,
  acceptBefore: z.iso.datetime(),
  deliverTo: z.object({ recipient: z.string(), street: z.string(), postalCode: z.string(), city: z.string(), country: z.string() }),
  substitutions: z.enum(['none', 'by-line']),
});
export type PlacedOrder = z.infer<typeof orderSchema>;

export const orderPlacedSchema = z.object({ type: z.literal('order.placed'), timestamp: z.iso.datetime(), data: orderSchema });

/** Why the shop cannot serve the order as agreed, or undefined when its own books say the same. */
export function objectionTo(
  order: PlacedOrder,
  { catalogue, terms, perks, promotions }: Pick<RetailerSettings, 'catalogue' | 'terms' | 'perks' | 'promotions'>,
  at: number,
): string | undefined {
  for (const { gtin, unitPriceMinor } of order.lines) {
    const article = catalogue.find((candidate) => candidate.gtin === gtin);
    if (!article) return `unknown article ${gtin}`;
    if (!isPriceThatHolds(article, promotions, { unitPriceMinor, at }))
      return `price mismatch: ${gtin} costs ${priceAt(article, promotions, at)}, not ${unitPriceMinor}`;
  }
  const subtotalMinor = order.lines.reduce((sum, line) => sum + line.quantity * line.unitPriceMinor, 0);
  const deliveryFeeMinor = subtotalMinor >= terms.freeDeliveryFromMinor ? 0 : terms.deliveryFeeMinor;
  if (order.subtotalMinor !== subtotalMinor) return `price mismatch: the lines sum to ${subtotalMinor}, not ${order.subtotalMinor}`;
  if (order.deliveryFeeMinor !== deliveryFeeMinor) return `price mismatch: delivery costs ${deliveryFeeMinor}, not ${order.deliveryFeeMinor}`;
  const objection = objectionToPerks(order, perks);
  if (objection !== undefined) return objection;
  const totalMinor = subtotalMinor + deliveryFeeMinor - savedIn(order);
  if (order.totalMinor !== totalMinor) return `price mismatch: the total is ${totalMinor}, not ${order.totalMinor}`;
  return subtotalMinor < terms.minimumOrderMinor ? `below the minimum order of ${terms.minimumOrderMinor}` : undefined;
}

const savedIn = ({ perks = [] }: PlacedOrder): number => perks.reduce((sum, { savesMinor }) => sum + savesMinor, 0);

/** What delivery costs after perks. */
export const feeOf = ({ deliveryFeeMinor, perks = [] }: PlacedOrder): number =>
  deliveryFeeMinor - perks.reduce((sum, { kind, savesMinor }) => (kind === 'free-delivery' ? sum + savesMinor : sum), 0);

/** The shop's own perks as it published them; what the platform pays for is settled with the platform. */
function objectionToPerks(order: PlacedOrder, published: RetailerSettings['perks']): string | undefined {
  for (const { perkId, kind, fundedBy, savesMinor } of order.perks ?? []) {
    if (fundedBy === 'platform') continue;
    const perk = published.find((one) => one.perkId === perkId && one.kind === kind && one.fundedBy === fundedBy);
    if (perk === undefined) return `unknown perk ${perkId}`;
    if (perk.kind === 'voucher' && (savesMinor > perk.amountMinor || order.subtotalMinor < perk.fromMinor)) return `perk mismatch: ${perkId} of ${savesMinor}`;
    if (perk.kind === 'free-delivery' && order.subtotalMinor < perk.fromMinor) return `perk mismatch: ${perkId} from ${perk.fromMinor}`;
    if (perk.kind === 'buy-one-get-one' && savesMinor > freeMinor(order, perk.gtins)) return `perk mismatch: ${perkId} of ${savesMinor}`;
  }
  const taken = order.lines.reduce((sum, { discountMinor = 0 }) => sum + discountMinor, 0) + order.deliveryFeeMinor - feeOf(order);
  return taken === savedIn(order) ? undefined : `perk mismatch: the lines take ${taken} off, not ${savedIn(order)}`;
}

const freeMinor = ({ lines }: PlacedOrder, gtins: readonly string[]): number =>
  lines.reduce((sum, { gtin, quantity, unitPriceMinor }) => (gtins.includes(gtin) ? sum + Math.floor(quantity / 2) * unitPriceMinor : sum), 0);

type Line = PlacedOrder['lines'][number];

/** What is charged of a line: its discount goes with the worth of what comes for it, be it something else. */
export function chargeOf({ unitPriceMinor, quantity, discountMinor = 0 }: Line, packs: number, insteadMinor = 0): number {
  const worth = unitPriceMinor * packs + insteadMinor;
  return discountMinor === 0 ? worth : worth - Math.min(discountMinor, Math.ceil((discountMinor * worth) / (unitPriceMinor * quantity)));
}

/** What some packs of a product bring back, of an order of which all has come. */
export function refundOf({ lines }: PlacedOrder, gtin: string, packs: number): number {
  const of = lines.filter((line) => line.gtin === gtin);
  const paid = of.reduce((sum, line) => sum + chargeOf(line, line.quantity), 0);
  const came = of.reduce((sum, { quantity }) => sum + quantity, 0);
  return paid - Math.floor((paid * (came - packs)) / came);
}
