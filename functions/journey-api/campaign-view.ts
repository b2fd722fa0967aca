/** A campaign with what came of it: read from the counters, at the same cost for any number of households. */
import { experimentOf, isRunning, leadsExperimentOf, spentMinor, type Campaign, type KeptCampaign } from '../../shared/journey/campaign/campaign.ts';
import { channelResults, leadResults, steer, type ChannelResult, type LeadResult, type Proposal } from '../../shared/journey/campaign/result.ts';
import { migrationOf, WATCHED_DAYS, type Migration, type Steering } from '../../shared/journey/campaign/steering.ts';
import { judgedDays } from '../../shared/journey/experiment/experiment.ts';
import { resultOf, type ExperimentResult } from '../../shared/journey/experiment/result.ts';
import { channelOfReach } from '../../shared/journey/outreach/words.ts';
import { bucketsOf, mergeCounters, type Counters } from '../../shared/journey/tally/batch.ts';
import { addDuration, duration, type Instant } from '../../shared/values.ts';
import { readCounters } from '../runtime/tally.ts';

export interface CampaignView extends KeptCampaign {
  readonly running: boolean;
  readonly spentMinor: number;
  readonly channels: readonly ChannelResult[];
  readonly proposal?: Proposal;
  /** Since it was steered: who went along, and what an answer cost in the channel before and in the one after. */
  readonly migration?: Migration & { readonly perAnswerBefore?: number; readonly perAnswerAfter?: number };
  /** Against those who got nothing. Absent: nobody's window is over. */
  readonly effect?: ExperimentResult;
  /** Of those who have no household, apart from households. Absent: it says nothing to them. */
  readonly leads?: LeadsView;
}
export interface LeadsView {
  /** Since when they are counted: a lead is kept for a season. */
  readonly since: Instant;
  readonly channels: readonly LeadResult[];
  readonly effect?: ExperimentResult;
}

export async function viewOf(kept: KeptCampaign, now: Instant): Promise<CampaignView> {
  const { campaign, costs } = kept;
  const [from, today] = [campaign.from.slice(0, 10), now.slice(0, 10)];
  const counters = from > today ? {} : await countersBetween(from, today);
  const channels = channelResults(campaign.campaign, counters, costs);
  const proposal = steer(channels);
  const migration = kept.steering && (await followed(kept, kept.steering, now));
  const experiment = experimentOf(campaign);
  const judged = judgedDays(experiment, now);
  const effect = judged && resultOf(experiment, await countersBetween(judged.from, judged.to), {});
  return {
    ...kept,
    running: isRunning(kept, now),
    spentMinor: spentMinor(costs),
    channels,
    ...(proposal && { proposal }),
    ...(effect && { effect }),
    ...(migration && { migration }),
    ...(campaign.leads && { leads: await leadsOf(campaign, campaign.leads, now) }),
  };
}

async function countersBetween(from: string, to: string): Promise<Counters> {
  return mergeCounters(Object.values(await readCounters(bucketsOf(from, to))));
}

/** As long as a lead is kept at least after it was addressed: of those before, the ones who came back would be left over. */
const LEADS_COUNTED = duration(-90, 'days');

async function leadsOf(campaign: Campaign, leads: NonNullable<Campaign['leads']>, now: Instant): Promise<LeadsView> {
  const earliest = addDuration(now, LEADS_COUNTED);
  const from = campaign.from < earliest ? earliest : campaign.from;
  const today = now.slice(0, 10);
  const channels = leadResults(campaign.campaign, from > now ? {} : await countersBetween(from.slice(0, 10), today));
  const experiment = { ...leadsExperimentOf(campaign, leads), from };
  const judged = judgedDays(experiment, now);
  const effect = judged && resultOf(experiment, await countersBetween(judged.from, judged.to), {});
  return { since: from, channels, ...(effect && { effect }) };
}

async function followed(
  { campaign: { campaign, from }, costs }: KeptCampaign,
  steering: Steering,
  now: Instant,
): Promise<NonNullable<CampaignView['migration']>> {
  const day = (at: string): string => at.slice(0, 10);
  const [turned, since] = [day(steering.at), day(addDuration(steering.at, duration(-WATCHED_DAYS, 'days')))];
  const begun = day(from) < since ? since : day(from);
  const [all, before, after] = await Promise.all([
    countersBetween(since, day(now)),
    begun < turned ? countersBetween(begun, day(addDuration(steering.at, duration(-1, 'days')))) : {},
    countersBetween(turned, day(now)),
  ]);
  const perAnswer = (channel: string, counters: Counters, isOf: (day: string) => boolean) =>
    channelResults(
      campaign,
      counters,
      costs.filter((cost) => isOf(cost.day)),
    ).find((one) => one.channel === channel)?.perAnswer;
  const perAnswerBefore = perAnswer(channelOfReach(steering.from), before, (one) => begun <= one && one < turned);
  const perAnswerAfter = perAnswer(channelOfReach(steering.to), after, (one) => one >= turned);
  const paid = { ...(perAnswerBefore !== undefined && { perAnswerBefore }), ...(perAnswerAfter !== undefined && { perAnswerAfter }) };
  return { ...migrationOf({ campaign, steering }, all), ...paid };
}
