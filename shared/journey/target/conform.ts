/** How a journey went against how it should have gone: fitness, when each step was, and every deviation with what it costs. */
import { z } from 'zod';
import { addDuration, duration, durationBetween, instantSchema, type Instant } from '../../values.ts';
import type { Summary } from '../fold/summary.ts';
import { initiatorSchema } from '../words.ts';
import { align, mayEnd, nextOf, type Alignment, type Move } from './align.ts';
import { deviationKindSchema, matches, type Cost, type DeviationKind, type Happened, type TargetModel } from './model.ts';

const id = z.string().max(40);
export const deviationSchema = z.strictObject({
  ...{ kind: deviationKindSchema, step: id },
  at: instantSchema.optional(),
  /** Of somebody's work. */
  minutes: z.int().min(0),
  costMinor: z.int().min(0),
  /** Beyond what is allowed; only of what is late. */
  lateMinutes: z.int().min(1).optional(),
});
export type Deviation = z.infer<typeof deviationSchema>;

export const conformanceSchema = z.strictObject({
  model: id,
  state: z.enum(['open', 'succeeded', 'failed']),
  startedAt: instantSchema,
  /** When it succeeded or failed. */
  endedAt: instantSchema.optional(),
  /** 0–1; 1 for a run that follows the model, in time. */
  fitness: z.number().min(0).max(1),
  steps: z.array(z.strictObject({ step: id, at: instantSchema })).max(200),
  deviations: z.array(deviationSchema).max(400),
});
export type Conformance = z.infer<typeof conformanceSchema>;

/** A late step is half as bad as one that is missing: it came. */
const LATE = 0.5;
const minutesBetween = (from: Instant, to: Instant): number => Math.floor(durationBetween(from, to) / 60_000);
const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;

/** As far as it has come: what both the verdict and the next look at it are made of. */
function runOf(model: TargetModel, happened: readonly Happened[], now: Instant) {
  const seen = happened.filter(({ at }) => at <= now);
  const startedAt = seen
    .filter((one) => matches(one, model.begins))
    .map(({ at }) => at)
    .sort()
    .at(0);
  if (startedAt === undefined) return undefined;
  const log = logOf(model, seen);
  const end = endOf(model, seen, startedAt, now);
  const isOver = end.state === 'succeeded' || end.byTime === true;
  const alignment = align(
    model.flow,
    log.map(({ steps }) => steps),
    isOver,
  );
  return { startedAt, log, end, isOver, alignment, timed: timesOf(model, alignment, log, startedAt) };
}

/** Undefined where the model is not about these. Neither the order in which they are given matters, nor, of one moment, the order of those in it. */
export function conform(model: TargetModel, happened: readonly Happened[], now: Instant): Conformance | undefined {
  const run = runOf(model, happened, now);
  if (run === undefined) return undefined;
  const { startedAt, log, end, isOver, alignment, timed } = run;
  const overdue = end.state === 'open' ? overdueOf(model, alignment, timed.at, startedAt, now) : [];
  const deviations = [...movedOf(model, alignment.moves, log), ...timed.late, ...overdue];
  const worst = log.length + (isOver ? align(model.flow, [], true).cost : 0);
  const wrong = alignment.cost + LATE * (timed.late.length + overdue.length);
  return {
    ...{ model: model.model, state: end.state, startedAt },
    ...(end.at !== undefined && { endedAt: end.at }),
    fitness: worst === 0 ? (wrong === 0 ? 1 : 0) : rounded(Math.max(0, 1 - wrong / worst)),
    steps: alignment.moves.flatMap((move) => (move.move === 'both' ? [{ step: move.step, at: loggedIn(log, move.index).at }] : [])),
    deviations,
  };
}

const DAY_MINUTES = 1_440;
const after = (at: Instant, minutes: number): Instant => addDuration(at, duration(minutes * 60, 'seconds'));

/**
 * When it will look different although nothing more happens: what should come next is late, or the whole has come to nothing. What is late
 * already is looked at again after as long again, but a day at least, so that it is known how late within a factor of two. Undefined: never.
 */
