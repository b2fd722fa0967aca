/** The things of a household that can show something. */
import { deviceCatalog } from '../../shared/device/catalog.ts';
import { isInHouse } from '../../shared/household/household.ts';
import type { HouseholdId, ThingName } from '../../shared/values.ts';
import { householdPk, kinds } from '../runtime/aggregates.ts';
import { list } from '../runtime/store.ts';

export const findScreens = async (householdId: HouseholdId): Promise<ThingName[]> =>
  (await list(kinds.device, householdPk(householdId), 'DEVICE#')).flatMap(({ state }) =>
    isInHouse(state) && deviceCatalog[state.deviceType].hasScreen ? [state.thing] : [],
  );
