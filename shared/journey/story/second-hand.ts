/** Which of a household's devices lived with others before. */
import { inOrder, linksIn, type IdentityRecord } from '../identity/identity-record.ts';
import type { HouseholdId } from '../../values.ts';

/** @param records around the household, its devices included; their order does not matter */
export function secondHandThings(records: readonly IdentityRecord[], householdId: HouseholdId): ReadonlySet<string> {
  const elsewhere = new Set<string>();
  const found = new Set<string>();
  for (const { from, to } of inOrder(records.flatMap(linksIn))) {
    const device = [from, to].find(({ node }) => node === 'device');
    const home = [from, to].find(({ node }) => node === 'household');
    if (device?.node !== 'device' || home?.node !== 'household') continue;
    if (home.householdId !== householdId) elsewhere.add(device.thing);
    else if (elsewhere.has(device.thing)) found.add(device.thing);
  }
  return found;
}
