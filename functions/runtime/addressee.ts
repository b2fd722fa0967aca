/** What a campaign asks of a household: where it lives, what it has, and what is known of it. */
import { isInHouse } from '../../shared/household/household.ts';
import type { Addressee } from '../../shared/journey/campaign/piece-for.ts';
import { givenOf } from '../../shared/journey/standing/given.ts';
import { lookAt } from '../../shared/journey/standing/standing.ts';
import type { HouseholdId, Instant } from '../../shared/values.ts';
import { householdPk, keys, kinds } from './aggregates.ts';
import { list, load } from './store.ts';

/** What the company has set itself and found out: the same for each household. */
export async function companyKnows() {
  const [rules, model] = await Promise.all([load(kinds.journeyRules, keys.journeyRules()), load(kinds.purchaseModel, keys.purchaseModel())]);
  return { rules: rules?.state ?? {}, model: model?.state };
}

/** Undefined where nothing may be known of it: it is not there, has objected, or nothing has happened in it yet. */
export async function addresseeOf(
  householdId: HouseholdId,
  { rules, model }: Awaited<ReturnType<typeof companyKnows>>,
  now: Instant,
): Promise<Addressee | undefined> {
  const pk = householdPk(householdId);
  const [household, summary, standing, devices, supplies] = await Promise.all([
    load(kinds.household, keys.household(householdId)),
    load(kinds.journey, keys.journey(householdId)),
    load(kinds.standing, keys.standing(householdId)),
    list(kinds.device, pk, 'DEVICE#'),
    list(kinds.supply, pk, 'SUPPLY#'),
  ]);
  if (household === undefined || summary === undefined || summary.state.profiling?.allowed === false) return undefined;
  const given = givenOf(summary.state, { home: standing?.state.home, model, rules, before: standing?.state }, now);
  return {
    postalCode: household.state.address.postalCode,
    devices: devices.flatMap(({ state }) => (isInHouse(state) ? [state.deviceType] : [])),
    productLines: supplies.flatMap(({ state }) => (state.removedAt === undefined ? [state.productLine] : [])),
    known: lookAt(summary.state, given, rules, standing?.state, now).known,
  };
}
