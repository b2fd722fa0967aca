/**
 * What stands of a household with other nodes: what its people, visitors and things did where nobody named the household. Who is who is read
 * through what is known now, so the copy holds what the household's journey shows. Of another member nothing goes home (GDPR Art. 15 (4)).
 */
import { namesAround } from '../../shared/journey/identity/circle.ts';
import { nameOf } from '../../shared/journey/identity/identity-record.ts';
import { identityOf } from '../../shared/journey/identity/identity.ts';
import { recordOfTouchpoint } from '../../shared/journey/identity/touchpoint-record.ts';
import { isContact, leadIdOf } from '../../shared/journey/lead/lead-id.ts';
import { memberIdSchema, type HouseholdId } from '../../shared/values.ts';
import type { Member } from '../../shared/household/household.ts';
import { householdPk, keys, kinds } from '../runtime/aggregates.ts';
import type { Partition } from '../runtime/partition.ts';
import { load } from '../runtime/store.ts';
import { knownAround } from '../runtime/who-is-who.ts';
import { nodesAround, touchpointsAround } from '../update-journey/journey-of.ts';

export interface Elsewhere {
  /** In an order that a repeat finds again. */
  readonly partitions: readonly Partition[];
  /** Ids of the touchpoints there that are this household's, and not another member's own. */
  readonly touchpointIds: ReadonlySet<string>;
  /** Where somebody of this household, and not another member, was a lead before. */
  readonly leadsAt: ReadonlySet<string>;
}

export async function doneElsewhere({ householdId, memberId }: Pick<Member, 'householdId' | 'memberId'>): Promise<Elsewhere> {
  const household = nameOf({ node: 'household', householdId });
  const records = (await knownAround([household])).flatMap((known) => known.records);
  const nodes = nodesAround(records).filter((pk) => !pk.startsWith('HH#'));
  if (nodes.length === 0) return { partitions: [], touchpointIds: new Set(), leadsAt: new Set() };
  const found = await touchpointsAround(records, [household]);
  const { touchpoints, persons } = identityOf([...records, ...found.map(recordOfTouchpoint)]);
  const others = new Set(persons.filter(({ ids }) => isOfAnotherMember(ids, memberId)).map(({ name }) => `person:${name}`));
  const own = touchpoints.filter((one) => one.householdId === householdId && (one.person === undefined || !others.has(one.person)));
  return {
    partitions: nodes.filter((pk) => pk !== householdPk(householdId)).map((pk) => ({ table: 'JOURNEYS_TABLE', pk })),
    touchpointIds: new Set(own.map(({ recordId }) => recordId)),
    leadsAt: await leadsAmong(
      namesAround(records).filter((name) => !persons.some((person) => others.has(`person:${person.name}`) && person.ids.includes(name))),
      householdId,
    ),
  };
}

async function leadsAmong(names: readonly string[], householdId: HouseholdId): Promise<Set<string>> {
  const leads = await Promise.all(names.filter(isContact).map((contact) => load(kinds.lead, keys.lead(leadIdOf(contact)))));
  return new Set(leads.flatMap((lead) => (lead?.state.home?.householdId === householdId ? [keys.lead(lead.state.leadId).pk] : [])));
}

const USER = 'userId:';
/** @param ids as `keyOf` writes them */
function isOfAnotherMember(ids: readonly string[], memberId: string): boolean {
  const members = ids.filter((id) => id.startsWith(USER) && memberIdSchema.safeParse(id.slice(USER.length)).success);
  return members.length > 0 && !members.includes(`${USER}${memberId}`);
}
