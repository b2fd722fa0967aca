/**
 * The automatic brake. What is bought without a person cannot for long be more than what is used: under an order-up-to policy the purchases
 * of any time are the consumption of that time plus at most one filling of the shelf (Silver, Pyke & Thomas 2017, chapter 7). Whoever spends
 * beyond that with a wide tolerance has a sensor, a setting or a shop that is wrong, and automatic buying stops until a person has looked.
 */
import { z } from 'zod';
import type { Quote } from '../../event-parts.ts';
import { addDuration, daysBetween, duration, euros, instantSchema, latest, moneySchema, supplyIdSchema, type Instant, type SupplyId } from '../../values.ts';

export const BRAKE_WINDOW_DAYS = 28;
/** In the beginning a few days say little: the forecast counts as if at least this long had been watched. */
const COLD_START_DAYS = 14;
/** A month with guests uses half as much again; with a tenth for prices that is 1.6. */
const TOLERANCE = 1.6;
/** Above what the frequency of any sensible household's mandates yields in the window: 7 a day. */
export const AUTOMATIC_MAX = 200;
export const PRICES_MAX = 200;

/** Goods (without delivery) of one order that no person approved. */
export const automaticOrderSchema = z.strictObject({ at: instantSchema, goods: moneySchema });
/** What a supply cost when it was last bought automatically. */
export const lastPriceSchema = z.strictObject({ at: instantSchema, price: moneySchema, packAmount: z.number().positive() });

export const brakeFiguresSchema = z.strictObject({
  /** Bought automatically, with the order that would have been the next. */
  goods: moneySchema,
  /** What is used up in those days, at the last prices. */
  expected: moneySchema,
  /** `goods` may be as much as this. */
  limit: moneySchema,
  days: z.int().min(1).max(BRAKE_WINDOW_DAYS),
});
export type BrakeFigures = z.infer<typeof brakeFiguresSchema>;

/** What the forecast says of a supply, in its base unit. */
export interface SupplyForecast {
  readonly supplyId: SupplyId;
  readonly perDay: number;
  readonly orderUpTo: number;
}

export interface BrakeInputs {
  readonly automatic: Readonly<Record<string, z.infer<typeof automaticOrderSchema>>>;
  readonly prices: Readonly<Record<string, z.infer<typeof lastPriceSchema>>>;
  readonly quote: Quote;
  /** Of the supplies bought in the window and in this quote; goods that nothing forecasts are not counted on either side. */
  readonly forecasts: readonly SupplyForecast[];
  /** Counting began here: a person has looked at everything before. */
  readonly since?: Instant | undefined;
  readonly now: Instant;
}

/** The figures of the last 28 days, this order included; whether they are too high says `runsAway`. */
export function brakeFigures({ automatic, prices, quote, forecasts, since, now }: BrakeInputs): BrakeFigures {
  const begin = windowBegin(now, since);
  const counted = Object.values(automatic).filter(({ at }) => at > begin);
  const first = counted.reduce((least, { at }) => (at < least ? at : least), now);
  const days = Math.min(BRAKE_WINDOW_DAYS, Math.max(COLD_START_DAYS, Math.ceil(daysBetween(first, now))));
  const goods = counted.reduce((sum, order) => sum + order.goods.amountMinor, 0) + forecastGoods(quote, forecasts).amountMinor;
  let [expected, filling] = [0, 0];
  for (const { supplyId, perDay, orderUpTo } of forecasts) {
    const last = lastPrice(quote, prices, supplyId);
    if (last === undefined) continue;
    expected += (perDay * days * last.price.amountMinor) / last.packAmount;
    // In whole packs, because half a pack cannot be bought.
    filling += Math.ceil(orderUpTo / last.packAmount) * last.price.amountMinor;
  }
  return { goods: inRange(goods), expected: inRange(expected), limit: inRange(TOLERANCE * expected + filling), days };
}

export const runsAway = ({ goods, limit }: BrakeFigures): boolean => goods.amountMinor > limit.amountMinor;

export const windowBegin = (now: Instant, since?: Instant): Instant => {
  const begin = addDuration(now, duration(-BRAKE_WINDOW_DAYS, 'days'));
  return since === undefined ? begin : latest(begin, since);
};

/** What of a quote the brake counts. */
export const forecastGoods = (quote: Quote, forecasts: readonly SupplyForecast[]) => {
  const known = new Set<string>(forecasts.map(({ supplyId }) => supplyId));
  return euros(quote.lineItems.reduce((sum, { supplyId, lineTotal }) => sum + (known.has(supplyId) ? lineTotal.amountMinor : 0), 0));
};

/** The supplies whose forecast the brake asks for. */
export const braked = (prices: BrakeInputs['prices'], quote: Quote, now: Instant): SupplyId[] => {
  const begin = windowBegin(now);
  const recent = Object.entries(prices).flatMap(([supplyId, { at }]) => (at > begin ? [supplyIdSchema.parse(supplyId)] : []));
  return [...new Set([...recent, ...quote.lineItems.map(({ supplyId }) => supplyId)])];
};

function lastPrice(quote: Quote, prices: BrakeInputs['prices'], supplyId: SupplyId) {
  const line = quote.lineItems.find((one) => one.supplyId === supplyId);
  return line === undefined ? prices[supplyId] : { price: line.unitPrice, packAmount: line.pack.amount };
}

const MONEY_MAX = 100_000_000;
const inRange = (minor: number) => euros(Math.min(MONEY_MAX, Math.ceil(minor)));
