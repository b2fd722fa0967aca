/**
 * The interpreter. What a key of a path has heard stands in a log by the moments' own ids and times; runs are read off it in the order of their own
 * time. So it does not matter in which order, how late or how often anything arrives: the same moments make the same runs, and a success or an exit
 * that came before the beginning was known is simply there when the beginning comes. What the path did is in the log too, for that cannot be undone.
 */
import { z } from 'zod';
import { addDuration, duration, durationBetween, instantOf, instantSchema, latest, millisOf, type Duration, type Instant } from '../../values.ts';
import { isNamed } from '../fold/count.ts';
import type { Fact, Moment } from './moment.ts';
import { definitionOf, type LeafStep, type Listen, type Path, type Step, type StoredPath, type Wait } from './path.ts';

export const roleSchema = z.enum(['trigger', 'success', 'exit']);
export type Role = z.infer<typeof roleSchema>;
const deadlinesSchema = z.record(z.string().max(20), instantSchema);
export const heardSchema = z.strictObject({
  momentId: z.string().max(80),
  at: instantSchema,
  name: z.string().max(120),
  roles: z.array(roleSchema).min(1).max(3),
  /** Of the path, when it was heard. */
  version: z.int().min(1),
  /** Of a trigger: what waits may be reckoned from. */
  deadlines: deadlinesSchema.optional(),
  orderId: z.string().max(80).optional(),
  supplyId: z.string().max(80).optional(),
  caseId: z.string().max(80).optional(),
  /** The story that it belongs to. */
  need: z.string().max(80).optional(),
});
export type Heard = z.infer<typeof heardSchema>;

/** What was done, or decided, at a step of a run. */
export const actSchema = z.strictObject({
  /** The moment that began the run. */
  run: z.string().max(80),
  step: z.int().min(0).max(200),
  at: instantSchema,
  did: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('sent'), channel: z.string().max(20), reachId: z.string().max(60).optional() }),
    z.strictObject({ kind: z.literal('held'), because: z.string().max(40) }),
    /** The household belongs to those who are only followed. */
    z.strictObject({ kind: z.literal('control') }),
    z.strictObject({ kind: z.literal('asked'), holds: z.boolean() }),
    z.strictObject({ kind: z.literal('task') }),
    z.strictObject({ kind: z.literal('recommended') }),
  ]),
});
export type Act = z.infer<typeof actSchema>;

const matches = ({ on, where = {} }: Listen, { name, facts }: Pick<Moment, 'name' | 'facts'>): boolean =>
  isNamed(name, on) && Object.entries(where).every(([fact, wanted]) => facts[fact] === wanted);

/** What a moment is to a path; `anywhere`: for whatever key. */
export function rolesOf(path: Path, moment: Moment): { readonly roles: Role[]; readonly anywhere: boolean } {
  const succeeds = path.success.filter((end) => matches(end, moment));
  const exits = path.exits.filter((end) => matches(end, moment));
  return {
    roles: [
      ...(matches(path.trigger, moment) ? (['trigger'] as const) : []),
      ...(succeeds.length > 0 ? (['success'] as const) : []),
      ...(exits.length > 0 ? (['exit'] as const) : []),
    ],
    anywhere: [...succeeds, ...exits].some((end) => end.anywhere === true),
  };
}

const instantIn = (fact: Fact | undefined): Instant | undefined => instantSchema.safeParse(fact).data;
export function heardOf({ momentId, at, name, facts, orderId, supplyId, caseId }: Moment, roles: Role[], version: number): Heard {
  const deadlines = Object.fromEntries(
    ['expiresAt', 'runsOutAt', 'promisedAt'].flatMap((what) => {
      const found = instantIn(facts[what]);
      return found === undefined ? [] : [[what, found] as const];
    }),
  );
  const isTrigger = roles.includes('trigger');
  const need = facts['need'];
  return {
    ...{ momentId, at, name, roles, version },
    ...(isTrigger && Object.keys(deadlines).length > 0 && { deadlines }),
    ...(isTrigger && {
      ...(orderId && { orderId }),
      ...(supplyId && { supplyId }),
      ...(caseId && { caseId }),
      ...(typeof need === 'string' && { need: need.slice(0, 80) }),
    }),
  };
}

export type End = { readonly how: 'success' | 'exit'; readonly at: Instant; readonly name: string } | { readonly how: 'lapsed'; readonly at: Instant };
export interface Run {
  readonly begun: Heard;
  /** The last moment that could have begun it. */
  readonly lastAt: Instant;
  /** Absent: it goes on. */
  readonly end?: End;
}

/** Of one moment: what begins comes before what ends, and a success before an exit. */
const rank = ({ roles }: Heard): number => (roles.includes('trigger') ? 0 : roles.includes('success') ? 1 : 2);
export const inOrder = (log: readonly Heard[]): Heard[] =>
  [...log].sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)) || rank(a) - rank(b) || (a.momentId < b.momentId ? -1 : Number(a.momentId > b.momentId)));

export type Definitions = Pick<StoredPath, 'version' | 'versions'>;
const definition = (paths: Definitions, version: number): Path | undefined => definitionOf({ ...paths, path: '', on: true }, version);

