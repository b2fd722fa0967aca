/** In which phases of its journey a household is: explainable projections of what happened, several at once, never a field that somebody sets. */
import { z } from 'zod';
import { instantSchema, type Instant } from '../../values.ts';
import { countNamed, lastMoments, lastOfAll, linesOf, WHOLE } from '../fold/count.ts';
import { addRows, type Row, type Summary } from '../fold/summary.ts';
import { dayOf } from '../fold/trace.ts';
import { windowEnding } from '../fold/window.ts';
import { reasonSchema, type Figures } from '../reason.ts';
import { phaseSchema, type Phase } from '../words.ts';
import { crossSelling, phaseRules, quiet, resting, restingDays, type PhaseRule } from './phase-rules.ts';
import { countSome, sinceOf } from './since.ts';

export const phaseNoteSchema = z.strictObject({
  phase: phaseSchema,
  /** A product line, or `-` for the household as a whole. */
  line: z.string().min(1).max(40),
  /** By the touchpoints' own times: to the day within the last five weeks, before that the beginning of a month. */
  since: instantSchema,
  reason: reasonSchema,
});
export type PhaseNote = z.infer<typeof phaseNoteSchema>;

type Counted = Pick<PhaseRule, 'some' | 'campaigns' | 'both' | 'minus' | 'none' | 'least' | 'most'>;

/** How far a rule has come in a row, or undefined where it does not hold. */
export function holds(rule: Counted, row: Row, line: string): number | undefined {
  const some = countSome(rule, row, line);
  const counted = rule.both === undefined ? some : Math.min(some, countNamed(row, rule.both, line));
  const left = counted - (rule.minus === undefined ? 0 : countNamed(row, rule.minus, line));
  if (left < rule.least || left > (rule.most ?? Infinity)) return undefined;
  return rule.none !== undefined && countNamed(row, rule.none, line) > 0 ? undefined : left;
}

const figures = (found: number, least: number, days: number | undefined): Figures => ({ found, least, ...(days !== undefined && { days }) });

/** Every phase of every product line and of the household as a whole, in the order of the loop. Duplicates and the order of touchpoints change nothing. */
export function phasesOf(summary: Summary, now: Instant): PhaseNote[] {
  const inWindow = (days: number | undefined): Row => windowEnding(summary, dayOf(now), days);
  const notes = [WHOLE, ...linesOf(summary)].flatMap((line) => ofLine(summary, line, inWindow, now));
  const all = [...notes, ...crossSellingOf(summary, notes, inWindow, now)];
  if (all.length > 0) return inLoop(all);
  return betweenPhases(summary, now);
}

/** Nothing goes on, and something did: the loop has no end. */
function betweenPhases(summary: Summary, now: Instant): PhaseNote[] {
  const last = lastOfAll(summary);
  if (last === undefined || last > now) return [];
  const daysSince = (at: Instant): number => Math.floor((Date.parse(now) - Date.parse(at)) / 86_400_000);
  const delivered = lastMoments(summary, ['order.delivered']).at(-1);
  const note = (kind: typeof resting | typeof quiet, since: Instant): PhaseNote[] => [
    { phase: kind.phase, line: WHOLE, since, reason: { code: kind.code, figures: { days: daysSince(since) } } },
  ];
  return delivered !== undefined && daysSince(delivered) <= restingDays ? note(resting, delivered) : note(quiet, last);
}

const inLoop = (notes: readonly PhaseNote[]): PhaseNote[] =>
  [...notes].sort((a, b) => (a.line === b.line ? phaseSchema.options.indexOf(a.phase) - phaseSchema.options.indexOf(b.phase) : a.line < b.line ? -1 : 1));

function ofLine(summary: Summary, line: string, inWindow: (days: number | undefined) => Row, now: Instant): PhaseNote[] {
  const notes = new Map<Phase, PhaseNote>();
  for (const rule of phaseRules) {
    if (rule.of === (line === WHOLE ? 'line' : 'household')) continue;
    if (rule.within !== undefined && !notes.has(rule.within)) continue;
    const found = holds(rule, inWindow(rule.days), line);
    if (found === undefined) continue;
    const since = sinceOf(summary, rule, line, now);
    const known = notes.get(rule.phase);
    if (known === undefined)
      notes.set(rule.phase, { phase: rule.phase, line, since, reason: { code: rule.code, figures: figures(found, rule.least, rule.days) } });
    else if (since < known.since) notes.set(rule.phase, { ...known, since });
  }
  return [...notes.values()];
}

/** Who is loyal in one line and needs something of another. */
function crossSellingOf(summary: Summary, notes: readonly PhaseNote[], inWindow: (days: number | undefined) => Row, now: Instant): PhaseNote[] {
  const { code, days, some, none, least } = crossSelling;
  return linesOf(summary).flatMap((line) => {
    const owned = notes.find((note) => note.phase === 'loyalty' && note.line !== WHOLE && note.line !== line);
    const found = holds({ some, least }, inWindow(days), line);
    if (owned === undefined || found === undefined || countNamed(inWindow(undefined), none, line) > 0) return [];
    const shown = sinceOf(summary, { days, some, least }, line, now);
    const since = shown > owned.since ? shown : owned.since;
    return [{ phase: 'cross-selling' as const, line, since, reason: { code, figures: { ...figures(found, least, days), owned: owned.line } } }];
  });
}

/** Of one month: in which phases a household was at some time of it. What took it out again within the month (`minus`, `none`) does not undo it. */
export interface PhaseMonth {
  /** `YYYY-MM` */
  readonly month: string;
  readonly phases: readonly { readonly phase: Phase; readonly line: string; readonly code: string; readonly found: number }[];
}

/** The newest month last; months without a touchpoint are left out. */
export function phaseHistory(summary: Summary): PhaseMonth[] {
  const months = Object.entries(summary.months).sort(([a], [b]) => (a < b ? -1 : 1));
  return months.map(([month, row], index) => {
    const soFar = months.slice(0, index + 1).map(([, one]) => one);
    const lines = [WHOLE, ...Object.keys(row.types).filter((line) => line !== WHOLE)].sort();
    return { month, phases: lines.flatMap((line) => monthOfLine(row, soFar, line)) };
  });
}

function monthOfLine(row: Row, soFar: readonly Row[], line: string): PhaseMonth['phases'] {
  const seen = new Map<Phase, PhaseMonth['phases'][number]>();
  for (const rule of phaseRules) {
    if (rule.of === (line === WHOLE ? 'line' : 'household') || seen.has(rule.phase)) continue;
    if (rule.within !== undefined && !seen.has(rule.within)) continue;
    // What is asked of the whole past is asked of the past of that month.
    const isOfAllTime = rule.days === undefined && rule.minus === undefined;
    const found = isOfAllTime ? holds(rule, addRows(soFar), line) : holds({ ...onlyCounted(rule) }, row, line);
    if (found !== undefined) seen.set(rule.phase, { phase: rule.phase, line, code: rule.code, found });
  }
  return [...seen.values()].sort((a, b) => phaseSchema.options.indexOf(a.phase) - phaseSchema.options.indexOf(b.phase));
}
const onlyCounted = ({ some, campaigns, both, least }: PhaseRule): Counted => ({
  some,
  least,
  ...(campaigns && { campaigns }),
  ...(both !== undefined && { both }),
});
