/** To which household each touchpoint belongs, as far as anybody knows now. */
import { groupBy } from '../../shared/group.ts';
import { identityOf } from '../../shared/journey/identity/identity.ts';
import { namesOfTouchpoint, recordOfTouchpoint } from '../../shared/journey/identity/touchpoint-record.ts';
import type { Touchpoint } from '../../shared/journey/touchpoint.ts';
import { householdIdSchema, type HouseholdId } from '../../shared/values.ts';
import { knownAround } from '../runtime/who-is-who.ts';

/** Those of nobody's household are left out: they stay with their person, thing or visitor, and are found once it is known whose they are. */
export async function atHome(touchpoints: readonly Touchpoint[]): Promise<Map<HouseholdId, Touchpoint[]>> {
  const home = new Map<HouseholdId, Touchpoint[]>();
  for (const [names, named] of groupBy(touchpoints, (touchpoint) => namesOfTouchpoint(touchpoint).join('\n'))) {
    const records = (await knownAround(names.split('\n'))).flatMap((known) => known.records);
    const resolved = identityOf([...records, ...named.map(recordOfTouchpoint)]).touchpoints;
    for (const { recordId, householdId } of resolved) {
      const touchpoint = named.find(({ touchpointId }) => touchpointId === recordId);
      if (touchpoint === undefined || householdId === undefined) continue;
      const id = householdIdSchema.parse(householdId);
      home.set(id, [...(home.get(id) ?? []), touchpoint]);
    }
  }
  return home;
}
