/** A campaign put in place of what stood: what its comparison rests on stays as it is once it has addressed anybody. */
import { canonicalJson } from '../../digest.ts';
import { ignored, rejected, type Instant, type Outcome } from '../../values.ts';
import type { Campaign, KeptCampaign } from './campaign.ts';

/** With another share kept out, another success or another beginning the same counters would say two things at once. */
export const measured = ['controlPercent', 'outcome', 'from', 'leads.outcome'] as const;
export type Measured = (typeof measured)[number];

const measuredOf = ({ controlPercent, outcome, from, leads }: Campaign): Readonly<Record<Measured, unknown>> => ({
  ...{ controlPercent, outcome, from },
  'leads.outcome': leads?.outcome,
});

/** Since when it has addressed anybody; undefined: it has not, and all of it may be changed. */
export function begunAt({ campaign, begunAt: noted }: Pick<KeptCampaign, 'campaign' | 'begunAt'>, now: Instant): Instant | undefined {
  // Of those kept before this was noted, only whether it is on is known.
  const since = noted ?? (campaign.on ? campaign.from : undefined);
  return since !== undefined && since <= now ? since : undefined;
}

/** What would make its figures say two things at once; empty: nothing. That it comes to speak to leads, or no longer does, mixes nothing. */
export function mixes(before: Campaign, after: Campaign): Measured[] {
  const [was, is] = [measuredOf(before), measuredOf(after)];
  return measured.filter((name) => was[name] !== undefined && is[name] !== undefined && canonicalJson([was[name]]) !== canonicalJson([is[name]]));
}

/** Rejected: begun. */
export function putCampaign(stored: KeptCampaign | undefined, campaign: Campaign, now: Instant): Outcome<KeptCampaign, never> {
  if (stored === undefined) return { kind: 'changed', state: { costs: [], campaign, changedAt: now, ...begins(campaign, now) }, events: [] };
  if (canonicalJson(stored.campaign) === canonicalJson(campaign)) return ignored('as-it-stands');
  const since = begunAt(stored, now);
  if (since !== undefined && mixes(stored.campaign, campaign).length > 0) return rejected('begun');
  const { begunAt: _, ...others } = stored;
  return { kind: 'changed', state: { ...others, campaign, changedAt: now, ...(since === undefined ? begins(campaign, now) : { begunAt: since }) }, events: [] };
}

/** The sooner of the two: one that is switched off before its beginning has begun nothing. */
const begins = ({ on, from }: Campaign, now: Instant): Pick<KeptCampaign, 'begunAt'> => (on ? { begunAt: from > now ? from : now } : {});
