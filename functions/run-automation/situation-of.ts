/** What is known of a household for its next best action. */
import { isInHouse, type Device } from '../../shared/household/household.ts';
import { noOutreachYet } from '../../shared/journey/outreach/outreach.ts';
import { outcomeOf, tellableOf, type ActionLog } from '../../shared/journey/next-best/action-log.ts';
import type { OwnedDevice, OwnedSupply, Situation } from '../../shared/journey/next-best/situation.ts';
import { suggestedFor } from '../../shared/journey/next-best/suggest.ts';
import type { Counters } from '../../shared/journey/tally/batch.ts';
import { forecastOf } from '../../shared/supply/forecast/forecast-of.ts';
import { categoryOf } from '../../shared/supply/prior/category.ts';
import type { Supply } from '../../shared/supply/supply.ts';
import type { HouseholdId, Instant } from '../../shared/values.ts';
import { householdPk, keys, kinds } from '../runtime/aggregates.ts';
import { circumstancesOf } from '../runtime/outreach.ts';
import { concernsOfHome } from '../runtime/signals.ts';
import { list, load } from '../runtime/store.ts';

/** Undefined where nothing may be chosen: it is not there, has objected, or nothing has happened in it yet. @param counters of the bucket `now` */
export async function situationOf(householdId: HouseholdId, log: ActionLog, counters: Counters, now: Instant): Promise<Situation | undefined> {
  const pk = householdPk(householdId);
  const [reachable, outreach, standing, summary, supplies, devices, spend] = await Promise.all([
    circumstancesOf(householdId),
    load(kinds.outreach, keys.outreach(householdId)),
    load(kinds.standing, keys.standing(householdId)),
    load(kinds.journey, keys.journey(householdId)),
    list(kinds.supply, pk, 'SUPPLY#'),
    list(kinds.device, pk, 'DEVICE#'),
    load(kinds.spend, keys.spend(householdId)),
  ]);
  if (reachable === undefined || summary === undefined || standing?.state.seen === undefined) return undefined;
  if (!reachable.consents.profiling || summary.state.profiling?.allowed === false) return undefined;
  const concerns = await concernsOfHome(
    householdId,
    supplies.map(({ state }) => state),
    now,
  );
  const owned = supplies.flatMap(({ state }) => (state.removedAt === undefined ? [ownedSupply(state, now)] : []));
  return {
    ...{ householdId, now, standing: standing.state, summary: summary.state, supplies: owned },
    reachable: { ...reachable, outreach: outreach?.state ?? noOutreachYet(householdId) },
    devices: devices.flatMap(({ state }) =>
      isInHouse(state)
        ? [
            ownedDevice(
              state,
              supplies.map((one) => one.state),
            ),
          ]
        : [],
    ),
    hasMandate: Object.values(spend?.state.mandates ?? {}).some(({ state }) => state === 'active'),
    suggested: suggestedFor(tellableOf(owned.map(({ category }) => category)), counters),
    concerns,
    past: log.entries.map((entry) => ({ action: entry.action, at: entry.at, outcome: outcomeOf(entry) })),
  };
}

function ownedSupply(supply: Supply, now: Instant): OwnedSupply {
  const { supplyId, name, deviceType, shadow } = supply;
  const category = categoryOf(name);
  return {
    ...{ supplyId, name, perDay: forecastOf(supply, now).meanPerDay },
    ...(category !== undefined && { category }),
    ...(deviceType !== undefined && { deviceType }),
    earned: shadow?.standing === 'earned' && shadow.trustedAt === undefined,
  };
}

const ownedDevice = ({ deviceType, name, addedAt, thing }: Device, supplies: readonly Supply[]): OwnedDevice => ({
  ...{ deviceType, name, addedAt },
  supplies: supplies.filter((supply) => supply.thing === thing && supply.removedAt === undefined).length,
});
