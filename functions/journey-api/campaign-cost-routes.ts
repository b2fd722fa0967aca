/** What an order cost by channel and campaign, read from counters; and costs brought in from a file. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { CAMPAIGNS_SUFFIX } from '../../shared/journey/attribution/contribution.ts';
import { monthsOf } from '../../shared/journey/attribution/late.ts';
import { attributionIn, bucketsToRead } from '../../shared/journey/attribution/report.ts';
import { COSTS_MAX, withCosts, type CampaignId, type Cost } from '../../shared/journey/campaign/campaign.ts';
import { costFaults, readCostFile, type CostFault, type CostLine } from '../../shared/journey/campaign/cost-file.ts';
import { costReportIn, type CostReport } from '../../shared/journey/campaign/order-cost.ts';
import { mergeCounters } from '../../shared/journey/tally/batch.ts';
import { groupBy } from '../../shared/group.ts';
import { rejected } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { CAMPAIGNS_PK } from '../runtime/company-partitions.ts';
import { demandAgent } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { change, list, load } from '../runtime/store.ts';
import { readCounters } from '../runtime/tally.ts';
import { monthsQuerySchema } from './months-query.ts';

/** Ours, made of numbers a moment ago: checked where it is made. */
const reportSchema = z.custom<CostReport>((report) => typeof report === 'object' && report !== null);
const FILE_MAX = 200_000;
const importedSchema = z.object({
  /** Lines that were taken, and what they come to together. */
  taken: z.int(),
  costMinor: z.int(),
  faults: z.array(z.object({ line: z.int(), because: z.enum(costFaults) })),
});

export const campaignCostRoutes = {
  readCampaignCosts: createRoute({
    method: 'get',
    path: routes.readCampaignCosts.path,
    request: { query: monthsQuerySchema },
    responses: gives(reportSchema, 'By first touch, last touch and the chain'),
  }),
  importCampaignCosts: createRoute({
    method: 'post',
    path: routes.importCampaignCosts.path,
    request: takes(z.strictObject({ csv: z.string().min(1).max(FILE_MAX) })),
    responses: gives(importedSchema, 'What was taken, and why the rest was not'),
  }),
};

const keptCampaigns = async () => (await list(kinds.campaign, CAMPAIGNS_PK, 'CAMPAIGN#')).map(({ state }) => state);

export function addCampaignCostRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(campaignCostRoutes.readCampaignCosts, async (context) => {
    demandAgent(context, routes.readCampaignCosts);
    const { from, to } = context.req.valid('query');
    const asked = { from, to, order: 1, withNulls: true } as const;
    const months = monthsOf({ from: `${from}-01`, to: `${to}-28` }).map((month) => `${month}~${CAMPAIGNS_SUFFIX}`);
    const [paths, byCampaign, campaigns, costs] = await Promise.all([
      readCounters(bucketsToRead(asked)),
      readCounters(months),
      keptCampaigns(),
      load(kinds.channelCosts, keys.channelCosts()),
    ]);
    const counters = mergeCounters(Object.values(byCampaign));
    return context.json(costReportIn({ from, to, report: attributionIn(paths, asked), counters, campaigns, costs: costs?.state.costs ?? [] }), 200);
  });

  api.openapi(campaignCostRoutes.importCampaignCosts, async (context) => {
    demandAgent(context, routes.importCampaignCosts);
    const known = new Set<string>((await keptCampaigns()).map(({ campaign }) => campaign.campaign));
    const { lines, faults } = readCostFile(context.req.valid('json').csv, (campaign) => known.has(campaign));
    const taken: CostLine[] = [];
    const refused: { line: number; because: CostFault }[] = [...faults];
    for (const [campaign, ofOne] of groupBy(lines, (line) => line.campaign)) {
      if (
        await keepCosts(
          campaign,
          ofOne.flatMap(({ costs }) => costs),
        )
      )
        taken.push(...ofOne);
      else refused.push(...ofOne.map(({ line }) => ({ line, because: 'too-many' as const })));
    }
    const costMinor = taken.flatMap(({ costs }) => costs).reduce((sum, { minor }) => sum + minor, 0);
    return context.json({ taken: taken.length, costMinor, faults: refused.sort((a, b) => a.line - b.line) }, 200);
  });
}

/** False where there would be more than fit. A file brought in twice says the same as once. */
async function keepCosts(campaign: CampaignId | undefined, costs: readonly Cost[]): Promise<boolean> {
  const changedAt = productNow();
  const withThese = <Kept extends { readonly costs: Cost[] }>(kept: Kept) => {
    const all = withCosts(kept.costs, costs);
    if (all.length > COSTS_MAX) return rejected('too-many');
    return { kind: 'changed' as const, state: { ...kept, costs: all, changedAt }, events: [] };
  };
  const result =
    campaign === undefined
      ? await change(kinds.channelCosts, keys.channelCosts(), (stored) => withThese(stored ?? { costs: [], changedAt }))
      : await change(kinds.campaign, keys.campaign(campaign), (stored) => (stored === undefined ? rejected('no-such-campaign') : withThese(stored)));
  return result.kind !== 'rejected';
}
