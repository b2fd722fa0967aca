/**
 * Conditions over what is known of a household, as data. What is not known makes a condition neither true nor false (Kleene 1938): a household
 * whose mood nobody knows is not in a segment of the unhappy, and not in one of those who are not unhappy either.
 */
import { z } from 'zod';
import type { Instant } from '../../values.ts';
import { countNamed, lastMoments, firstMoments, WHOLE } from '../fold/count.ts';
import type { Row, Summary } from '../fold/summary.ts';
import { dayOf } from '../fold/trace.ts';
import { windowEnding } from '../fold/window.ts';
import type { PhaseNote } from '../phase/phases.ts';
import type { Reason } from '../reason.ts';
import { phaseSchema, productLineSchema } from '../words.ts';

const name = z.string().min(1).max(80);
const names = z.array(name).min(1).max(20);
const bounds = { atLeast: z.number().optional(), atMost: z.number().optional() };
const isBounded = (given: { atLeast?: number | undefined; atMost?: number | undefined }): boolean => given.atLeast !== undefined || given.atMost !== undefined;
const BOUND = 'expected atLeast or atMost';
/** Calendar days up to and with today; absent: everything that is kept, two years. */
const days = z.int().min(1).max(35).optional();

const leafSchema = z.union([
  /** How many touchpoints: our own events and those that others send, by `type` or `type@initiator`. */
  z.strictObject({ count: names, days, line: productLineSchema.optional(), ...bounds }).refine(isBounded, BOUND),
  /** Of those in `of`, the share that is in `share`, 0–1; unknown below `least` of them. */
  z.strictObject({ share: names, of: names, least: z.int().min(1).max(1_000), days, line: productLineSchema.optional(), ...bounds }).refine(isBounded, BOUND),
  /** Whole days since one of these was last, or first, seen; unknown when it never was. */
  z.strictObject({ daysSince: names, which: z.enum(['first', 'last']), ...bounds }).refine(isBounded, BOUND),
  z.strictObject({ campaign: name, days, ...bounds }).refine(isBounded, BOUND),
  /** Minor units of what was delivered. */
  z.strictObject({ spentMinor: z.literal('delivered'), days, line: productLineSchema.optional(), ...bounds }).refine(isBounded, BOUND),
  z.strictObject({ channel: name, days, ...bounds }).refine(isBounded, BOUND),
  /** Of the profile, by name; unknown when it is not there. */
  z.strictObject({
    field: name,
    is: z
      .array(z.union([z.string().max(80), z.boolean()]))
      .min(1)
      .max(50),
  }),
  z.strictObject({ figure: name, ...bounds }).refine(isBounded, BOUND),
  z.strictObject({ phase: phaseSchema, line: z.string().max(40).optional() }),
  z.strictObject({
    tier: z
      .array(z.enum(['none', 'silver', 'gold', 'platinum']))
      .min(1)
      .max(4),
  }),
  /** 0–1. */
  z.strictObject({ health: z.literal('score'), ...bounds }).refine(isBounded, BOUND),
  /** By its name, for example `leaves-within-28-days`. */
  z.strictObject({ prediction: name, ...bounds }).refine(isBounded, BOUND),
]);
export type Leaf = z.infer<typeof leafSchema>;
export type Condition = Leaf | { all: Condition[] } | { any: Condition[] } | { not: Condition };

const DEPTH_MAX = 6;
const LEAVES_MAX = 40;
const anyCondition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    leafSchema,
    z.strictObject({ all: z.array(anyCondition).min(1).max(20) }),
    z.strictObject({ any: z.array(anyCondition).min(1).max(20) }),
    z.strictObject({ not: anyCondition }),
  ]),
);
const parts = (condition: Condition): Condition[] =>
  'all' in condition ? condition.all : 'any' in condition ? condition.any : 'not' in condition ? [condition.not] : [];
const depthOf = (condition: Condition): number => 1 + Math.max(0, ...parts(condition).map(depthOf));
export const leavesOf = (condition: Condition): Leaf[] => (isLeaf(condition) ? [condition] : parts(condition).flatMap(leavesOf));
const isLeaf = (condition: Condition): condition is Leaf => !('all' in condition || 'any' in condition || 'not' in condition);

export const conditionSchema = anyCondition
  .refine((condition) => depthOf(condition) <= DEPTH_MAX, `expected at most ${DEPTH_MAX} levels`)
  .refine((condition) => leavesOf(condition).length <= LEAVES_MAX, `expected at most ${LEAVES_MAX} conditions`);

/** What is known of one household at one moment. */
export interface Known {
  readonly summary: Summary;
  readonly now: Instant;
  readonly phases: readonly PhaseNote[];
  /** `none` below the lowest; absent: unknown. */
  readonly tier?: string;
  /** 0–1; absent: unknown. */
  readonly health?: number;
  readonly fields: Readonly<Record<string, string | boolean>>;
  readonly figures: Readonly<Record<string, number>>;
  readonly predictions: Readonly<Record<string, number>>;
}

export interface Judged {
  /** Undefined: unknown. */
  readonly holds: boolean | undefined;
  /** Of the conditions that decided it. */
  readonly reasons: readonly Reason[];
}

