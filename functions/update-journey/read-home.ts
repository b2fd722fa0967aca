/** What the devices of a household say, as they stand now. */
import { homeOf, type Home } from '../../shared/journey/churn/home.ts';
import type { HouseholdId } from '../../shared/values.ts';
import { householdPk, keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { list, load } from '../runtime/store.ts';

/** Undefined for a household that is none any more. @param before when it was last read */
export async function readHome(householdId: HouseholdId, before: Home | undefined): Promise<Home | undefined> {
  const pk = householdPk(householdId);
  const [household, devices, supplies] = await Promise.all([
    load(kinds.household, keys.household(householdId)),
    list(kinds.device, pk, 'DEVICE#'),
    list(kinds.supply, pk, 'SUPPLY#'),
  ]);
  if (household === undefined) return undefined;
  return homeOf(
    devices.map(({ state }) => state),
    supplies.map(({ state }) => state),
    productNow(),
    before,
  );
}
