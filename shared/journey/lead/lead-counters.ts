/** What leads add to the counters of all, and what a report reads from these: how many stand where, and how far those of the last weeks came. */
import type { Contribution, Counters } from '../tally/batch.ts';
import { channelSchema, type Channel } from '../words.ts';
import { leadStages, wayStages, type LeadStage } from './lead-stages.ts';
import { contributionOfAddressings } from './addressing-counters.ts';
import type { Lead, LeadStanding } from './lead.ts';

type WayStage = (typeof wayStages)[number];

/** Up to the furthest: whoever went to sales or won without a step between has come as far all the same. */
function reachedBy({ addressedAt, nurturedAt, handedOver, won }: LeadStanding): readonly WayStage[] {
  const furthest = won ? 'won' : handedOver ? 'handed-over' : nurturedAt ? 'nurtured' : addressedAt ? 'addressed' : 'generated';
  return wayStages.slice(0, wayStages.indexOf(furthest) + 1);
}

/** How it stands, and how far it came, the latter to the day on which it began. */
export const contributionOfLead = ({ standing, ...lead }: Pick<Lead, 'standing' | 'touches' | 'campaigns'>): Contribution[] => [
  ...contributionOfAddressings({ standing, ...lead }),
  { bucket: 'now', counters: { [`lead|stage|${standing.stage}`]: 1 } },
  {
    bucket: standing.generated.at.slice(0, 10),
    counters: {
      ...Object.fromEntries(reachedBy(standing).map((stage) => [`lead|reached|${stage}`, 1])),
      [`lead|origin|${standing.generated.channel}`]: 1,
      ...(standing.won && { [`lead|won|${standing.generated.channel}`]: 1 }),
      ...(standing.lost && { [`lead|lost|${standing.lost.reason}`]: 1 }),
    },
  },
];

export interface LeadReport {
  readonly stages: readonly { readonly stage: LeadStage; readonly leads: number }[];
  /** Of those that began in the period. */
  readonly reached: readonly { readonly stage: WayStage; readonly leads: number }[];
  readonly origins: readonly { readonly channel: Channel; readonly leads: number; readonly won: number }[];
  readonly lost: readonly { readonly reason: 'said-no' | 'silent' | 'closed'; readonly leads: number }[];
}

/** @param now the bucket of today @param period the buckets of the days, added up */
export function leadReportIn(now: Counters, period: Counters): LeadReport {
  return {
    stages: leadStages.map((stage) => ({ stage, leads: now[`lead|stage|${stage}`] ?? 0 })),
    reached: wayStages.map((stage) => ({ stage, leads: period[`lead|reached|${stage}`] ?? 0 })),
    origins: channelSchema.options
      .map((channel) => ({ channel, leads: period[`lead|origin|${channel}`] ?? 0, won: period[`lead|won|${channel}`] ?? 0 }))
      .filter(({ leads }) => leads > 0)
      .sort((a, b) => b.leads - a.leads),
    lost: (['said-no', 'silent', 'closed'] as const).map((reason) => ({ reason, leads: period[`lead|lost|${reason}`] ?? 0 })),
  };
}
