/** Campaigns: what they say to whom, what was paid for them, and what came of them; read from the counters, at the same cost for any number of households. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { canonicalJson } from '../../shared/digest.ts';
import {
  campaignIdSchema,
  campaignSchema,
  costSchema,
  experimentOf,
  isRunning,
  keptCampaignSchema,
  spentMinor,
  withCosts,
  type Campaign,
  type KeptCampaign,
} from '../../shared/journey/campaign/campaign.ts';
import { channelResults, steer, type ChannelResult, type Proposal } from '../../shared/journey/campaign/result.ts';
import { migrationOf, steeringSchema, WATCHED_DAYS, withChannelFirst, type Migration, type Steering } from '../../shared/journey/campaign/steering.ts';
import { shippedCampaigns } from '../../shared/journey/campaign/shipped-campaigns.ts';
import { channelOfReach } from '../../shared/journey/outreach/words.ts';
import { judgedDays } from '../../shared/journey/experiment/experiment.ts';
import { resultOf, type ExperimentResult } from '../../shared/journey/experiment/result.ts';
import { bucketsOf, mergeCounters, type Counters } from '../../shared/journey/tally/batch.ts';
import { addDuration, duration, ignored, type Instant } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { CAMPAIGNS_PK } from '../runtime/company-partitions.ts';
import { demandAgent } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { asItStands } from '../runtime/put.ts';
import { change, list } from '../runtime/store.ts';
import { readCounters } from '../runtime/tally.ts';
import { notFound, VisibleError } from '../runtime/visible-error.ts';

export interface CampaignView extends KeptCampaign {
  readonly running: boolean;
  readonly spentMinor: number;
  readonly channels: readonly ChannelResult[];
  readonly proposal?: Proposal;
  /** Since it was steered: who went along, and what an answer cost in the channel before and in the one after. */
  readonly migration?: Migration & { readonly perAnswerBefore?: number; readonly perAnswerAfter?: number };
  /** Against those who got nothing. Absent: nobody's window is over. */
  readonly effect?: ExperimentResult;
}
/** Ours, made of whole numbers a moment ago: checked where they are made. */
const viewsSchema = z.custom<{ readonly campaigns: readonly CampaignView[]; readonly examples: typeof shippedCampaigns }>(
  (value) => typeof value === 'object' && value !== null,
);
const params = z.object({ campaign: campaignIdSchema });

export const campaignRoutes = {
  listCampaigns: createRoute({
    method: 'get',
    path: routes.listCampaigns.path,
    responses: gives(viewsSchema, 'Each with what came of it; and examples to begin with'),
  }),
  putCampaign: createRoute({
    method: 'put',
    path: routes.putCampaign.path,
    request: { params, ...takes(campaignSchema) },
    responses: gives(keptCampaignSchema, 'As it stands now'),
  }),
  steerCampaign: createRoute({
    method: 'post',
    path: routes.steerCampaign.path,
    request: { params, ...takes(steeringSchema.omit({ at: true })) },
    responses: gives(keptCampaignSchema, 'As it stands now'),
  }),
  putCampaignCosts: createRoute({
    method: 'put',
    path: routes.putCampaignCosts.path,
    request: { params, ...takes(z.strictObject({ costs: z.array(costSchema).min(1).max(1_000) })) },
    responses: gives(keptCampaignSchema, 'As it stands now'),
  }),
};

export function addCampaignRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(campaignRoutes.listCampaigns, async (context) => {
    demandAgent(context, routes.listCampaigns);
    const now = productNow();
    const kept = (await list(kinds.campaign, CAMPAIGNS_PK, 'CAMPAIGN#')).map(({ state }) => state);
    const campaigns = await Promise.all(kept.map((one) => viewOf(one, now)));
    return context.json({ campaigns, examples: shippedCampaigns }, 200);
  });

  api.openapi(campaignRoutes.putCampaign, async (context) => {
    demandAgent(context, routes.putCampaign);
    const [campaign, now] = [context.req.valid('json'), productNow()];
    if (campaign.campaign !== context.req.valid('param').campaign)
      throw new VisibleError(400, 'other-name', 'the address and the body name different campaigns');
    const result = await change(kinds.campaign, keys.campaign(campaign.campaign), (stored) => {
      if (stored !== undefined && canonicalJson(stored.campaign) === canonicalJson(campaign)) return ignored('as-it-stands');
      return { kind: 'changed', state: { costs: [], ...stored, campaign, changedAt: now }, events: [] };
    });
    return context.json(keptCampaignSchema.parse(asItStands(result)), 200);
  });

  api.openapi(campaignRoutes.steerCampaign, async (context) => {
    demandAgent(context, routes.steerCampaign);
    const [wanted, now] = [context.req.valid('json'), productNow()];
    const result = await change(kinds.campaign, keys.campaign(context.req.valid('param').campaign), (stored) => {
      if (stored === undefined) throw notFound('campaign');
      return steered(stored, { ...wanted, at: now });
    });
    return context.json(keptCampaignSchema.parse(asItStands(result)), 200);
  });

  api.openapi(campaignRoutes.putCampaignCosts, async (context) => {
    demandAgent(context, routes.putCampaignCosts);
    const [{ costs }, now] = [context.req.valid('json'), productNow()];
    const result = await change(kinds.campaign, keys.campaign(context.req.valid('param').campaign), (stored) => {
      if (stored === undefined) throw notFound('campaign');
      return { kind: 'changed', state: { ...stored, costs: withCosts(stored.costs, costs), changedAt: now }, events: [] };
    });
    return context.json(keptCampaignSchema.parse(asItStands(result)), 200);
  });
}

async function viewOf(kept: KeptCampaign, now: Instant): Promise<CampaignView> {
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
  };
}

async function countersBetween(from: string, to: string): Promise<Counters> {
  return mergeCounters(Object.values(await readCounters(bucketsOf(from, to))));
}

/** Asked for again it stays as it was: what is being followed is not begun anew. */
function steered(stored: KeptCampaign, steering: Steering) {
  const { campaign, steering: before } = stored;
  const { from, to } = steering;
  if (from === to || !campaign.channels.includes(from)) throw new VisibleError(409, 'no-such-channel', 'the campaign does not use that channel');
  if (before?.from === from && before.to === to) return ignored('steered-already');
  const first = (channels: Campaign['channels']) => withChannelFirst(channels, steering);
  const pieces = campaign.pieces.map((piece) => ({ ...piece, ...(piece.channels && { channels: first(piece.channels) }) }));
  return {
    kind: 'changed' as const,
    state: { ...stored, steering, campaign: { ...campaign, channels: first(campaign.channels), pieces }, changedAt: steering.at },
    events: [],
  };
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
