/**
 * NEXT-BEST: what was recommended to one household and what came of it, what would have been in the tenth that is left alone, and the choice of today with
 * its reasons. One item, so that at most one recommendation is open whoever decides at the same moment.
 */
import { z } from 'zod';
import { digest } from '../../digest.ts';
import type { DomainEvent } from '../../events.ts';
import {
  addDuration,
  duration,
  householdIdSchema,
  ignored,
  instantSchema,
  rejected,
  supplyIdSchema,
  type HouseholdId,
  type Instant,
  type Outcome,
} from '../../values.ts';
import { isNamed } from '../fold/count.ts';
import { nameOf } from '../fold/summary.ts';
import { inTime, type Traces } from '../fold/trace.ts';
import { keptDays } from '../retention.ts';
import type { Contribution } from '../tally/batch.ts';
import type { Choice } from './choose.ts';
import { learntName } from './learn.ts';

/** Two a week are allowed: more than two years of them are not needed to learn, nor to tell. */
const ENTRIES_MAX = 150;
const CATEGORIES_MAX = 20;
/** What comes later is hardly because of it. */
const WINDOW = duration(14, 'days');

const figures = z.record(z.string().max(40), z.union([z.number(), z.string().max(120)]));
export const actionEntrySchema = z.strictObject({
  actionId: z.string().regex(/^act_[0-9a-f]{32}$/),
  action: z.string().max(40),
  cell: z.string().max(20),
  /** `control`: the household is left alone, and this is only what would have been. */
  arm: z.enum(['treated', 'control']),
  at: instantSchema,
  figures,
  supplyId: supplyIdSchema.optional(),
  /** For both sides if it is taken up, minor units, as it was reckoned. */
  household: z.int(),
  company: z.int(),
  gain: z.int(),
  likely: z.number().min(0).max(1),
  success: z.array(z.string().max(80)).max(10),
  until: instantSchema,
  shownAt: instantSchema.optional(),
  /** Somebody at home first opened it. */
  tappedAt: instantSchema.optional(),
  channel: z.string().max(20).optional(),
  takenAt: instantSchema.optional(),
  /** It was looked at after its time was over; from then on it counts as passed where it was not taken. */
  closed: z.literal(true).optional(),
});
export type ActionEntry = z.infer<typeof actionEntrySchema>;

export const actionLogSchema = z.strictObject({
  householdId: householdIdSchema,
  /** Categories of what it has, for what others have who have the same; never of what says something about health, children or drink. */
  owns: z.array(z.string().max(40)).max(CATEGORIES_MAX),
  entries: z.array(actionEntrySchema).max(ENTRIES_MAX),
  /** The choice that was made last. */
  chosen: z
    .strictObject({
      at: instantSchema,
      actionId: z.string().max(40).optional(),
      rejected: z.array(z.strictObject({ action: z.string().max(40), because: z.string().max(40), gain: z.int().optional() })).max(60),
    })
    .optional(),
});
export type ActionLog = z.infer<typeof actionLogSchema>;
export const noActionsYet = (householdId: HouseholdId): ActionLog => ({ householdId, owns: [], entries: [] });

/** Nobody learns from a neighbour's cupboard what concerns health, children or drink. */
const PRIVATE_CATEGORIES: readonly string[] = ['medicine', 'baby care', 'beer', 'wine'];
export const tellableOf = (categories: readonly (string | undefined)[]): string[] =>
  [...new Set(categories.flatMap((one) => (one === undefined || PRIVATE_CATEGORIES.includes(one) ? [] : [one])))].sort().slice(0, CATEGORIES_MAX);

export const isOpen = ({ takenAt, closed }: ActionEntry): boolean => takenAt === undefined && closed === undefined;
export const outcomeOf = (entry: ActionEntry): 'open' | 'taken' | 'passed' =>
  entry.takenAt !== undefined ? 'taken' : entry.closed === true ? 'passed' : 'open';

/** Closes what is over. */
export function closeOver(log: ActionLog, now: Instant): ActionLog {
  const oldest = addDuration(now, duration(-keptDays.profiling, 'days'));
  const entries = log.entries
    .filter(({ at }) => at >= oldest)
    .map((entry): ActionEntry => (isOpen(entry) && entry.until <= now ? { ...entry, closed: true } : entry));
  return { ...log, entries };
}

export interface Chosen {
  readonly choice: Choice;
  readonly cell: string;
  readonly owns: readonly string[];
  readonly arm: ActionEntry['arm'];
}
/**
 * Notes the choice of a day. Judged where it is written, so that of two who choose at once the second meets the first's: at most one recommendation is
 * open, and at most one is made in a day, whoever makes it. The event is said only where something is to be done.
 */
export function noteChoice(before: ActionLog, { choice, cell, owns, arm }: Chosen, now: Instant): Outcome<ActionLog, DomainEvent<'action.recommended'>> {
  const { best } = choice;
  if (best !== undefined && isTakenUp(before, now)) return ignored('chosen-already');
  const rejected = choice.rejected.map(({ action, because, gain }) => ({ action, because, ...(gain !== undefined && { gain }) }));
  const log = { ...before, owns: [...owns] };
  if (best === undefined) return { kind: 'changed', state: { ...log, chosen: { at: now, rejected } }, events: [] };
  const actionId = `act_${digest([before.householdId, now.slice(0, 10), best.action])}`;
  const because = `worth about ${Math.round(best.gain)} cents to both sides together, more than any other`;
  const noted = withEntry(log, { best, cell, arm, actionId, because }, now);
  return { ...noted, state: { ...noted.state, chosen: { at: now, actionId, rejected } } };
}

