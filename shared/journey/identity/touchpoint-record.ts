/** A touchpoint as the identity reads it: by the ids, the thing and the household that its message named. */
import type { Touchpoint } from '../touchpoint.ts';
import { nameOf, type TouchpointRecord } from './identity-record.ts';

type Naming = Pick<Touchpoint, 'touchpointId' | 'at' | 'ids' | 'thing' | 'householdId'>;

export const recordOfTouchpoint = ({ touchpointId, at, ids = [], thing, householdId }: Naming): TouchpointRecord => ({
  ...{ record: 'touchpoint', recordId: touchpointId, at, ids },
  ...(thing !== undefined && { thing }),
  ...(householdId !== undefined && { householdId }),
});

/** Around which something may be known of it: its household alone where it names one, else whatever it names. */
export function namesOfTouchpoint({ ids = [], thing, householdId }: Naming): string[] {
  if (householdId !== undefined) return [nameOf({ node: 'household', householdId })];
  return [...ids.map((id) => nameOf({ node: 'id', ...id })), ...(thing === undefined ? [] : [nameOf({ node: 'device', thing })])].sort();
}
