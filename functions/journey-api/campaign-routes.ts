/** Campaigns: what they say to whom, what was paid for them, and what came of them; tried before anybody hears of it. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import {
  campaignIdSchema,
  campaignSchema,
  costSchema,
  keptCampaignSchema,
  withCosts,
  type Campaign,
  type KeptCampaign,
} from '../../shared/journey/campaign/campaign.ts';
import { mixes, putCampaign } from '../../shared/journey/campaign/change-campaign.ts';
import { shippedCampaigns } from '../../shared/journey/campaign/shipped-campaigns.ts';
import { steeringSchema, withChannelFirst, type Steering } from '../../shared/journey/campaign/steering.ts';
import { ignored } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { CAMPAIGNS_PK } from '../runtime/company-partitions.ts';
import { demandAgent } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { asItStands } from '../runtime/put.ts';
import { change, list, load } from '../runtime/store.ts';
import { notFound, VisibleError } from '../runtime/visible-error.ts';
import { previewOf, previewSchema } from './campaign-preview.ts';
import { viewOf, type CampaignView } from './campaign-view.ts';

/** Ours, checked where they are made: said twice, they would be most of the API’s description. */
const viewsSchema = z.custom<{ readonly campaigns: readonly CampaignView[]; readonly examples: typeof shippedCampaigns }>(
  (value) => typeof value === 'object' && value !== null,
);
const keptSchema = z.custom<KeptCampaign>((value) => keptCampaignSchema.safeParse(value).success);
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
    responses: gives(keptSchema, 'As it stands now'),
  }),
  previewCampaign: createRoute({
    method: 'post',
    path: routes.previewCampaign.path,
    request: takes(campaignSchema),
    responses: gives(previewSchema, 'Whom it would concern and which piece how many would get, of some drawn by chance'),
  }),
  steerCampaign: createRoute({
    method: 'post',
    path: routes.steerCampaign.path,
    request: { params, ...takes(steeringSchema.omit({ at: true })) },
    responses: gives(keptSchema, 'As it stands now'),
  }),
  putCampaignCosts: createRoute({
    method: 'put',
    path: routes.putCampaignCosts.path,
    request: { params, ...takes(z.strictObject({ costs: z.array(costSchema).min(1).max(1_000) })) },
    responses: gives(keptSchema, 'As it stands now'),
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
    const result = await change(kinds.campaign, keys.campaign(campaign.campaign), (stored) => putCampaign(stored, campaign, now));
    if (result.kind === 'rejected') {
      const stands = (await load(kinds.campaign, keys.campaign(campaign.campaign)))?.state.campaign;
      const which = stands === undefined ? [] : mixes(stands, campaign);
      throw new VisibleError(409, 'begun', `it has begun, and its figures rest on this: ${which.join(', ')}; a copy begins anew`);
    }
    return context.json(keptCampaignSchema.parse(asItStands(result)), 200);
  });

  api.openapi(campaignRoutes.previewCampaign, async (context) => {
    demandAgent(context, routes.previewCampaign);
    return context.json(await previewOf(context.req.valid('json')), 200);
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
