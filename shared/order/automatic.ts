/** The part of SPEND that bounds what is bought without a person: the stops, and what the brake compares with the forecast. */
import { z } from 'zod';
import type { Quote } from '../event-parts.ts';
import type { EventOf } from '../events.ts';
import {
  ignored,
  instantSchema,
  orderIdSchema,
  rejected,
  supplyIdSchema,
  type HouseholdId,
  type Instant,
  type MemberId,
  type Money,
  type OrderId,
} from '../values.ts';
import {
  AUTOMATIC_MAX,
  automaticOrderSchema,
  brakeFigures,
  forecastGoods,
  lastPriceSchema,
  PRICES_MAX,
  runsAway,
  windowBegin,
  type BrakeFigures,
  type SupplyForecast,
} from './mandate/brake.ts';
import { STOPS_MAX, stopsSchema, type Stop, type StopId } from './mandate/stop.ts';

/** The defaults are for items from before there were stops. */
export const automaticFields = {
  /** Where nothing is bought automatically. */
  stops: stopsSchema.default([]),
  /** What was bought without a person in the last four weeks, and what each item cost then. */
  automatic: z.record(orderIdSchema, automaticOrderSchema).default({}),
  prices: z.record(supplyIdSchema, lastPriceSchema).default({}),
  /** A person has lifted the brake then, having seen its figures: what was before is not counted again. */
  brakeSince: instantSchema.optional(),
};
type Automatic = z.infer<z.ZodObject<typeof automaticFields>>;
export const emptyAutomatic: Automatic = { stops: [], automatic: {}, prices: {} };

/** What a step changes, and says. */
type Step = { readonly kind: 'changed'; readonly change: Partial<Automatic>; readonly events: readonly EventOf<'spending'>[] };
type Refused = ReturnType<typeof ignored> | ReturnType<typeof rejected>;

/** There is one stop for each scope; the first keeps its reason and its time. */
export function stop(before: Automatic, householdId: HouseholdId, wanted: Stop): Step | Refused {
  if (before.stops.some(({ stopId }) => stopId === wanted.stopId)) return ignored('already-stopped');
  if (before.stops.length >= STOPS_MAX) return rejected('too-many-stops');
  return { kind: 'changed', change: { stops: [...before.stops, wanted] }, events: [told(householdId, wanted)] };
}

const told = (householdId: HouseholdId, wanted: Stop): EventOf<'spending'> =>
  wanted.kind === 'brake'
    ? { type: 'spending.braked', data: { householdId, ...wanted.figures } }
    : { type: 'spending.stopped', data: { householdId, stopId: wanted.stopId, memberId: wanted.memberId, because: wanted.because } };

export function lift(
  before: Automatic,
  householdId: HouseholdId,
  at: { readonly stopId: StopId; readonly memberId: MemberId; readonly now: Instant },
): Step | Refused {
  const { stopId, memberId, now } = at;
  const standing = before.stops.find((one) => one.stopId === stopId);
  if (standing === undefined) return ignored('not-stopped');
  const stops = before.stops.filter((one) => one !== standing);
  const event = { type: 'spending.resumed', data: { householdId, stopId, memberId } } as const;
  return { kind: 'changed', change: { stops, ...(standing.kind === 'brake' && { brakeSince: now }) }, events: [event] };
}

interface Buying {
  readonly orderId: OrderId;
  readonly quote: Quote;
  readonly forecasts: readonly SupplyForecast[];
  readonly now: Instant;
}

/** The figures of the brake when this order would be too much beside what was bought before it. */
export function tooMuch(before: Automatic, { quote, forecasts, now }: Buying): BrakeFigures | undefined {
  const { automatic, prices, brakeSince } = before;
  const figures = brakeFigures({ automatic, prices, since: brakeSince, quote, forecasts, now });
  return runsAway(figures) ? figures : undefined;
}

/** Older than the window is forgotten; of more than the item has room for, the oldest. */
export function withBought(before: Automatic, { orderId, quote, forecasts, now }: Buying): Pick<Automatic, 'automatic' | 'prices'> {
  const begin = windowBegin(now);
  const known = new Set(forecasts.map(({ supplyId }) => supplyId));
  const seen = quote.lineItems
    .filter(({ supplyId }) => known.has(supplyId))
    .map(({ supplyId, unitPrice, pack }) => [supplyId, { at: now, price: unitPrice, packAmount: pack.amount }] as const);
  return {
    automatic: newest({ ...before.automatic, [orderId]: { at: now, goods: forecastGoods(quote, forecasts) } }, begin, AUTOMATIC_MAX),
    prices: newest({ ...before.prices, ...Object.fromEntries(seen) }, begin, PRICES_MAX),
  };
}

const newest = <Entry extends { readonly at: Instant }>(entries: Readonly<Record<string, Entry>>, begin: Instant, most: number): Record<string, Entry> =>
  Object.fromEntries(
    Object.entries(entries)
      .filter(([, { at }]) => at > begin)
      .sort(([, a], [, b]) => (a.at < b.at ? -1 : 1))
      .slice(-most),
  );

/** What the shop did not send was not bought, and will be asked for again. */
export function withCharged({ automatic }: Automatic, orderId: OrderId, charged: Money): Automatic['automatic'] {
  const bought = automatic[orderId];
  if (bought === undefined || bought.goods.amountMinor <= charged.amountMinor) return automatic;
  return { ...automatic, [orderId]: { ...bought, goods: charged } };
}
