/** What is done about a deviation: taken up by a team with what it was like before, closed with what it is like after. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { figuresOf, type Figures } from '../../shared/journey/improve/finding.ts';
import { decideImprovement, findingIdSchema, improvementCommandSchema, improvementSchema } from '../../shared/journey/improve/improvement.ts';
import { bucketsOf, mergeCounters } from '../../shared/journey/tally/batch.ts';
import { deviationKindSchema } from '../../shared/journey/target/model.ts';
import { shippedModels } from '../../shared/journey/target/shipped-models.ts';
import { addDuration, duration, type Instant } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { IMPROVEMENTS_PK } from '../runtime/company-partitions.ts';
import { demandAgent } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { asItStands } from '../runtime/put.ts';
import { change, list, load } from '../runtime/store.ts';
import { readCounters } from '../runtime/tally.ts';
import { notFound, VisibleError } from '../runtime/visible-error.ts';

/** A month before says how it was. */
const DAYS_BEFORE = 28;
const IMPROVEMENTS_MAX = 500;
const body = z.strictObject({ findingId: findingIdSchema, command: improvementCommandSchema });

export const improvementRoutes = {
  listImprovements: createRoute({
    method: 'get',
    path: routes.listImprovements.path,
    responses: gives(z.object({ improvements: z.array(improvementSchema) }), 'What is and was done about deviations'),
  }),
  improve: createRoute({ method: 'post', path: routes.improve.path, request: takes(body), responses: gives(improvementSchema, 'As it stands now') }),
};

export function addImprovementRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(improvementRoutes.listImprovements, async (context) => {
    demandAgent(context, routes.listImprovements);
    const improvements = await list(kinds.improvement, IMPROVEMENTS_PK, 'IMPROVEMENT#', IMPROVEMENTS_MAX);
    return context.json({ improvements: improvements.map(({ state }) => state) }, 200);
  });

  api.openapi(improvementRoutes.improve, async (context) => {
    demandAgent(context, routes.improve);
    const { findingId, command } = context.req.valid('json');
    const now = productNow();
    const stands = (await load(kinds.improvement, keys.improvement(findingId)))?.state;
    const since =
      command.type === 'close' && stands?.status === 'taken-up'
        ? addDuration(stands.takenUpAt, duration(1, 'days'))
        : addDuration(now, duration(-DAYS_BEFORE, 'days'));
    const figures = await figuresSince(findingId, since, now);
    const result = await change(kinds.improvement, keys.improvement(findingId), (stored) => decideImprovement(stored, findingId, command, figures, now));
    const state = asItStands(result);
    if (result.kind === 'rejected' || state === undefined)
      throw new VisibleError(
        409,
        result.kind === 'rejected' ? result.reason : 'unknown',
        refusals[result.kind === 'rejected' ? result.reason : ''] ?? 'not possible as it stands',
      );
    return context.json(state, 200);
  });
}

const refusals: Readonly<Record<string, string>> = {
  'taken-up-by-others': 'another team is at it',
  'not-taken-up': 'nobody is at it',
  'period-too-early': 'it was taken up today: nothing is known yet of what comes after',
  'too-few-journeys': 'too few journeys to say whether it got better; wait for more',
  'too-many-measures': 'so much has been tried that it needs another look',
};

async function figuresSince(findingId: string, since: Instant, now: Instant): Promise<Figures> {
  const [name = '', step = '', kind = ''] = findingId.split('/');
  const model = shippedModels.find((one) => one.model === name);
  const deviation = deviationKindSchema.safeParse(kind);
  if (model === undefined || !deviation.success) throw notFound('finding');
  const to = now.slice(0, 10);
  const period = { from: since.slice(0, 10) < to ? since.slice(0, 10) : to, to };
  const buckets = bucketsOf(period.from, period.to);
  return figuresOf(model, { step, kind: deviation.data }, mergeCounters(Object.values(await readCounters(buckets))), period);
}
