/** Writes a lead as it stands after a change: what it comes to is always made anew, and what has changed by that is said. */
import { canonicalJson } from '../../shared/digest.ts';
import type { DomainEvent } from '../../shared/events.ts';
import { addressLead } from '../../shared/journey/campaign/address-lead.ts';
import type { Campaign } from '../../shared/journey/campaign/campaign.ts';
import { leadEvents } from '../../shared/journey/lead/lead-events.ts';
import type { LeadId } from '../../shared/journey/lead/lead-id.ts';
import type { LeadRules } from '../../shared/journey/lead/lead-rules.ts';
import { withTouches } from '../../shared/journey/lead/lead-touch.ts';
import { standLead, type Lead } from '../../shared/journey/lead/lead.ts';
import { shippedLeadRules } from '../../shared/journey/lead/shipped-lead-rules.ts';
import { addDuration, duration, ignored, instantSchema, type Instant, type Outcome } from '../../shared/values.ts';
import { keys, kinds, type Key } from './aggregates.ts';
import { productNow } from './clock.ts';
import { change, load, type Change } from './store.ts';

export const leadRules = async (): Promise<LeadRules> => (await load(kinds.journeyRules, keys.journeyRules()))?.state.leads ?? shippedLeadRules;

type Facts = Omit<Lead, 'standing' | 'lookAgainAt'>;
export type LeadWritten = 'written' | 'as-it-stands' | 'is-none' | 'written-by-somebody-else';

/** @param facts of what was known before; undefined: there is nothing to change */
export async function changeLead(leadId: LeadId, rules: LeadRules, facts: (before: Lead | undefined) => Facts | undefined): Promise<LeadWritten> {
  return wordOf(await change(kinds.lead, keys.lead(leadId), (before) => next(before, facts(before), rules)));
}

/** @param version that stood before these facts were gathered; 0 for none: whoever has put something in since is not written over */
export async function putLead(facts: Facts, version: number, rules: LeadRules): Promise<LeadWritten> {
  return wordOf(
    await change(kinds.lead, keys.lead(facts.leadId), (before, stored) =>
      (stored?.version ?? 0) === version ? next(before, facts, rules) : ignored('written-by-somebody-else'),
    ),
  );
}

function next(before: Lead | undefined, facts: Facts | undefined, rules: LeadRules, running: readonly Campaign[] = []): Outcome<Lead, DomainEvent> {
  const now = productNow();
  const kept = facts && { ...facts, touches: withTouches({}, facts.touches) };
  const standing = kept && standLead(kept, rules, now);
  if (kept === undefined || standing === undefined) return ignored('is-none');
  const { leadId, contacts, touches, decisions, home } = kept;
  const isOpen = standing.stage !== 'won' && standing.stage !== 'lost';
  const { campaigns, told } = isOpen ? addressLead({ ...kept, standing }, running, rules, now) : { campaigns: kept.campaigns ?? {}, told: [] };
  const after: Lead = {
    ...{ leadId, contacts, touches, decisions, standing },
    ...(home && { home }),
    ...(Object.keys(campaigns).length > 0 && { campaigns }),
    ...(isOpen && { lookAgainAt: nextLook(now) }),
  };
  if (before !== undefined && canonicalJson(before) === canonicalJson(after)) return ignored('as-it-stands');
  return { kind: 'changed', state: after, events: [...leadEvents(leadId, before?.standing, standing), ...told] };
}

function wordOf(result: Change<Lead>): LeadWritten {
  if (result.kind === 'changed') return 'written';
  return result.reason === 'as-it-stands' || result.reason === 'is-none' ? result.reason : 'written-by-somebody-else';
}

/** Points fade, silence lasts, and campaigns have something to say: once a day, in the morning in Europe, when a message may come. */
function nextLook(now: Instant): Instant {
  const today = instantSchema.parse(`${now.slice(0, 10)}T08:15:00.000Z`);
  return now < today ? today : addDuration(today, duration(1, 'days'));
}

/** @param running campaigns that may say something to it */
export async function lookAtLeadAgain(key: Key, running: readonly Campaign[]): Promise<void> {
  const rules = await leadRules();
  await change(kinds.lead, key, (before) => next(before, before, rules, running));
}
