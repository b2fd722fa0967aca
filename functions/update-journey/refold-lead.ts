/** A lead made of all that somebody did under any of their names, and of who they are now. Whoever has asked under two addresses is one lead, and goes by the first. */
import { canonicalJson } from '../../shared/digest.ts';
import type { IdentityRecord } from '../../shared/journey/identity/identity-record.ts';
import { identityOf } from '../../shared/journey/identity/identity.ts';
import { recordOfTouchpoint } from '../../shared/journey/identity/touchpoint-record.ts';
import { joined } from '../../shared/journey/lead/lead-addressing.ts';
import { leadIdOf, type LeadId } from '../../shared/journey/lead/lead-id.ts';
import { matches, type LeadRules } from '../../shared/journey/lead/lead-rules.ts';
import { isLeadTouch, leadTouchesOf, touchesInTime, type LeadTouches } from '../../shared/journey/lead/lead-touch.ts';
import type { Lead } from '../../shared/journey/lead/lead.ts';
import { nodeOfKey, type Touchpoint } from '../../shared/journey/touchpoint.ts';
import { householdIdSchema } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { putLead } from '../runtime/lead.ts';
import { removeItem } from '../runtime/partition.ts';
import { list, load, type Stored } from '../runtime/store.ts';
import { knownAround } from '../runtime/who-is-who.ts';

/** Of each name; more are a program's. */
const READ_MAX = 500;
const ROUNDS_MAX = 8;

export interface SomePerson {
  /** By the first of their ids. */
  readonly person: string;
  readonly contacts: readonly string[];
}

/** Everything of somebody, wherever it stands. @param person one of their ids @param contacts addresses that their messages named, linked to them or not */
export async function doneBy({ person, contacts }: SomePerson): Promise<{ touchpoints: Touchpoint[]; home: Lead['home'] }> {
  const records = (await knownAround([person, ...contacts])).flatMap((known) => known.records);
  const { name, ids } = identityOf(records).persons.find((one) => one.ids.includes(person)) ?? { name: person, ids: [] };
  const nodes = [...new Set([name, ...ids, ...contacts].map(nodeOfKey))];
  const found = (await Promise.all(nodes.map((pk) => list(kinds.touchpoint, pk, 'TP#', READ_MAX)))).flat().map(({ state }) => state);
  const whose = new Map(identityOf([...records, ...found.map(recordOfTouchpoint)]).touchpoints.map((one) => [one.recordId, one.person]));
  return {
    touchpoints: found.filter(({ touchpointId, householdId }) => householdId === undefined && whose.get(touchpointId) === `person:${name}`),
    home: homeOf(name, records),
  };
}

/** Their first one. */
function homeOf(person: string, records: readonly IdentityRecord[]): Lead['home'] {
  const homes = identityOf(records).households.flatMap(({ householdId, members }) =>
    members.filter(({ member }) => member === person).map(({ since }) => ({ householdId: householdIdSchema.parse(householdId), since })),
  );
  return homes.sort((a, b) => (a.since < b.since ? -1 : 1))[0];
}

export async function refoldLead(who: SomePerson, rules: LeadRules): Promise<void> {
  for (let round = 1; round <= ROUNDS_MAX; round += 1) {
    // Before what they did is read: whoever puts something in meanwhile is not written over.
    const stand = await Promise.all(who.contacts.map((contact) => load(kinds.lead, keys.lead(leadIdOf(contact)))));
    const { touchpoints, home } = await doneBy(who);
    const touches = leadTouchesOf(touchpoints.filter(isLeadTouch), rules);
    const first = firstAsked(touches, rules);
    const leadId = first === undefined ? undefined : leadIdOf(first);
    const made =
      leadId === undefined
        ? 'is-none'
        : await putLead(
            { leadId, contacts: [...who.contacts], touches, decisions: decisionsIn(stand), ...(home && { home }), ...campaignsIn(stand) },
            versionIn(stand, leadId),
            rules,
          );
    if (made === 'written-by-somebody-else') continue;
    const isGone = ({ state }: Stored<Lead>): boolean => made === 'is-none' || state.leadId !== leadId;
    for (const one of stand) if (one !== undefined && isGone(one)) await removeItem('JOURNEYS_TABLE', keys.lead(one.state.leadId));
    return;
  }
  throw new Error(`a lead was written by others ${ROUNDS_MAX} times in a row`);
}

type Stand = readonly (Stored<Lead> | undefined)[];
const versionIn = (stand: Stand, leadId: LeadId): number => stand.find((one) => one?.state.leadId === leadId)?.version ?? 0;
/** One that has gone over to another address before a crash is not counted twice. */
const decisionsIn = (stand: Stand): Lead['decisions'] => [
  ...new Map(stand.flatMap((one) => one?.state.decisions ?? []).map((decision) => [canonicalJson(decision), decision])).values(),
];

function campaignsIn(stand: Stand): Pick<Lead, 'campaigns'> {
  const campaigns = joined(stand.map((one) => one?.state.campaigns));
  return campaigns === undefined ? {} : { campaigns };
}

/** The address under which something was first asked for; of several in one message, e-mail. */
function firstAsked(touches: LeadTouches, rules: LeadRules): string | undefined {
  return touchesInTime(touches).find((touch) => touch.names !== undefined && rules.asks.some((one) => matches(one, touch)))?.names?.[0];
}
