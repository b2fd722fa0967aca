/**
 * Keeps leads: people without a household who have asked to be answered. A touchpoint of theirs finds its lead by their address and is put into it; with a
 * request, or when who is who has changed, the lead is made anew of all that they did. A touchpoint of somebody with no address costs nothing.
 */
import { canonicalJson } from '../../shared/digest.ts';
import { groupBy } from '../../shared/group.ts';
import { namesAround } from '../../shared/journey/identity/circle.ts';
import type { IdentityRecord } from '../../shared/journey/identity/identity-record.ts';
import { identityOf } from '../../shared/journey/identity/identity.ts';
import { keyOf } from '../../shared/journey/identity/id-type.ts';
import { isContact, leadIdOf } from '../../shared/journey/lead/lead-id.ts';
import { matches } from '../../shared/journey/lead/lead-rules.ts';
import { isLeadTouch, leadTouchesOf } from '../../shared/journey/lead/lead-touch.ts';
import type { Touchpoint } from '../../shared/journey/touchpoint.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { load } from '../runtime/store.ts';
import { changeLead, leadRules } from '../runtime/lead.ts';
import { refoldLead, type SomePerson } from './refold-lead.ts';
import type { CircleChange } from './read-changes.ts';
import type { Whose } from './whose.ts';

/** Those that came under no household's name. */
export async function followLeads(whose: readonly Whose[]): Promise<void> {
  const named = whose.filter(({ touchpoint, person }) => person !== undefined && touchpoint.householdId === undefined && isLeadTouch(touchpoint));
  for (const [person = '', of] of groupBy(named, (one) => one.person)) {
    const records = of.flatMap((one) => one.records);
    const touchpoints = of.map(({ touchpoint }) => touchpoint);
    const contacts = contactsOf(person, records, touchpoints);
    if (contacts.length > 0) await followPerson({ person, contacts }, touchpoints);
  }
}

function contactsOf(person: string, records: readonly IdentityRecord[], touchpoints: readonly Touchpoint[]): string[] {
  const ids = identityOf(records).persons.find(({ name }) => name === person)?.ids ?? [];
  return [...new Set([person, ...ids, ...touchpoints.flatMap((touchpoint) => (touchpoint.ids ?? []).map(keyOf))])].filter(isContact).sort();
}

async function followPerson(who: SomePerson, touchpoints: readonly Touchpoint[]): Promise<void> {
  const rules = await leadRules();
  const found = (await Promise.all(who.contacts.map((contact) => load(kinds.lead, keys.lead(leadIdOf(contact)))))).flatMap((one) => one?.state ?? []);
  const [lead, ...more] = found;
  // What they do in their household is its story and not the lead's any more.
  const came = leadTouchesOf(
    touchpoints.filter(({ at }) => lead?.home === undefined || at < lead.home.since),
    rules,
  );
  const hasAsked = Object.values(came).some((touch) => rules.asks.some((one) => matches(one, touch)));
  if (hasAsked || more.length > 0) await refoldLead(who, rules);
  else if (lead !== undefined && Object.keys(came).length > 0)
    await changeLead(lead.leadId, rules, (before) => before && { ...before, touches: { ...before.touches, ...came } });
}

/** After it has become known, or doubtful, who is who. */
export async function followLeadsAround({ before, after: records }: CircleChange): Promise<void> {
  const contacts = namesAround([...before, ...records]).filter(isContact);
  if (contacts.length === 0) return;
  const [was, is] = [identityOf(before), identityOf(records)];
  if (canonicalJson([was.persons, was.households]) === canonicalJson([is.persons, is.households])) return;
  const personOf = new Map(is.persons.flatMap(({ name, ids }) => ids.map((id) => [id, name] as const)));
  const rules = await leadRules();
  for (const [person, of] of groupBy(contacts, (contact) => personOf.get(contact) ?? contact)) await refoldLead({ person, contacts: of }, rules);
}