export function nextLookOf(model: TargetModel, happened: readonly Happened[], now: Instant): Instant | undefined {
  const run = runOf(model, happened, now);
  if (run === undefined || run.end.state !== 'open') return undefined;
  const { alignment, timed, startedAt, end } = run;
  const due = dueOf(model, alignment, timed.at, startedAt);
  const late = due === undefined ? 0 : minutesBetween(due.by, now);
  const overdueAt = due && after(due.by, late <= 0 ? 1 : Math.max(DAY_MINUTES, 2 * late));
  const looks = [overdueAt, end.overAt && after(end.overAt, 1)].filter((at) => at !== undefined && at > now);
  return looks.sort().at(0);
}

interface Logged {
  readonly at: Instant;
  readonly steps: readonly string[];
  /** Set for what should not be in it at all. */
  readonly unexpected?: { readonly step: string; readonly cost: Cost };
}

/** In the order of time; what happened in one moment in the order in which the model names it. */
function logOf(model: TargetModel, happened: readonly Happened[]): Logged[] {
  const log = happened
    .flatMap((one): (Logged & { place: number })[] => {
      const steps = model.steps.filter(({ match }) => matches(one, match)).map(({ step }) => step);
      const unexpected = steps.length > 0 ? undefined : model.unexpected.find(({ match }) => matches(one, match));
      if (steps.length === 0 && unexpected === undefined) return [];
      const place = steps.length === 0 ? model.steps.length : model.steps.findIndex(({ step }) => step === steps[0]);
      return [{ at: one.at, steps, place, ...(unexpected && { unexpected: { step: unexpected.step, cost: unexpected.cost } }) }];
    })
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.place - b.place || ((a.unexpected?.step ?? '') < (b.unexpected?.step ?? '') ? -1 : 1)));
  if (model.of === 'process') return log;
  // Of a whole life each step is there once: when it was for the first time, by whatever touchpoint.
  const first = new Map<string, Logged>();
  for (const one of log) {
    const name = one.unexpected?.step ?? one.steps.join(' ');
    if (!first.has(name)) first.set(name, one);
  }
  return [...first.values()];
}

/** What really happened, in the order of time, as far as the model names it: for “as is” over “to be”. */
export const asHappened = (model: TargetModel, happened: readonly Happened[]): { readonly step: string; readonly at: Instant }[] =>
  logOf(model, happened).map(({ at, steps, unexpected }) => ({ at, step: unexpected?.step ?? String(steps[0]) }));

const loggedIn = (log: readonly Logged[], index: number): Logged => {
  const logged = log[index];
  if (logged === undefined) throw new Error('a move names what happened');
  return logged;
};

interface End {
  readonly state: Conformance['state'];
  readonly at?: Instant;
  readonly byTime?: boolean;
  /** Of an open one: when it comes to nothing by itself. */
  readonly overAt?: Instant;
}
function endOf(model: TargetModel, happened: readonly Happened[], startedAt: Instant, now: Instant): End {
  const { reopens = [] } = model;
  const success = model.steps.find(({ step }) => step === model.succeeds)?.match ?? [];
  const last = (found: (one: Happened) => boolean): Instant | undefined =>
    happened
      .filter(found)
      .map(({ at }) => at)
      .sort()
      .at(-1);
  const succeededAt = last((one) => matches(one, success));
  const failedAt = last((one) => matches(one, model.fails));
  const reopenedAt = last((one) => matches(one, reopens));
  const ended = [succeededAt, failedAt]
    .filter((at) => at !== undefined)
    .sort()
    .at(-1);
  if (ended !== undefined && (reopenedAt === undefined || reopenedAt < ended)) return { state: ended === succeededAt ? 'succeeded' : 'failed', at: ended };
  if (model.failsAfterMinutes === undefined) return { state: 'open' };
  const over = addDuration(reopenedAt ?? startedAt, duration(model.failsAfterMinutes * 60, 'seconds'));
  return over < now ? { state: 'failed', at: over, byTime: true } : { state: 'open', overAt: over };
}

const costOf = (model: TargetModel, step: string, kind: DeviationKind): Cost =>
  model.steps.find((one) => one.step === step)?.costs?.[kind] ?? model.costs[kind] ?? { minutes: 0, costMinor: 0 };

