/** How well a lead fits and how warm it is: rules as data, each with what it gave and why. 0 to 100. */
import { z } from 'zod';
import { instantSchema, millisOf, type Instant } from '../../values.ts';
import { matches, type LeadRules, type ScoreRule } from './lead-rules.ts';
import type { LeadTouch } from './lead-touch.ts';

export const SCORE_MAX = 100;
const points = z.int().min(0).max(SCORE_MAX);
export const scoreSchema = z.strictObject({
  points,
  fit: points,
  interest: points,
  /** The most first; what has faded to nothing is left out. */
  parts: z
    .array(z.strictObject({ rule: z.string().max(40), kind: z.enum(['fit', 'interest']), points: points, times: z.int().min(1), lastAt: instantSchema }))
    .max(40),
});
export type Score = z.infer<typeof scoreSchema>;
type Part = Score['parts'][number];

const DAY_MILLIS = 86_400_000;
/** Half after each half-life: `points · 2^(−age ÷ half-life)`. */
const faded = ({ points: worth, halfLifeDays }: ScoreRule, at: Instant, now: Instant): number =>
  halfLifeDays === undefined ? worth : worth * 2 ** (-Math.max(0, millisOf(now) - millisOf(at)) / (halfLifeDays * DAY_MILLIS));

function partOf(rule: ScoreRule, touches: readonly LeadTouch[], now: Instant): Part[] {
  const found = touches.filter((touch) => matches(rule, touch));
  const last = found.at(-1);
  if (last === undefined) return [];
  const sum = found.reduce((all, { at }) => all + faded(rule, at, now), 0);
  const given = Math.round(Math.min(rule.most, sum));
  return given === 0 ? [] : [{ rule: rule.rule, kind: rule.kind, points: given, times: found.length, lastAt: last.at }];
}

/** @param touches in the order of their own time, only those that may be reckoned with */
export function scoreAt(touches: readonly LeadTouch[], { scores }: Pick<LeadRules, 'scores'>, now: Instant): Score {
  const parts = scores.flatMap((rule) => partOf(rule, touches, now)).sort((a, b) => b.points - a.points || (a.rule < b.rule ? -1 : 1));
  const sum = (kind: Part['kind'] | undefined) =>
    Math.min(
      SCORE_MAX,
      parts.reduce((all, part) => all + (kind === undefined || part.kind === kind ? part.points : 0), 0),
    );
  return { points: sum(undefined), fit: sum('fit'), interest: sum('interest'), parts };
}
