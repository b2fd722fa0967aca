/** What campaigns have come to for leads, in the counters of all: whom they reached, and against whoever was kept out. */
import { addDuration, duration, type Instant } from '../../values.ts';
import type { Contribution } from '../tally/batch.ts';
import { leadsExperiment, type LeadAddressing } from './lead-addressing.ts';
import type { Lead, LeadFacts, LeadStanding } from './lead.ts';

const WINDOW = duration(14, 'days');

function isReached({ at, outcome }: LeadAddressing, { touches }: Pick<LeadFacts, 'touches'>, { handedOver, won, lost }: LeadStanding): boolean {
  const until = addDuration(at, WINDOW);
  const isWithin = (then: Instant | undefined): boolean => then !== undefined && at < then && then < until;
  if (outcome === 'handed-over') return isWithin(handedOver?.at);
  if (outcome === 'won') return isWithin(won?.at);
  // Whoever comes to say no has not come back.
  const isNo = (then: Instant): boolean => lost?.reason === 'said-no' && lost.at === then;
  return Object.values(touches).some((touch) => touch.initiator === 'customer' && isWithin(touch.at) && !isNo(touch.at));
}

/** To the day on which it was addressed, or kept out. */
export const contributionOfAddressings = ({ standing, ...lead }: Pick<Lead, 'standing' | 'touches' | 'campaigns'>): Contribution[] =>
  Object.entries(lead.campaigns ?? {}).map(([campaign, one]) => {
    const [trial, reached] = [`trial|${leadsExperiment(campaign)}|${one.arm}`, isReached(one, lead, standing)];
    return {
      bucket: one.at.slice(0, 10),
      counters: {
        ...{ [`${trial}|entered`]: 1 },
        ...(reached && { [`${trial}|reached`]: 1 }),
        ...(one.said && { [`campaign|${campaign}|lead-reached|${one.said.channel}`]: 1 }),
        ...(one.said && reached && { [`campaign|${campaign}|lead-answered|${one.said.channel}`]: 1 }),
      },
    };
  });
