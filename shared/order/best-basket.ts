/**
 * Which shops a basket is ordered at: as much of it as can be had, for the least money with all fees, and in more than one parcel only where that
 * saves more than a parcel costs. A household may have it sooner, in fewer parcels or from shops that it prefers; decision 38 says at what price.
 */
import { NO_PREFERENCES, type OrderPreferences } from '../household/order-preferences.ts';
import { standing, type Perk } from '../retailer/perk.ts';
import type { Instant, Money, NeedId, RetailerId } from '../values.ts';
import { PARCEL_MINOR } from './come-along.ts';
import { draftOf, type OrderDraft } from './order-draft.ts';
import { freePacks, savedMinor } from './perk/apply-perks.ts';
import { cheapestQuote, LINES_MAX, lineFor, quotePerRetailer, type Wanted } from './quote.ts';
import type { Considered } from './record.ts';

/** Cents that one more parcel has to save a household that wants few of them. Set by hand. */
const FEW_PARCELS_MINOR = 500;
/** Cents that a line may cost more for each day it comes sooner, where a household wants speed. Set by hand. */
const DAY_MINOR = 100;
/** Nobody wants five parcels; with ten shops there are 385 sets of up to four of them. */
const SHOPS_AT_ONCE = 4;
/** Ways to share the lines out among some shops that are all tried; where there are more, the cheapest is improved. Ten shops and fifty lines take a second. */
const WAYS_MAX = 256;
const IMPROVING_ROUNDS = 3;
/** `moneySchema` ends there. */
const TOTAL_MINOR_MAX = 100_000_000;

export interface BasketRequest {
  readonly shops: readonly Considered[];
  readonly wanted: readonly Wanted[];
  readonly preferences?: OrderPreferences | undefined;
  /** Shops that a basket may be shared out among. */
  readonly shopsAtOnce?: number;
  readonly now: Instant;
}

/** What a line costs at a shop, and how much the household prefers the product that it would get there: 0 is the best. */
interface Cell {
  readonly minor: number;
  /** Of it for packs that a perk makes free. */
  readonly freeMinor: number;
  readonly rank: number;
}
interface Table {
  readonly shops: readonly Considered[];
  /** Of each shop. */
  readonly perks: readonly (readonly Perk[])[];
  readonly needs: readonly Wanted[];
  /** By need, then by shop. */
  readonly cells: readonly (readonly (Cell | undefined)[])[];
  readonly preferences: OrderPreferences;
}
/** Of each need the place of its shop, or -1. */
type Ways = readonly number[];
interface Judged {
  readonly ways: Ways;
  readonly served: number;
  readonly costMinor: number;
  readonly parcels: number;
  /** Parcels from shops that are not preferred. */
  readonly others: number;
  readonly days: number;
}

/** The orders, most lines first. What nobody serves, or only in an order that is too small, is in none of them. */
export function bestDrafts(request: BasketRequest): OrderDraft[] {
  const { shops, wanted, now } = request;
  const drafts: OrderDraft[] = [];
  const servable = wanted.filter((need) => shops.some((shop) => lineFor(need, shop, now) !== undefined));
  for (let left = servable; left.length > 0;) {
    const found = bestRound({ ...request, wanted: left.slice(0, LINES_MAX) });
    if (found.length === 0) break;
    drafts.push(...found);
    const served = new Set(found.flatMap((draft) => draft.wanted.map(({ needId }) => needId)));
    left = left.filter(({ needId }) => !served.has(needId));
  }
  return drafts.sort(
    (a, b) =>
      b.wanted.length - a.wanted.length ||
      a.quote.total.amountMinor - b.quote.total.amountMinor ||
      (a.shop.retailerId < b.shop.retailerId ? -1 : Number(a.shop.retailerId > b.shop.retailerId)),
  );
}

/** The order at the shop that serves most of it, then costs least; what that one cannot serve goes to the next, until nobody serves any more of it. */
export function shopAfterShop({ shops, wanted, now }: BasketRequest): OrderDraft[] {
  const drafts: OrderDraft[] = [];
  for (let left = [...wanted]; left.length > 0;) {
    const quote = cheapestQuote(quotePerRetailer(shops, left, now));
    const shop = shops.find(({ retailerId }) => retailerId === quote?.retailerId);
    const served = new Set(quote?.lineItems.map(({ needId }) => needId));
    const taken = left.filter(({ needId }) => served.has(needId));
    const draft = shop && draftOf(shop, taken, now);
    if (draft === undefined) break;
    drafts.push(draft);
    left = left.filter(({ needId }) => !served.has(needId));
  }
  return drafts;
}

/** What an order is worth to the household, in cents: the total, what a parcel costs it, and what it would pay for another shop or for sooner. */
export const costMinor = ({ shop, quote, wanted }: OrderDraft, preferences: OrderPreferences = NO_PREFERENCES): number =>
  quote.total.amountMinor + parcelMinor(shop.retailerId, preferences) + wanted.length * waitingMinor(shop, preferences);

