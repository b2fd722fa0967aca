/** An item that a mandate could be granted for: what it is, where it is sold and what it costs, so that caps can be suggested from the forecast. */
import { z } from 'zod';
import { categorySchema } from '../../event-parts.ts';
import type { Offer } from '../../retailer/offer.ts';
import { forecastOfSnapshot, snapshot } from '../../supply/snapshot.ts';
import type { Supply } from '../../supply/supply.ts';
import { euros, gtinSchema, moneySchema, retailerIdSchema, supplyIdSchema, type Instant } from '../../values.ts';

export const mandateChoiceSchema = z.strictObject({
  supplyId: supplyIdSchema,
  name: z.string().max(60),
  category: categorySchema,
  products: z.array(z.strictObject({ gtin: gtinSchema, title: z.string().max(120).optional() })).max(20),
  /** Where any of them is offered now. */
  retailers: z.array(retailerIdSchema).max(10),
  /** What a month's use costs, and one filling of the shelf; absent while nobody offers it. */
  perMonth: moneySchema.optional(),
  filling: moneySchema.optional(),
});
export type MandateChoice = z.infer<typeof mandateChoiceSchema>;

const MONTH_DAYS = 365.25 / 12;
const MONEY_MAX = 100_000_000;

/** @param offers of any products, at any of the household's shops */
export function mandateChoice(supply: Supply, offers: readonly Offer[], now: Instant): MandateChoice {
  const { supplyId, name, productLine: category } = supply;
  const own = offers.filter(({ gtin, available, validUntil }) => available && validUntil > now && supply.products.some((product) => product.gtin === gtin));
  const products = supply.products.map(({ gtin }) => {
    const title = own.find((offer) => offer.gtin === gtin)?.title;
    return { gtin, ...(title !== undefined && { title }) };
  });
  return { supplyId, name, category, products, retailers: [...new Set(own.map(({ retailerId }) => retailerId))], ...costOf(supply, own, now) };
}

/** By the product that the household prefers among those that are sold, at its cheapest. */
function costOf(supply: Supply, own: readonly Offer[], now: Instant): Pick<MandateChoice, 'perMonth' | 'filling'> {
  const preferred = supply.products.find(({ gtin }) => own.some((offer) => offer.gtin === gtin));
  const [offer] = own.filter(({ gtin }) => gtin === preferred?.gtin).sort((a, b) => perUnit(a) - perUnit(b));
  if (offer === undefined) return {};
  const figures = snapshot(supply, now);
  const month = forecastOfSnapshot(figures).meanPerDay * MONTH_DAYS * perUnit(offer);
  const packs = Math.min(supply.settings.packsMax, Math.ceil(figures.orderUpTo / offer.pack.amount));
  return { perMonth: inRange(month), filling: inRange(packs * offer.price.amountMinor) };
}

const perUnit = ({ price, pack }: Offer): number => price.amountMinor / pack.amount;
const inRange = (minor: number) => euros(Math.min(MONEY_MAX, Math.ceil(minor)));
