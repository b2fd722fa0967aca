/** Conversion paths: what they are, how they go, switched on and off, changed as data, and tried on the recorded past before anybody is addressed. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { canonicalJson } from '../../shared/digest.ts';
import { numbersIn } from '../../shared/journey/conversion-path/numbers.ts';
import { shippedPaths } from '../../shared/journey/conversion-path/shipped-paths.ts';
import { asShipped } from '../../shared/journey/conversion-path/with-shipped.ts';
import { readPath } from '../../shared/journey/conversion-path/path-faults.ts';
import { definitionOf, pathIdSchema, withVersion, type StoredPath } from '../../shared/journey/conversion-path/path.ts';
import { bucketsOf, mergeCounters } from '../../shared/journey/tally/batch.ts';
import { addDuration, duration, ignored, instantSchema, rejected, type Instant } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { demandAgent } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { readPaths } from '../runtime/paths.ts';
import { asItStands } from '../runtime/put.ts';
import { change } from '../runtime/store.ts';
import { readCounters } from '../runtime/tally.ts';
import { VisibleError } from '../runtime/visible-error.ts';
import { dryRunOfSome } from './dry-run-of-some.ts';

const counts = z.record(z.string(), z.int());
const share = z.strictObject({ having: z.int(), of: z.int() });
const numbers = z.strictObject({
  path: pathIdSchema,
  ...{ entered: z.int(), waiting: z.int(), messaged: z.int(), succeeded: z.int(), exited: z.int(), lapsed: z.int(), tasks: z.int(), recommended: z.int() },
  ...{ sent: counts, held: counts, putOff: counts, treated: share, control: share },
  lift: z.strictObject({ value: z.number(), low: z.number(), high: z.number() }).optional(),
});
/** A definition is long and the same as a saved file’s: described in the guide, checked where it is written. */
const definition = z.unknown();
const versionView = z.strictObject({ version: z.int(), savedAt: instantSchema, definition });
const pathView = z.strictObject({ path: pathIdSchema, on: z.boolean(), version: z.int(), versions: z.array(versionView), definition, numbers });
const dryStep = z.strictObject({
  ...{ householdId: z.string(), key: z.string(), run: z.string(), step: z.int(), at: instantSchema, what: z.string() },
  ...{ channel: z.string().optional(), because: z.string().optional(), until: z.string().optional(), holds: z.boolean().optional() },
  words: z
    .strictObject({ de: z.strictObject({ title: z.string(), text: z.string() }), en: z.strictObject({ title: z.string(), text: z.string() }) })
    .optional(),
  reason: z.strictObject({ de: z.string(), en: z.string() }).optional(),
});

const params = z.object({ pathId: pathIdSchema });
/** `version` is what was read: who has not seen the last change does not write over it; 0 for a new one. */
const saving = z.strictObject({ version: z.int().min(0), on: z.boolean(), definition: definition.optional() });
const trying = z.strictObject({ definition, days: z.int().min(1).max(90) });

export const pathRoutes = {
  listPaths: createRoute({
    method: 'get',
    path: routes.listPaths.path,
    responses: gives(z.object({ days: z.int(), paths: z.array(pathView) }), 'All paths with their numbers of the last weeks'),
  }),
  savePath: createRoute({
    method: 'put',
    path: routes.savePath.path,
    request: { params, ...takes(saving) },
    responses: gives(z.object({ path: pathIdSchema, on: z.boolean(), version: z.int() }), 'As it stands now'),
  }),
  tryPath: createRoute({
    method: 'post',
    path: routes.tryPath.path,
    request: takes(trying),
    responses: gives(z.object({ households: z.int(), numbers, steps: z.array(dryStep) }), 'What it would have done; nothing is sent'),
  }),
};

const DAYS = 28;
const STEPS_SHOWN = 300;
/** To look at and to go back to. */
const VERSIONS_SHOWN = 6;

export function addPathRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(pathRoutes.listPaths, async (context) => {
    demandAgent(context, routes.listPaths);
    const today = productNow();
    const counters = await readCounters([...bucketsOf(addDuration(today, duration(1 - DAYS, 'days')).slice(0, 10), today.slice(0, 10)), 'now']);
    const { now = {}, ...days } = counters;
    const period = mergeCounters(Object.values(days));
    const paths = (await readPaths()).map((stored) => ({ ...viewOf(stored), numbers: numbersIn(stored.path, period, now) }));
    return context.json(z.object({ days: z.int(), paths: z.array(pathView) }).parse({ days: DAYS, paths }), 200);
  });

  api.openapi(pathRoutes.savePath, async (context) => {
    demandAgent(context, routes.savePath);
    const { pathId } = context.req.valid('param');
    const { version, on, definition: given } = context.req.valid('json');
    const changed = given === undefined ? undefined : readDefinition(given, pathId);
    const now = productNow();
    const result = await change(kinds.path, keys.path(pathId), (stored) => {
      const shipped = shippedPaths.find(({ path }) => path === pathId);
      const before = stored ?? (shipped && asShipped(shipped));
      if ((before?.version ?? 0) !== version) return rejected('changed-meanwhile');
      const after = saved(before, { on, changed, now });
      if (after === undefined) return rejected('no-definition');
      return canonicalJson(after) === canonicalJson(before ?? {}) ? ignored('as-it-stands') : { kind: 'changed', state: after, events: [] };
    });
    if (result.kind === 'rejected') throw new VisibleError(409, result.reason, 'somebody has changed this path since you read it; read it again');
    const stands = asItStands(result);
    return context.json({ path: pathId, on: stands?.on ?? on, version: stands?.version ?? version }, 200);
  });

  api.openapi(pathRoutes.tryPath, async (context) => {
    demandAgent(context, routes.tryPath);
    const { definition: given, days } = context.req.valid('json');
    const now = productNow();
    const tried = await dryRunOfSome(readDefinition(given), { from: addDuration(now, duration(-days, 'days')), to: now });
    return context.json(z.object({ households: z.int(), numbers, steps: z.array(dryStep) }).parse({ ...tried, steps: tried.steps.slice(0, STEPS_SHOWN) }), 200);
  });
}

const viewOf = (stored: StoredPath) => ({
  ...{ path: stored.path, on: stored.on, version: stored.version },
  versions: stored.versions.slice(-VERSIONS_SHOWN),
  definition: definitionOf(stored),
});

function saved(before: StoredPath | undefined, { on, changed, now }: { on: boolean; changed: ReturnType<typeof readDefinition> | undefined; now: Instant }) {
  if (before === undefined)
    return changed === undefined ? undefined : { ...asShipped(changed), on, versions: [{ version: 1, savedAt: now, definition: changed }] };
  const isNew = changed !== undefined && canonicalJson(changed) !== canonicalJson(definitionOf(before) ?? {});
  return { ...(isNew ? withVersion(before, changed, now) : before), on };
}

/** @throws VisibleError that names each field which is not as it has to be */
function readDefinition(given: unknown, path?: string) {
  const read = readPath(given);
  if (read.path === undefined) {
    const faults = read.faults.slice(0, 10).map(({ at, words }) => `${at}: ${words.en}`);
    throw new VisibleError(400, 'no-conversion-path', faults.join('; '));
  }
  if (path !== undefined && read.path.path !== path) throw new VisibleError(400, 'another-path', `path: expected ${path}`);
  return read.path;
}
