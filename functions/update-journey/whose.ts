/** Whose each touchpoint is, as far as anybody knows now: who did it, and to which household that belongs. */
import { groupBy } from '../../shared/group.ts';
import type { IdentityRecord } from '../../shared/journey/identity/identity-record.ts';
import { identityOf } from '../../shared/journey/identity/identity.ts';
import { namesOfTouchpoint, recordOfTouchpoint } from '../../shared/journey/identity/touchpoint-record.ts';
import type { Touchpoint } from '../../shared/journey/touchpoint.ts';
import { householdIdSchema, type HouseholdId } from '../../shared/values.ts';
import { knownAround } from '../runtime/who-is-who.ts';

export interface Whose {
  readonly touchpoint: Touchpoint;
  /** By the first of their ids: `userId:alice`. */
  readonly person?: string;
  readonly householdId?: HouseholdId;
  /** What is known around whatever it names. */
  readonly records: readonly IdentityRecord[];
}
const PERSON = 'person:';

export async function whoseAre(touchpoints: readonly Touchpoint[]): Promise<Whose[]> {
  const found: Whose[] = [];
  for (const [names, named] of groupBy(touchpoints, (touchpoint) => namesOfTouchpoint(touchpoint).join('\n'))) {
    const records = (await knownAround(names.split('\n'))).flatMap((known) => known.records);
    const resolved = identityOf([...records, ...named.map(recordOfTouchpoint)]).touchpoints;
    for (const { recordId, householdId, person } of resolved) {
      const touchpoint = named.find(({ touchpointId }) => touchpointId === recordId);
      if (touchpoint === undefined) continue;
      found.push({
        ...{ touchpoint, records },
        ...(person !== undefined && { person: person.slice(PERSON.length) }),
        ...(householdId !== undefined && { householdId: householdIdSchema.parse(householdId) }),
      });
    }
  }
  return found;
}

/** Those of nobody's household are left out: they stay with their person, thing or visitor, and are found once it is known whose they are. */
export function atHome(whose: readonly Whose[]): Map<HouseholdId, Touchpoint[]> {
  const home = new Map<HouseholdId, Touchpoint[]>();
  for (const { touchpoint, householdId } of whose) if (householdId !== undefined) home.set(householdId, [...(home.get(householdId) ?? []), touchpoint]);
  return home;
}