export interface Asked {
  readonly best: NonNullable<Choice['best']>;
  readonly cell: string;
  readonly arm: ActionEntry['arm'];
  /** Of what asks for it, the same on every repeat. */
  readonly actionId: string;
  readonly because: string;
}
/** Notes what something else asks to recommend, such as a step of a conversion path, under the same limits as a choice. */
export function noteAsked(before: ActionLog, asked: Asked, now: Instant): Outcome<ActionLog, DomainEvent<'action.recommended'>> {
  if (before.entries.some(({ actionId }) => actionId === asked.actionId)) return ignored('noted');
  return isTakenUp(before, now) ? rejected('open-already') : withEntry(before, asked, now);
}

/** The day has its recommendation, or one before it is open still. */
const isTakenUp = ({ entries }: ActionLog, now: Instant): boolean => entries.some((entry) => isOpen(entry) || entry.at.slice(0, 10) === now.slice(0, 10));

function withEntry(log: ActionLog, { best, cell, arm, actionId, because }: Asked, now: Instant) {
  const { action, household, company, gain, likely, fit, candidate } = best;
  const entry: ActionEntry = {
    ...{ actionId, action, cell, arm, at: now, household, company, gain, likely },
    figures: Object.fromEntries(Object.entries(fit.figures)),
    ...(fit.supplyId !== undefined && { supplyId: fit.supplyId }),
    ...{ success: [...candidate.success], until: addDuration(now, WINDOW) },
  };
  const state: ActionLog = { ...log, entries: [...log.entries, entry].slice(-ENTRIES_MAX) };
  const events: DomainEvent<'action.recommended'>[] =
    arm === 'control' ? [] : [{ type: 'action.recommended', data: { householdId: log.householdId, action, actionId, because } }];
  return { kind: 'changed' as const, state, events };
}

/** It has reached the household. The first time counts. */
export function noteShown(log: ActionLog | undefined, actionId: string, channel: string, at: Instant): Outcome<ActionLog, never> {
  const entry = log?.entries.find((one) => one.actionId === actionId);
  if (log === undefined || entry === undefined) return ignored('not-recommended');
  if (entry.shownAt !== undefined && entry.shownAt <= at) return ignored('shown-already');
  return { kind: 'changed', state: { ...log, entries: log.entries.map((one) => (one === entry ? { ...one, shownAt: at, channel } : one)) }, events: [] };
}

/** Somebody at home has opened it. The first time counts, whatever is heard first. */
export function noteTapped(log: ActionLog | undefined, actionId: string, at: Instant): Outcome<ActionLog, never> {
  const entry = log?.entries.find((one) => one.actionId === actionId);
  if (log === undefined || entry === undefined) return ignored('not-recommended');
  if (entry.tappedAt !== undefined && entry.tappedAt <= at) return ignored('tapped-already');
  return { kind: 'changed', state: { ...log, entries: log.entries.map((one) => (one === entry ? { ...one, tappedAt: at } : one)) }, events: [] };
}

/** What was taken up by these touchpoints: the first within its time, in whatever order they come. Undefined where nothing has changed. */
export function withTaken(log: ActionLog, traces: Traces): ActionLog | undefined {
  const happened = inTime(traces);
  const entries = log.entries.map((entry): ActionEntry => {
    const first = happened.find((trace) => trace.at > entry.at && trace.at < entry.until && isNamed(nameOf(trace), entry.success));
    if (first === undefined || (entry.takenAt !== undefined && entry.takenAt <= first.at)) return entry;
    const { closed: _, ...rest } = entry;
    return { ...rest, takenAt: first.at };
  });
  return entries.every((entry, index) => entry === log.entries[index]) ? undefined : { ...log, entries };
}

/** By day of the recommendation for reports, and as it stands for what is learnt and for who has what. */
export function contributionOfActions({ entries, owns }: ActionLog): Contribution[] {
  const days = new Map<string, Record<string, number>>();
  const now: Record<string, number> = {};
  const add = (counters: Record<string, number>, name: string, value = 1): void => {
    if (value !== 0) counters[name] = (counters[name] ?? 0) + value;
  };
  for (const entry of entries) {
    const { action, cell, arm, at, takenAt, shownAt, tappedAt, closed, household, company } = entry;
    const day = days.get(at.slice(0, 10)) ?? {};
    days.set(at.slice(0, 10), day);
    const taken = takenAt !== undefined;
    // A recommendation that is still open is compared with none: in neither arm does it count yet.
    if (arm === 'treated') add(day, `act|${action}|recommended`);
    else add(day, `act|${action}|withheld`);
    if (arm === 'treated' && shownAt !== undefined) add(day, `act|${action}|shown`);
    if (arm === 'treated' && tappedAt !== undefined) add(day, `act|${action}|tapped`);
    if (taken || closed === true) add(day, `act|${action}|${arm}|over`);
    if (taken) add(day, `act|${action}|${arm}|taken`);
    if (taken && arm === 'treated') add(day, `act|${action}|minor`, household + company);
    if (arm === 'treated' && shownAt !== undefined && (taken || closed === true)) {
      add(now, learntName(action, cell, 'shown'));
      if (taken) add(now, learntName(action, cell, 'taken'));
    }
  }
  for (const [index, one] of owns.entries()) {
    add(now, `owns|${one}`);
    for (const other of owns.slice(index + 1)) add(now, `owns|${one}|${other}`);
  }
  if (owns.length > 0) add(now, 'owns');
  return [...[...days].map(([bucket, counters]) => ({ bucket, counters })), ...(Object.keys(now).length > 0 ? [{ bucket: 'now', counters: now }] : [])];
}
