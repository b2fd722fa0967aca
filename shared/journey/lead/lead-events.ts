/** What a lead says of what has changed. Said once for each change; what is taken back later was still said. */
import type { DomainEvent } from '../../events.ts';
import type { LeadId } from './lead-id.ts';
import type { LeadStanding } from './lead.ts';

type Told = DomainEvent<'lead.generated' | 'lead.handed-over' | 'lead.won' | 'lead.lost'>;

/** @param before undefined for one that was none */
export function leadEvents(leadId: LeadId, before: LeadStanding | undefined, after: LeadStanding): Told[] {
  const { generated, handedOver, won, lost, score } = after;
  const { type, channel, campaign, from } = generated;
  const origin = { type, channel, ...(campaign !== undefined && { campaign }), ...from };
  const told: Told[] = [];
  if (before === undefined) told.push({ type: 'lead.generated', data: { leadId, ...origin, because: `has asked by ${type}` } });
  if (handedOver !== undefined && before?.handedOver === undefined)
    told.push({ type: 'lead.handed-over', data: { leadId, ...origin, ...(score && { score: score.points }), because: handedOver.because } });
  if (won !== undefined && before?.won === undefined)
    told.push({ type: 'lead.won', data: { leadId, householdId: won.householdId, because: 'has become a household' } });
  if (lost !== undefined && before?.lost?.reason !== lost.reason)
    told.push({ type: 'lead.lost', data: { leadId, reason: lost.reason, because: lost.because ?? lost.reason } });
  return told;
}
