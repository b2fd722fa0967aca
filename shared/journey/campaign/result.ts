/** What a campaign came to: whom it reached in which channel, who answered, what that cost, and where the same money would reach more. */
import type { Trace } from '../fold/trace.ts';
import type { Counters } from '../tally/batch.ts';
import { channelOfReach, reachChannels, type ReachChannel } from '../outreach/words.ts';
import { isAnswer, SENT } from './answer.ts';
import { leadChannels } from './for-leads.ts';
import { campaignIdSchema, spentMinor, type Cost } from './campaign.ts';

const CAMPAIGN = 'campaign';

/** Names of the counters that a trace adds 1 to. */
export function campaignCounters({ type, channel, campaign, initiator }: Pick<Trace, 'type' | 'channel' | 'campaign' | 'initiator'>): string[] {
  // What others call theirs may be anything: a counter is made for what can be one of ours.
  if (campaign === undefined || !campaignIdSchema.safeParse(campaign).success) return [];
  if (type === SENT) return [`${CAMPAIGN}|${campaign}|reached|${channel}`];
  return isAnswer({ type, initiator, campaign }) ? [`${CAMPAIGN}|${campaign}|answered|${channel}`] : [];
}

export interface ChannelResult {
  readonly channel: string;
  readonly reached: number;
  readonly answered: number;
  readonly costMinor: number;
  /** Minor units each; undefined where nobody was reached, or nobody answered. */
  readonly perReached?: number;
  readonly perAnswer?: number;
}

/** By channel, those that did anything; the most reached first. @param counters of the days of the campaign, added up */
export function channelResults(campaign: string, counters: Counters, costs: readonly Cost[]): ChannelResult[] {
  const channels = new Set<string>([...reachChannels.map(channelOfReach), ...namesIn(campaign, counters)]);
  return [...channels]
    .map((channel) => {
      const reached = counters[`${CAMPAIGN}|${campaign}|reached|${channel}`] ?? 0;
      const answered = counters[`${CAMPAIGN}|${campaign}|answered|${channel}`] ?? 0;
      const costMinor = spentMinor(costs.filter((cost) => cost.channel === channel));
      return {
        ...{ channel, reached, answered, costMinor },
        ...(reached > 0 && { perReached: costMinor / reached }),
        ...(answered > 0 && { perAnswer: costMinor / answered }),
      };
    })
    .filter(({ reached, answered, costMinor }) => reached + answered + costMinor > 0)
    .sort((a, b) => b.reached - a.reached || (a.channel < b.channel ? -1 : 1));
}

function namesIn(campaign: string, counters: Counters): string[] {
  const prefix = `${CAMPAIGN}|${campaign}|`;
  return Object.keys(counters).flatMap((name) => (name.startsWith(prefix) ? [name.split('|')[3] ?? ''] : []));
}

/** Of those who have no household. */
export interface LeadResult {
  readonly channel: string;
  readonly reached: number;
  /** Of these, with whom it came to what the campaign calls success. */
  readonly answered: number;
}
/** @param counters of the days in question, added up */
export const leadResults = (campaign: string, counters: Counters): LeadResult[] =>
  leadChannels
    .map((channel) => ({
      channel,
      reached: counters[`${CAMPAIGN}|${campaign}|lead-reached|${channel}`] ?? 0,
      answered: counters[`${CAMPAIGN}|${campaign}|lead-answered|${channel}`] ?? 0,
    }))
    .filter(({ reached }) => reached > 0);

export interface Proposal {
  readonly from: ReachChannel;
  readonly to: ReachChannel;
  /** Of what the dear channel costs. */
  readonly shareOfBudget: number;
  /** Minor units per answer, there and here. */
  readonly dear: number;
  readonly better: number;
  /** How many more would answer for the same money, if the better channel goes on as it has. */
  readonly moreAnswers: number;
}

/** Fewer say nothing about a channel. */
const LEAST_REACHED = 30;
const LEAST_ANSWERS = 5;
/** What is only a little dearer may be so by chance. */
const CLEARLY = 1.5;
/** Half of it, so that what was measured is seen to hold before the rest follows. */
const STEP = 0.5;

/** From the channel that is dearest by an answer to the one that is cheapest, where both have been tried enough. */
export function steer(results: readonly ChannelResult[]): Proposal | undefined {
  const tried = results.filter(({ reached, answered }) => reached >= LEAST_REACHED && answered >= LEAST_ANSWERS);
  const known = tried.flatMap((one) => {
    const channel = reachChannels.find((name) => channelOfReach(name) === one.channel);
    return channel === undefined || one.perAnswer === undefined ? [] : [{ ...one, channel, perAnswer: one.perAnswer }];
  });
  const [cheapest, ...others] = [...known].sort((a, b) => a.perAnswer - b.perAnswer);
  const dearest = others.at(-1);
  if (cheapest === undefined || dearest === undefined || dearest.perAnswer < CLEARLY * cheapest.perAnswer || dearest.costMinor === 0) return undefined;
  const moved = dearest.costMinor * STEP;
  // A channel that has cost nothing answers as many as it reaches: the same people, in the same share.
  const there = cheapest.perAnswer > 0 ? moved / cheapest.perAnswer : (dearest.reached * STEP * cheapest.answered) / cheapest.reached;
  const moreAnswers = Math.round(there - dearest.answered * STEP);
  if (moreAnswers <= 0) return undefined;
  return { from: dearest.channel, to: cheapest.channel, shareOfBudget: STEP, dear: dearest.perAnswer, better: cheapest.perAnswer, moreAnswers };
}