export function judge(condition: Condition, known: Known): Judged {
  if ('not' in condition) {
    const { holds, reasons } = judge(condition.not, known);
    return { holds: holds === undefined ? undefined : !holds, reasons };
  }
  if ('all' in condition)
    return decidedBy(
      condition.all.map((part) => judge(part, known)),
      false,
    );
  if ('any' in condition)
    return decidedBy(
      condition.any.map((part) => judge(part, known)),
      true,
    );
  return judgeLeaf(condition, known);
}

/** One part that is `decisive` decides; otherwise one that is unknown leaves the whole unknown. */
function decidedBy(judged: readonly Judged[], decisive: boolean): Judged {
  const deciding = judged.filter(({ holds }) => holds === decisive);
  if (deciding.length > 0) return { holds: decisive, reasons: deciding.flatMap(({ reasons }) => reasons) };
  const unknown = judged.filter(({ holds }) => holds === undefined);
  if (unknown.length > 0) return { holds: undefined, reasons: unknown.flatMap(({ reasons }) => reasons) };
  return { holds: !decisive, reasons: judged.flatMap(({ reasons }) => reasons) };
}

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;
function within(
  code: string,
  found: number | undefined,
  given: { atLeast?: number | undefined; atMost?: number | undefined },
  what: string,
  more = {},
): Judged {
  const { atLeast, atMost } = given;
  const figures = { what, ...more, ...(atLeast !== undefined && { atLeast }), ...(atMost !== undefined && { atMost }) };
  if (found === undefined) return { holds: undefined, reasons: [{ code: `${code}-unknown`, figures }] };
  return { holds: found >= (atLeast ?? -Infinity) && found <= (atMost ?? Infinity), reasons: [{ code, figures: { found: rounded(found), ...figures } }] };
}

const rowIn = ({ summary, now }: Known, asked: number | undefined): Row => windowEnding(summary, dayOf(now), asked);
const windowOf = (asked: number | undefined) => (asked === undefined ? {} : { days: asked });
const label = (asked: readonly string[]): string => asked.join(', ').slice(0, 120);

function judgeLeaf(leaf: Leaf, known: Known): Judged {
  if ('count' in leaf)
    return within('count', countNamed(rowIn(known, leaf.days), leaf.count, leaf.line ?? WHOLE), leaf, label(leaf.count), windowOf(leaf.days));
  if ('share' in leaf) return judgeShare(leaf, known);
  if ('daysSince' in leaf) return judgeDaysSince(leaf, known);
  if ('campaign' in leaf) return within('campaign', rowIn(known, leaf.days).campaigns?.[leaf.campaign] ?? 0, leaf, leaf.campaign, windowOf(leaf.days));
  if ('channel' in leaf) return within('channel', rowIn(known, leaf.days).channels[leaf.channel] ?? 0, leaf, leaf.channel, windowOf(leaf.days));
  if ('spentMinor' in leaf) return within('spent', spentIn(rowIn(known, leaf.days), leaf.line), leaf, leaf.line ?? WHOLE, windowOf(leaf.days));
  if ('figure' in leaf) return within('figure', known.figures[leaf.figure], leaf, leaf.figure);
  if ('health' in leaf) return within('health', known.health, leaf, 'health');
  if ('prediction' in leaf) return within('prediction', known.predictions[leaf.prediction], leaf, leaf.prediction);
  return judgeWord(leaf, known);
}

function judgeShare(leaf: Extract<Leaf, { share: string[] }>, known: Known): Judged {
  const row = rowIn(known, leaf.days);
  const all = countNamed(row, leaf.of, leaf.line ?? WHOLE);
  const some = countNamed(row, leaf.share, leaf.line ?? WHOLE);
  return within('share', all < leaf.least ? undefined : some / all, leaf, label(leaf.share), { some, all, ...windowOf(leaf.days) });
}

function judgeDaysSince(leaf: Extract<Leaf, { daysSince: string[] }>, { summary, now }: Known): Judged {
  const at = leaf.which === 'first' ? firstMoments(summary, leaf.daysSince).at(0) : lastMoments(summary, leaf.daysSince).at(-1);
  const passed = at === undefined || at > now ? undefined : Math.floor((Date.parse(now) - Date.parse(at)) / 86_400_000);
  return within(`days-since-${leaf.which}`, passed, leaf, label(leaf.daysSince));
}

function judgeWord(leaf: Extract<Leaf, { field: string } | { phase: string } | { tier: string[] }>, known: Known): Judged {
  if ('phase' in leaf) {
    const note = known.phases.find(({ phase, line }) => phase === leaf.phase && (leaf.line === undefined || line === leaf.line));
    return { holds: note !== undefined, reasons: [{ code: 'phase', figures: { what: leaf.phase, ...(note && { line: note.line }) } }] };
  }
  const found = 'tier' in leaf ? known.tier : known.fields[leaf.field];
  const what = 'tier' in leaf ? 'tier' : leaf.field;
  if (found === undefined) return { holds: undefined, reasons: [{ code: 'word-unknown', figures: { what } }] };
  const wanted: readonly (string | boolean)[] = 'tier' in leaf ? leaf.tier : leaf.is;
  return { holds: wanted.includes(found), reasons: [{ code: 'word', figures: { what, found: String(found) } }] };
}

export const spentIn = (row: Row, line?: string): number =>
  Object.entries(row.spentMinor).reduce((sum, [of, minor]) => sum + (line === undefined || of === line ? minor : 0), 0);
