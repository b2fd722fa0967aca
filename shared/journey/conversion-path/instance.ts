/** AUTO#<path>#<key>: what one key of a path has heard and done in one household. Decisions about it, each safe to repeat. */
import { z } from 'zod';
import { canonicalJson } from '../../digest.ts';
import { keptDays } from '../retention.ts';
import { addDuration, duration, ignored, householdIdSchema, instantSchema, earliest, type HouseholdId, type Instant, type Outcome } from '../../values.ts';
import type { Moment } from './moment.ts';
import { definitionOf, pathIdSchema, type Path } from './path.ts';
import {
  actSchema,
  heardOf,
  heardSchema,
  inOrder,
  lapsesAt,
  nextOf,
  rolesOf,
  runsOf,
  type Act,
  type Definitions,
  type Heard,
  type Next,
  type Run,
} from './run.ts';

/** Of a household that buys every day these are a month of a path's moments. */
const HEARD_MAX = 60;
const ACTS_MAX = 80;

export const instanceSchema = z.strictObject({
  path: pathIdSchema,
  key: z.string().min(1).max(80),
  householdId: householdIdSchema,
  log: z.array(heardSchema).max(HEARD_MAX),
  acts: z.array(actSchema).max(ACTS_MAX),
  /** The step that the gate has put off. */
  put: z.strictObject({ run: z.string().max(80), step: z.int().min(0), until: instantSchema, because: z.string().max(40), since: instantSchema }).optional(),
  /** Whether the run is one that is only followed; by the run. */
  arms: z.record(z.string().max(80), z.enum(['treated', 'control'])).optional(),
  /** Read off the log when it was last written, so that counters and lists need no definition. */
  runs: z
    .array(
      z.strictObject({
        run: z.string().max(80),
        at: instantSchema,
        version: z.int().min(1),
        end: z.strictObject({ how: z.enum(['success', 'exit', 'lapsed']), at: instantSchema }).optional(),
      }),
    )
    .max(HEARD_MAX),
  dueAt: instantSchema.optional(),
});
export type Instance = z.infer<typeof instanceSchema>;

/** As long as what it was made from. */
export function instanceKeptUntil({ log }: Instance): Instant | undefined {
  const last = log
    .map(({ at }) => at)
    .sort()
    .at(-1);
  return last === undefined ? undefined : addDuration(last, duration(keptDays.contract, 'days'));
}

/** What belongs to no key stands here, so that a beginning that comes late finds it. */
export const EVERY_KEY = '*';
export const newInstance = (path: string, key: string, householdId: HouseholdId): Instance => ({ path, key, householdId, log: [], acts: [], runs: [] });

export const currentRun = (instance: Instance, paths: Definitions, now: Instant): Run | undefined => runsOf(paths, instance.log, now).at(-1);
const pathOf = (paths: Definitions, run: Run): Path | undefined => definitionOf({ ...paths, path: '', on: true }, run.begun.version);

/** Where the last run stands; absent where there is none. */
export function standsAt(instance: Instance, paths: Definitions, now: Instant): { readonly run: Run; readonly path: Path; readonly next: Next } | undefined {
  const run = currentRun(instance, paths, now);
  const path = run === undefined ? undefined : pathOf(paths, run);
  if (run === undefined || path === undefined) return undefined;
  const put = instance.put?.run === run.begun.momentId ? instance.put : undefined;
  return { run, path, next: nextOf(path, run, instance.acts, put, now) };
}

/** When it has to be looked at again, and how its runs stand. */
function asOf(instance: Instance, paths: Definitions, now: Instant): Instance {
  const { dueAt: _, ...before } = instance;
  const runs = runsOf(paths, instance.log, now).map(({ begun, end }) => ({
    ...{ run: begun.momentId, at: begun.at, version: begun.version },
    ...(end !== undefined && { end: { how: end.how, at: end.at } }),
  }));
  const rest = { ...before, runs };
  const stands = standsAt(rest, paths, now);
  if (stands === undefined || stands.run.end !== undefined) return rest;
  // What is over by time alone has to be counted as over, too.
  const lapses = lapsesAt(paths, stands.run);
  const { next } = stands;
  return { ...rest, dueAt: next.kind === 'nothing' ? lapses : earliest(next.kind === 'wait' ? next.dueAt : next.at, lapses) };
}

const bounded = (log: readonly Heard[]): Heard[] => inOrder(log).slice(-HEARD_MAX);

/**
 * Notes moments, whatever they are and however often they come. @param every what was noted for every key, so that a beginning that comes late finds it
 * @param isOn whether the path begins new runs; those that have begun go on in any case
 */
export function hear(before: Instance, paths: Definitions, came: readonly Heard[], isOn: boolean, now: Instant): Outcome<Instance, never> {
  const known = new Set(before.log.map(({ momentId }) => momentId));
  const fresh = came
    .filter(({ momentId }) => !known.has(momentId))
    .map((heard) => (isOn ? heard : { ...heard, roles: heard.roles.filter((role) => role !== 'trigger') }))
    .filter(({ roles }) => roles.length > 0);
  if (fresh.length === 0) return ignored('heard-already');
  return { kind: 'changed', state: asOf({ ...before, log: bounded([...before.log, ...fresh]) }, paths, now), events: [] };
}

/** What a moment says to a path: to which key, and as what; undefined where it says nothing. */
export function heardBy(paths: Definitions, moment: Moment): { readonly heard: Heard; readonly anywhere: boolean } | undefined {
  const path = definitionOf({ ...paths, path: '', on: true });
  if (path === undefined) return undefined;
  const { roles, anywhere } = rolesOf(path, moment);
  return roles.length === 0 ? undefined : { heard: heardOf(moment, roles, paths.version), anywhere };
}

/** Notes what was done at a step; a second time changes nothing. */
export function noteAct(before: Instance, paths: Definitions, act: Act, now: Instant): Outcome<Instance, never> {
  if (before.acts.some(({ run, step }) => run === act.run && step === act.step)) return ignored('done-already');
  const { put, ...rest } = before;
  const kept = put === undefined || (put.run === act.run && put.step === act.step) ? {} : { put };
  return { kind: 'changed', state: asOf({ ...rest, ...kept, acts: [...before.acts, act].slice(-ACTS_MAX) }, paths, now), events: [] };
}

/** The gate says later. */
export function putOff(before: Instance, paths: Definitions, put: Omit<NonNullable<Instance['put']>, 'since'>, now: Instant): Outcome<Instance, never> {
  const isSame = before.put?.run === put.run && before.put.step === put.step;
  const since = isSame && before.put !== undefined ? before.put.since : now;
  return { kind: 'changed', state: asOf({ ...before, put: { ...put, since } }, paths, now), events: [] };
}

export const withArm = (before: Instance, run: string, arm: 'treated' | 'control'): Instance => ({ ...before, arms: { ...before.arms, [run]: arm } });

/** After a look at the time that changed nothing else. */
export function lookedAt(before: Instance, paths: Definitions, now: Instant): Outcome<Instance, never> {
  const after = asOf(before, paths, now);
  return canonicalJson(after) === canonicalJson(before) ? ignored('as-it-stands') : { kind: 'changed', state: after, events: [] };
}