/** What is both missing and there at another place came out of order: one deviation, not two. */
function movedOf(model: TargetModel, moves: readonly Move[], log: readonly Logged[]): Deviation[] {
  const missing = moves.flatMap((move) => (move.move === 'model' ? [move.step] : []));
  const done = new Set(moves.flatMap((move) => (move.move === 'both' ? [move.step] : [])));
  const found: Deviation[] = [];
  for (const move of moves) {
    if (move.move !== 'log') continue;
    const { at, steps, unexpected } = loggedIn(log, move.index);
    if (unexpected !== undefined) {
      found.push({ kind: 'unexpected', step: unexpected.step, at, ...unexpected.cost });
      continue;
    }
    const moved = missing.find((step) => steps.includes(step));
    if (moved !== undefined) missing.splice(missing.indexOf(moved), 1);
    const again = steps.find((one) => done.has(one));
    const step = moved ?? again ?? String(steps[0]);
    const kind: DeviationKind = moved !== undefined ? 'out-of-order' : again !== undefined ? 'repeated' : 'unexpected';
    found.push({ kind, step, at, ...costOf(model, step, kind) });
  }
  return [...found, ...missing.map((step) => ({ kind: 'missing' as const, step, ...costOf(model, step, 'missing') }))];
}

/** When each step was, and which came too late. */
function timesOf(model: TargetModel, { moves }: Alignment, log: readonly Logged[], startedAt: Instant) {
  const at = new Map<string, Instant>();
  const late: Deviation[] = [];
  let before = startedAt;
  for (const move of moves) {
    if (move.move !== 'both') continue;
    const when = loggedIn(log, move.index).at;
    const within = model.steps.find(({ step }) => step === move.step)?.within;
    // The first of several of one step is what was waited for.
    if (within !== undefined && !at.has(move.step)) {
      const from = within.after === undefined ? before : at.get(within.after);
      const lateMinutes = from === undefined ? 0 : minutesBetween(from, when) - within.minutes;
      if (lateMinutes > 0) late.push({ kind: 'late', step: move.step, at: when, ...costOf(model, move.step, 'late'), lateMinutes });
    }
    at.set(move.step, when);
    before = when;
  }
  return { at, late };
}

/** What should come next, and by when. Where several with a time of their own may come next, it is late only when all of them are. */
function dueOf(
  model: TargetModel,
  { rest }: Alignment,
  at: ReadonlyMap<string, Instant>,
  startedAt: Instant,
): { readonly step: string; readonly by: Instant } | undefined {
  if (mayEnd(rest)) return undefined;
  const last = [...at.values()].sort().at(-1) ?? startedAt;
  const due = nextOf(rest).flatMap(({ step }) => {
    const within = model.steps.find((one) => one.step === step)?.within;
    const from = within?.after === undefined ? last : at.get(within.after);
    return within === undefined || from === undefined ? [] : [{ step, by: after(from, within.minutes) }];
  });
  return due.sort((a, b) => (a.by > b.by ? -1 : a.by < b.by ? 1 : a.step < b.step ? -1 : 1)).at(0);
}

/** Of an open one: what should be there by now. */
function overdueOf(model: TargetModel, alignment: Alignment, at: ReadonlyMap<string, Instant>, startedAt: Instant, now: Instant): Deviation[] {
  const due = dueOf(model, alignment, at, startedAt);
  const lateMinutes = due === undefined ? 0 : minutesBetween(due.by, now);
  if (due === undefined || lateMinutes <= 0) return [];
  return [{ kind: 'late', step: due.step, ...costOf(model, due.step, 'late'), lateMinutes }];
}

/** Of a household's whole life a summary keeps when each kind of touchpoint was for the first time: enough for how it began. */
export const firstsOf = ({ first }: Summary): Happened[] =>
  Object.entries(first).flatMap(([name, at]) => {
    const cut = name.lastIndexOf('@');
    const initiator = initiatorSchema.safeParse(name.slice(cut + 1));
    return initiator.success ? [{ at, type: name.slice(0, cut), initiator: initiator.data }] : [];
  });
