/** Where signals come from: the weather that is foretold, prices and promises of shops, what is wanted more of, and what somebody has put down. */
import { concernsOf, endOfSignal, type Concern } from '../../shared/journey/signal/concern.ts';
import { supplyAtHome } from '../../shared/journey/signal/supply-at-home.ts';
import type { Signal } from '../../shared/journey/signal/signal.ts';
import { trendSignals } from '../../shared/journey/signal/trend-signals.ts';
import { weatherSignals } from '../../shared/journey/signal/weather-signals.ts';
import { lateGoodsOf } from '../../shared/retailer/lateness.ts';
import type { KeptCheapWindow } from '../../shared/retailer/cheap-window.ts';
import type { Supply } from '../../shared/supply/supply.ts';
import type { HouseholdId, Instant, RetailerId } from '../../shared/values.ts';
import { keys, kinds } from './aggregates.ts';
import { CHEAP_PK, cheapOf, LATENESS_PK, SIGNALS_PK } from './company-partitions.ts';
import { list, load } from './store.ts';
import { trends } from './trends.ts';
import { weather } from './weather.ts';

const SIGNALS_MAX = 500;
/** Of one shop, for one household; and of all, for whoever looks through them. */
const CHEAP_MAX = 200;

export const signalsPutDown = async (): Promise<Signal[]> => (await list(kinds.signal, SIGNALS_PK, 'SIGNAL#', SIGNALS_MAX)).map(({ state }) => state);

export const cheapWindows = async (now: Instant, retailerId?: RetailerId): Promise<KeptCheapWindow[]> =>
  (await list(kinds.cheapWindow, CHEAP_PK, retailerId === undefined ? 'CHEAP#' : cheapOf(retailerId), CHEAP_MAX))
    .map(({ state }) => state)
    .filter(({ window }) => endOfSignal(window) > now);

/** @param shops some of them; left out, all */
export async function lateGoods(now: Instant, shops?: readonly RetailerId[]): Promise<Signal[]> {
  const known = shops
    ? await Promise.all(shops.map((retailerId) => load(kinds.lateness, keys.lateness(retailerId))))
    : await list(kinds.lateness, LATENESS_PK, 'LATENESS#');
  return known.flatMap((one) => (one && lateGoodsOf(one.state, now)) ?? []);
}

/** The same for every household: read once for many. */
export const signalsForAll = async (now: Instant): Promise<Signal[]> => [...trendSignals(await trends.linesAround(now), now), ...(await signalsPutDown())];

export const weatherAt = async (householdId: HouseholdId, now: Instant): Promise<Signal[]> =>
  weatherSignals(await weather.daysAround({ householdId }, now), now);

/** @param supplies all of the household's */
export async function concernsOfHome(householdId: HouseholdId, supplies: readonly Supply[], now: Instant): Promise<Concern[]> {
  const household = await load(kinds.household, keys.household(householdId));
  if (household === undefined) return [];
  const shops = household.state.shops.map(({ retailerId }) => retailerId);
  const [outside, late, everywhere, ...cheap] = await Promise.all([
    weatherAt(householdId, now),
    lateGoods(now, shops),
    signalsForAll(now),
    ...shops.map((retailerId) => cheapWindows(now, retailerId)),
  ]);
  return concernsOf([...outside, ...late, ...everywhere, ...cheap.flat().map(({ window }) => window)], atHome(supplies, shops, now), now);
}

export const atHome = (supplies: readonly Supply[], shops: readonly RetailerId[], now: Instant) =>
  supplies.filter(({ removedAt }) => removedAt === undefined).map((supply) => supplyAtHome(supply, shops, now));
