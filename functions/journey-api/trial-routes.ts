/** What was tried and what came of it: next best actions of all households, and experiments with their arms; read from the counters. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { canonicalJson } from '../../shared/digest.ts';
import { experimentIdSchema, experimentSchema, judgedDays, type Experiment } from '../../shared/journey/experiment/experiment.ts';
import { resultOf, type ExperimentResult } from '../../shared/journey/experiment/result.ts';
import { HOLDOUT } from '../../shared/journey/experiment/shipped-experiments.ts';
import { actionResultsIn, type ActionResult } from '../../shared/journey/next-best/action-result.ts';
import { periodSchema } from '../../shared/journey/report/report.ts';
import { bucketsOf, mergeCounters, type Counters } from '../../shared/journey/tally/batch.ts';
import { addDuration, duration, ignored, rejected, type Instant } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { demandAgent } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { readExperiments } from '../runtime/experiment.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { change } from '../runtime/store.ts';
import { readCounters } from '../runtime/tally.ts';
import { VisibleError } from '../runtime/visible-error.ts';

/** Ours, made of whole numbers a moment ago: checked where they are made. */
const actionsSchema = z.custom<{ readonly actions: readonly ActionResult[] }>((value) => typeof value === 'object' && value !== null);
interface OneExperiment {
  readonly experiment: Experiment;
  /** When those entered by whom it is judged. Absent: nobody's window is over. */
  readonly judged?: { readonly from: string; readonly to: string };
  readonly result: ExperimentResult;
}
const experimentsSchema = z.custom<{ readonly experiments: readonly OneExperiment[] }>((value) => typeof value === 'object' && value !== null);

export const trialRoutes = {
  readActions: createRoute({ method: 'get', path: routes.readActions.path, request: { query: periodSchema }, responses: gives(actionsSchema, 'By action') }),
  listExperiments: createRoute({ method: 'get', path: routes.listExperiments.path, responses: gives(experimentsSchema, 'Each with what it has shown') }),
  putExperiment: createRoute({
    method: 'put',
    path: routes.putExperiment.path,
    request: { params: z.object({ experiment: experimentIdSchema }), ...takes(experimentSchema) },
    responses: gives(experimentSchema, 'As it stands now'),
  }),
};

export function addTrialRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(trialRoutes.readActions, async (context) => {
    demandAgent(context, routes.readActions);
    const { from, to } = context.req.valid('query');
    return context.json({ actions: actionResultsIn(await countersBetween(from, to)) }, 200);
  });

  api.openapi(trialRoutes.listExperiments, async (context) => {
    demandAgent(context, routes.listExperiments);
    const now = productNow();
    const experiments = await Promise.all((await readExperiments()).map((experiment) => judge(experiment, now)));
    return context.json({ experiments }, 200);
  });

  api.openapi(trialRoutes.putExperiment, async (context) => {
    demandAgent(context, routes.putExperiment);
    const experiment = context.req.valid('json');
    if (experiment.experiment !== context.req.valid('param').experiment)
      throw new VisibleError(400, 'other-name', 'the address and the body name different experiments');
    const before = (await readExperiments()).find((one) => one.experiment === experiment.experiment);
    const result = await change(kinds.experiment, keys.experiment(experiment.experiment), (stored) => {
      if (stored !== undefined && canonicalJson(stored) === canonicalJson(experiment)) return ignored('as-it-stands');
      return isAnother(stored ?? before, experiment, productNow()) ? rejected('has-begun') : { kind: 'changed', state: experiment, events: [] };
    });
    if (result.kind === 'rejected')
      throw new VisibleError(
        409,
        'has-begun',
        'it has begun: only its shares, its end and its name may change; what is judged otherwise is another experiment',
      );
    return context.json(experiment, 200);
  });
}

/** Changing what success is, after somebody has looked, would make any experiment succeed. The tenth that is left alone is judged by what the company wants. */
function isAnother(before: Experiment | undefined, after: Experiment, now: Instant): boolean {
  if (before === undefined || before.from > now || before.experiment === HOLDOUT) return false;
  const judgedBy = ({ from, outcome, windowDays, monthly, leastDifference, arms }: Experiment) =>
    canonicalJson([from, outcome, windowDays, monthly, leastDifference, arms.map(({ arm }) => arm)]);
  return judgedBy(before) !== judgedBy(after);
}

async function judge(experiment: Experiment, now: Instant): Promise<OneExperiment> {
  const judged = judgedDays(experiment, now);
  const counters = judged === undefined ? {} : await countersBetween(judged.from, judged.to);
  const open = await countersOf(openBuckets(experiment, judged, now));
  return { experiment, ...(judged !== undefined && { judged }), result: resultOf(experiment, counters, open) };
}

/** Of months as a whole, so that they cost one read; else by days. */
function openBuckets({ from, monthly, windowDays }: Experiment, judged: { readonly to: string } | undefined, now: Instant): string[] {
  const today = now.slice(0, 10);
  const since = judged === undefined ? from.slice(0, 10) : dayAfter(judged.to);
  if (monthly) return [monthBefore(today), today.slice(0, 7)].filter((month) => month >= since.slice(0, 7));
  const earliest = addDuration(now, duration(-windowDays - 1, 'days')).slice(0, 10);
  const first = since > earliest ? since : earliest;
  return first > today ? [] : bucketsOf(first, today);
}
const dayAfter = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
const monthBefore = (day: string): string => new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, 0)).toISOString().slice(0, 7);

const countersOf = async (buckets: readonly string[]): Promise<Counters> => mergeCounters(Object.values(await readCounters(buckets)));
const countersBetween = (from: string, to: string): Promise<Counters> => countersOf(bucketsOf(from, to));
