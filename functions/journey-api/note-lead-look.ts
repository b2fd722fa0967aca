/** Nobody sees anything of a lead before it is written down who looks, and for what: in our own book, and beside the lead. */
import type { Route } from '../../shared/api/routes.ts';
import type { LeadId } from '../../shared/journey/lead/lead-id.ts';
import type { Lead } from '../../shared/journey/lead/lead.ts';
import { entryOfLead, lookAtLead, type LeadLook } from '../../shared/support/look.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { demandAgent } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import type { ApiContext } from '../runtime/http.ts';
import { createOnce, load } from '../runtime/store.ts';
import { notFound } from '../runtime/visible-error.ts';

/** @returns the lead as it stands */
export async function noteLeadLook(
  context: Pick<ApiContext, 'env'>,
  { route, leadId, kind }: { readonly route: Route; readonly leadId: LeadId; readonly kind: LeadLook['kind'] },
  reason: string,
): Promise<Lead> {
  const staffId = demandAgent(context, route);
  const lead = (await load(kinds.lead, keys.lead(leadId)))?.state;
  if (lead === undefined) throw notFound('lead');
  // They have asked to be answered; whoever goes through a list looks at many.
  const why = { purpose: kind === 'listed' ? 'group' : 'asked-for', reason } as const;
  const { look, window } = lookAtLead({ leadId, staffId, kind }, why, productNow());
  await createOnce(kinds.lookEntry, keys.lookEntry(window, look.lookId), entryOfLead(look));
  await createOnce(kinds.leadLook, keys.leadLook(leadId, window, look.lookId), look);
  return lead;
}
