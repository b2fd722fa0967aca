/** Somebody without a household who has asked to be called. */
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { createOnce } from '../../functions/runtime/store.ts';
import { contactOf, leadIdOf, type LeadId } from '../../shared/journey/lead/lead-id.ts';
import { leadTouchSchema } from '../../shared/journey/lead/lead-touch.ts';
import { leadSchema, standLead } from '../../shared/journey/lead/lead.ts';
import { shippedLeadRules } from '../../shared/journey/lead/shipped-lead-rules.ts';
import type { Instant } from '../../shared/values.ts';

export async function aLead(at: Instant): Promise<LeadId> {
  const leadId = leadIdOf(`email:hidden:${'a'.repeat(40)}`);
  const contacts = [contactOf(leadId)];
  const touch = leadTouchSchema.parse({ at, type: 'Callback Requested', channel: 'web', initiator: 'customer', names: contacts });
  const facts = { touches: { '0123456789abcdef': touch }, decisions: [] };
  await createOnce(kinds.lead, keys.lead(leadId), leadSchema.parse({ ...facts, leadId, contacts, standing: standLead(facts, shippedLeadRules, at) }));
  return leadId;
}