/** In the order of time; only the last may still go on. */
export function runsOf(paths: Definitions, log: readonly Heard[], now: Instant): Run[] {
  const runs: Run[] = [];
  let open: Run | undefined;
  let counted: Heard[] = [];
  const close = (end: End): void => {
    if (open !== undefined) runs.push({ ...open, end });
    open = undefined;
    counted = [];
  };
  for (const heard of inOrder(log)) {
    open = lapsed(paths, open, heard.at, close) ? undefined : open;
    if (open === undefined && heard.roles.includes('trigger')) {
      counted = [...counted, heard];
      if (begins(paths, runs.at(-1), heard, counted)) open = { begun: heard, lastAt: heard.at };
      continue;
    }
    if (open === undefined) continue;
    if (heard.roles.includes('success')) close({ how: 'success', at: heard.at, name: heard.name });
    else if (heard.roles.includes('exit')) close({ how: 'exit', at: heard.at, name: heard.name });
    else open = { ...open, lastAt: heard.at };
  }
  if (open !== undefined && !lapsed(paths, open, now, close)) runs.push(open);
  return runs;
}

function lapsed(paths: Definitions, open: Run | undefined, at: Instant, close: (end: End) => void): boolean {
  if (open === undefined) return false;
  const ends = lapsesAt(paths, open);
  if (at < ends) return false;
  close({ how: 'lapsed', at: ends });
  return true;
}

export const lapsesAt = (paths: Definitions, { begun }: Pick<Run, 'begun'>): Instant =>
  addDuration(begun.at, duration(definition(paths, begun.version)?.lapsesAfterDays ?? 1, 'days'));

function begins(paths: Definitions, before: Run | undefined, heard: Heard, counted: readonly Heard[]): boolean {
  const path = definition(paths, heard.version);
  if (path === undefined) return false;
  const { times } = path.trigger;
  if (times !== undefined) {
    const since = addDuration(heard.at, duration(-times.withinDays, 'days'));
    if (counted.filter(({ at }) => at > since).length < times.count) return false;
  }
  if (before === undefined) return true;
  return path.reentry !== 'never' && heard.at >= addDuration(before.begun.at, duration(path.reentry.afterDays, 'days'));
}

/** A path's steps one after the other, with where a branch goes on. */
export type Instruction =
  | LeafStep
  | { readonly step: 'branch'; readonly if: Extract<Step, { step: 'branch' }>['if']; readonly otherwise: number }
  | { readonly step: 'jump'; readonly to: number };

export function compile({ trigger, steps }: Pick<Path, 'trigger' | 'steps'>): Instruction[] {
  const program: Instruction[] = [];
  const add = (list: readonly Step[]): void => {
    for (const step of list) {
      if (step.step !== 'branch') {
        program.push(step);
        continue;
      }
      const branch = program.push({ step: 'branch', if: step.if, otherwise: 0 }) - 1;
      add(step.then);
      const jump = program.push({ step: 'jump', to: 0 }) - 1;
      program[branch] = { step: 'branch', if: step.if, otherwise: program.length };
      add(step.otherwise);
      program[jump] = { step: 'jump', to: program.length };
    }
  };
  if (trigger.given === undefined) add(steps);
  else add([{ step: 'branch', if: trigger.given, then: [...steps], otherwise: [] }]);
  return program;
}

/** What a run does next: nothing any more, something at a moment, which may have come. */
export type Next =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'wait'; readonly dueAt: Instant; readonly step: number }
  | { readonly kind: 'act'; readonly at: Instant; readonly step: number; readonly instruction: Exclude<Instruction, { step: 'wait' | 'jump' }> };

/** @param put the step that the gate has put off, and until when */
export function nextOf(path: Path, run: Run, acts: readonly Act[], put: { readonly step: number; readonly until: Instant } | undefined, now: Instant): Next {
  if (run.end !== undefined) return { kind: 'nothing' };
  const program = compile(path);
  let at = path.trigger.restarts ? run.lastAt : run.begun.at;
  for (let step = 0; step < program.length;) {
    const instruction = program[step];
    if (instruction === undefined) return { kind: 'nothing' };
    if (instruction.step === 'jump') {
      step = instruction.to;
      continue;
    }
    if (instruction.step === 'wait') {
      at = latest(at, endOfWait(instruction, run.begun, at));
      if (now < at) return { kind: 'wait', dueAt: at, step };
      step += 1;
      continue;
    }
    const act = acts.find((one) => one.run === run.begun.momentId && one.step === step);
    if (act === undefined) {
      const due = put?.step === step ? latest(at, put.until) : at;
      return now < due ? { kind: 'wait', dueAt: due, step } : { kind: 'act', at: due, step, instruction };
    }
    at = latest(at, act.at);
    step = instruction.step === 'branch' && act.did.kind === 'asked' && !act.did.holds ? instruction.otherwise : step + 1;
  }
  return { kind: 'nothing' };
}

function endOfWait(wait: Wait, { at: begunAt, deadlines = {} }: Heard, from: Instant): Instant {
  if (wait.until === 'passed') return addDuration(from, minutesOf(wait.minutes));
  const found = wait.deadline.flatMap((what) => deadlines[what] ?? []).sort()[0];
  if (found === undefined) return addDuration(from, minutesOf(wait.otherwiseMinutes));
  if (wait.until === 'before-deadline') return addDuration(found, minutesOf(-wait.minutes));
  return instantOf(millisOf(begunAt) + Math.max(0, durationBetween(begunAt, found)) * wait.share);
}
const minutesOf = (minutes: number): Duration => duration(minutes, 'minutes');