const parcelMinor = (retailerId: RetailerId, { wish, shops, shopsMayCostMoreMinor }: OrderPreferences): number =>
  (wish === 'few-parcels' ? FEW_PARCELS_MINOR : PARCEL_MINOR) + (isPreferred(retailerId, { shops }) ? 0 : shopsMayCostMoreMinor);
const isPreferred = (retailerId: RetailerId | undefined, { shops }: Pick<OrderPreferences, 'shops'>): boolean =>
  shops.length === 0 || shops.some((one) => one === retailerId);
const waitingMinor = ({ terms }: Considered, { wish }: OrderPreferences): number => (wish === 'speed' ? Math.round(terms.leadTimeDays * DAY_MINOR) : 0);

function bestRound(request: BasketRequest): OrderDraft[] {
  const { wanted, now, shopsAtOnce = SHOPS_AT_ONCE } = request;
  const table = tableOf(request);
  const candidates = subsets(table.shops.length, shopsAtOnce).map((subset) => bestWithin(table, subset));
  const oneByOne = judge(table, waysOf(shopAfterShop(request), table));
  const better = (first: Judged, next: Judged): Judged => (compare(next, first) < 0 ? next : first);
  const shared = candidates.reduce(better, judge(table, nowhere(table)));
  // One after another may need more shops, and then serves more; else it must not bring a product that is liked less.
  const best = oneByOne.served > shared.served || hasTheLiked(table, oneByOne.ways) ? better(shared, oneByOne) : shared;
  const placeOf = new Map(table.needs.map(({ needId }, index) => [needId, best.ways[index]]));
  return table.shops.flatMap((shop, place) => {
    const taken = wanted.filter(({ needId }) => placeOf.get(needId) === place);
    return taken.length === 0 ? [] : (draftOf(shop, taken, now) ?? []);
  });
}

/** In an order of their own, so that the same needs and shops give the same answer however they are listed. */
function tableOf({ shops, wanted, preferences = NO_PREFERENCES, now }: BasketRequest): Table {
  const byId = [...shops].sort((a, b) => (a.retailerId < b.retailerId ? -1 : 1));
  const needs = [...wanted].sort((a, b) => (a.needId < b.needId ? -1 : 1));
  const perks = byId.map((shop) => standing(shop.perks ?? [], now));
  const cells = needs.map((need) =>
    byId.map((shop, place) => {
      const line = lineFor(need, shop, now);
      const freeMinor = (line && freePacks(perks[place] ?? [], line)?.minor) ?? 0;
      return line && { minor: line.lineTotal.amountMinor, freeMinor, rank: need.products.findIndex(({ gtin }) => gtin === line.gtin) };
    }),
  );
  return { shops: byId, perks, needs, cells, preferences };
}

const nowhere = ({ needs }: Table): Ways => needs.map(() => -1);

/** No line gets a product that the household likes less than what another of these shops has. */
const hasTheLiked = ({ cells }: Table, ways: Ways): boolean =>
  ways.every((place, need) => place < 0 || ways.every((other) => (cells[need]?.[other]?.rank ?? Infinity) >= (cells[need]?.[place]?.rank ?? Infinity)));

function waysOf(drafts: readonly OrderDraft[], { needs, shops }: Table): Ways {
  const shopOf = new Map<NeedId, RetailerId>(drafts.flatMap(({ shop, wanted }) => wanted.map(({ needId }) => [needId, shop.retailerId] as const)));
  return needs.map(({ needId }) => shops.findIndex(({ retailerId }) => retailerId === shopOf.get(needId)));
}

/** Orders below a shop's smallest one serve nothing: their lines come back without a shop. Runs a hundred thousand times for one basket. */
function judge({ shops, perks, cells, preferences }: Table, wished: Ways): Judged {
  const subtotals = shops.map(() => 0);
  const free = shops.map(() => 0);
  const counts = shops.map(() => 0);
  for (const [need, place] of wished.entries()) {
    if (place < 0) continue;
    subtotals[place] = (subtotals[place] ?? 0) + (cells[need]?.[place]?.minor ?? 0);
    free[place] = (free[place] ?? 0) + (cells[need]?.[place]?.freeMinor ?? 0);
    counts[place] = (counts[place] ?? 0) + 1;
  }
  const sums = { served: 0, costMinor: 0, parcels: 0, others: 0, days: 0 };
  let isWhole = true;
  for (const [place, shop] of shops.entries()) {
    const [subtotal = 0, count = 0] = [subtotals[place], counts[place]];
    if (count === 0) continue;
    const feeMinor = feeOf(shop, subtotal);
    const total = subtotal + feeMinor - savedMinor(perks[place] ?? [], { subtotalMinor: subtotal, freePacksMinor: free[place] ?? 0, feeMinor });
    if (subtotal < shop.terms.minimumOrder.amountMinor || total > TOTAL_MINOR_MAX) {
      counts[place] = 0;
      isWhole = false;
      continue;
    }
    sums.served += count;
    sums.costMinor += total + parcelMinor(shop.retailerId, preferences) + count * waitingMinor(shop, preferences);
    sums.parcels += 1;
    sums.others += Number(!isPreferred(shop.retailerId, preferences));
    sums.days += count * shop.terms.leadTimeDays;
  }
  return { ...sums, ways: isWhole ? wished : wished.map((place) => ((counts[place] ?? 0) > 0 ? place : -1)) };
}

