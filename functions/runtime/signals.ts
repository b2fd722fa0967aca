/** The port of signals: what the weather foretells, and what somebody has put down (a service's adapter, or staff). Pure rules say whom each concerns. */
import { concernsOf, type Concern } from '../../shared/journey/signal/concern.ts';
import { supplyAtHome } from '../../shared/journey/signal/supply-at-home.ts';
import type { Signal } from '../../shared/journey/signal/signal.ts';
import { weatherSignals } from '../../shared/journey/signal/weather-signals.ts';
import type { Supply } from '../../shared/supply/supply.ts';
import type { HouseholdId, Instant } from '../../shared/values.ts';
import { keys, kinds } from './aggregates.ts';
import { SIGNALS_PK } from './company-partitions.ts';
import { list, load } from './store.ts';
import { weather } from './weather.ts';

const SIGNALS_MAX = 500;

export const signalsPutDown = async (): Promise<Signal[]> => (await list(kinds.signal, SIGNALS_PK, 'SIGNAL#', SIGNALS_MAX)).map(({ state }) => state);

/** @param supplies all of the household's */
export async function concernsOfHome(householdId: HouseholdId, supplies: readonly Supply[], now: Instant): Promise<Concern[]> {
  const [household, days, putDown] = await Promise.all([
    load(kinds.household, keys.household(householdId)),
    weather.daysAround({ householdId }, now),
    signalsPutDown(),
  ]);
  if (household === undefined) return [];
  const shops = household.state.shops.map(({ retailerId }) => retailerId);
  const own = supplies.filter(({ removedAt }) => removedAt === undefined).map((supply) => supplyAtHome(supply, shops, now));
  return concernsOf([...weatherSignals(days, now), ...putDown], own, now);
}
