/** Leads made once more from the touchpoints alone: each has to hold what its person did, under whatever name. */
import { canonicalJson } from '../../../shared/digest.ts';
import { groupBy } from '../../../shared/group.ts';
import { identityOf } from '../../../shared/journey/identity/identity.ts';
import { recordOfTouchpoint } from '../../../shared/journey/identity/touchpoint-record.ts';
import { isLeadTouch, leadTouchesOf, withTouches, type LeadTouches } from '../../../shared/journey/lead/lead-touch.ts';
import type { Lead } from '../../../shared/journey/lead/lead.ts';
import type { Journeys } from './read-journeys.ts';

/** Each in one line. */
export function compareLeads({ leads, leadRules, touchpoints, records }: Pick<Journeys, 'leads' | 'leadRules' | 'touchpoints' | 'records'>): string[] {
  if (leads.length === 0) return [];
  const { persons, touchpoints: resolved } = identityOf([...records, ...touchpoints.map(recordOfTouchpoint)]);
  const whose = new Map(resolved.map(({ recordId, person }) => [recordId, person]));
  const byPerson = groupBy(
    touchpoints.filter((one) => one.householdId === undefined && isLeadTouch(one)),
    ({ touchpointId }) => whose.get(touchpointId),
  );
  return leads.flatMap((lead) => {
    const [contact = ''] = lead.contacts;
    const name = persons.find(({ ids }) => ids.includes(contact))?.name ?? contact;
    const made = withTouches({}, leadTouchesOf(byPerson.get(`person:${name}`) ?? [], leadRules));
    return canonicalJson(before(lead.home, made)) === canonicalJson(before(lead.home, lead.touches)) ? [] : [`${lead.leadId}: other touches`];
  });
}

/** What somebody did in their household is that household's. */
const before = (home: Lead['home'], touches: LeadTouches): LeadTouches =>
  Object.fromEntries(Object.entries(touches).filter(([, { at }]) => home === undefined || at < home.since));