const feeOf = ({ terms }: Considered, subtotal: number): number => (subtotal >= terms.freeDeliveryFrom.amountMinor ? 0 : terms.deliveryFee.amountMinor);

/** Below 0 when `a` is better: serves more, then costs less, then comes from preferred shops, then in fewer parcels, then sooner; else by the ids. */
const compare = (a: Judged, b: Judged): number =>
  b.served - a.served || a.costMinor - b.costMinor || a.others - b.others || a.parcels - b.parcels || a.days - b.days || compareWays(a.ways, b.ways);
function compareWays(a: Ways, b: Ways): number {
  const differs = a.findIndex((place, need) => place !== b[need]);
  return differs < 0 ? 0 : (a[differs] ?? 0) - (b[differs] ?? 0);
}

/** All sets of up to `most` of the first `count` numbers, but the empty one. */
function subsets(count: number, most: number): (readonly number[])[] {
  let grown: (readonly number[])[] = [[]];
  for (let place = 0; place < count; place += 1) grown = [...grown, ...grown.filter(({ length }) => length < most).map((set) => [...set, place])];
  return grown.slice(1);
}

/** The best way to share the needs out among these shops. No line gets a product that the household likes less than what one of them has. */
function bestWithin(table: Table, subset: readonly number[]): Judged {
  const options = table.cells.map((row) => {
    const best = Math.min(...subset.map((place) => row[place]?.rank ?? Infinity));
    const able = subset.filter((place) => row[place]?.rank === best);
    return able.length === 0 ? [-1] : able;
  });
  const count = options.reduce((product, { length }) => product * length, 1);
  return count <= WAYS_MAX ? bestOfAll(table, options, count) : improved(table, options);
}

function bestOfAll(table: Table, options: readonly Ways[], count: number): Judged {
  let best: Judged | undefined;
  for (let number = 0; number < count; number += 1) {
    let rest = number;
    const ways = options.map((able) => {
      const place = able[rest % able.length] ?? -1;
      rest = Math.floor(rest / able.length);
      return place;
    });
    const judged = judge(table, ways);
    if (best === undefined || compare(judged, best) < 0) best = judged;
  }
  return best ?? judge(table, nowhere(table));
}

/** From each line at its cheapest shop: thresholds are filled from other shops, and lines change places, as long as that is better. */
function improved(table: Table, options: readonly Ways[]): Judged {
  const minorAt = (need: number, place: number): number => {
    const cell = table.cells[need]?.[place];
    return cell === undefined ? Infinity : cell.minor - cell.freeMinor;
  };
  let wished: Ways = options.map((able, need) => able.reduce((best, place) => (minorAt(need, place) < minorAt(need, best) ? place : best)));
  let best = judge(table, wished);
  for (let round = 0; round < IMPROVING_ROUNDS; round += 1) {
    const before = best;
    for (const next of neighbours(table, options, wished)) {
      const judged = judge(table, next);
      if (compare(judged, best) < 0) [best, wished] = [judged, next];
    }
    if (best === before) break;
  }
  return best;
}

const thresholdsOf = (perks: readonly Perk[]): Money[] => perks.flatMap((perk) => (perk.kind === 'buy-one-get-one' ? [] : [perk.from]));

/** One line elsewhere, or as many lines to one shop as reach its smallest order, its free delivery or a perk, those that lose least first. */
function neighbours({ shops, perks, cells }: Table, options: readonly Ways[], wished: Ways): Ways[] {
  const moves = options.flatMap((able, need) => able.filter((place) => place !== wished[need]).map((place) => wished.with(need, place)));
  const minorAt = (need: number, place: number): number => cells[need]?.[place]?.minor ?? 0;
  const fills = [...new Set(wished)].flatMap((place) => {
    const terms = shops[place]?.terms;
    if (terms === undefined) return [];
    const loss = (need: number): number => (minorAt(need, place) - minorAt(need, wished[need] ?? -1)) / Math.max(1, minorAt(need, place));
    const others = options.flatMap((able, need) => (able.includes(place) && wished[need] !== place ? [need] : [])).sort((a, b) => loss(a) - loss(b) || a - b);
    return [terms.minimumOrder, terms.freeDeliveryFrom, ...thresholdsOf(perks[place] ?? [])].map(({ amountMinor: threshold }) => {
      let subtotal = wished.reduce((sum, at, need) => sum + (at === place ? minorAt(need, place) : 0), 0);
      return others.reduce<Ways>((sofar, need) => {
        if (subtotal >= threshold) return sofar;
        subtotal += minorAt(need, place);
        return sofar.with(need, place);
      }, wished);
    });
  });
  return [...moves, ...fills];
}
