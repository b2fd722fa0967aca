/**
 * The hidden mood of a household, −1 to 1: what it is like by nature, what happened to it lately, and days that are good or bad without a
 * reason. Nobody but the simulation's own ledger knows it; what households do follows from it.
 */
import { duration } from '../../shared/values.ts';
import { drawsOf, normal } from '../random.ts';

/** Something that happened and how it felt, −1 to 1; product milliseconds. */
export interface Felt {
  readonly at: number;
  readonly by: number;
}

const DAY = duration(1, 'days');
/** What happened is half forgotten after so many days. */
const HALF_LIFE_DAYS = 10;
/** Good and bad spells: standard deviation of a day's change, and how much of yesterday's is left. */
const SPELL = { sigma: 0.09, left: 0.95 };
/** Most people are rather content. */
const NATURE = { mean: 0.15, sigma: 0.2 };

/** How it feels to be told this; what is not here leaves nobody better or worse. */
export const feltByMessage: Readonly<Record<string, number>> = {
  'order-changed': -0.15,
  'order-rejected': -0.25,
  'substitution-offered': -0.1,
  'order-stuck': -0.4,
  'order-cancelled': -0.2,
  'order-expired': -0.05,
  'refund-overdue': -0.3,
  'case-answered': 0.15,
};
/** Within so many hours nobody calls it late. */
const LATE_HOURS = 3;
/** In time, or by so many hours too late. */
export const feltByDelivery = (hoursLate: number): number => (hoursLate <= LATE_HOURS ? 0.12 : -Math.min(0.5, 0.2 + hoursLate / 100));
export const FELT_SOLVED = 0.25;
export const FELT_IGNORED = -0.2;

/** @param spells by day since the beginning, each made once: `moodOf` asks for the same days again and again */
export function spellsOf(seed: number, householdId: string): (day: number) => number {
  const draw = drawsOf(seed, 'mood', householdId);
  const nature = NATURE.mean + NATURE.sigma * normal(draw);
  const spells = [0];
  return (day) => {
    for (let next = spells.length; next <= day; next += 1) spells.push((spells[next - 1] ?? 0) * SPELL.left + SPELL.sigma * normal(draw));
    return nature + (spells[Math.max(0, day)] ?? 0);
  };
}

/** @param startsAt product milliseconds at which day 0 begins */
export function moodAt(now: number, { startsAt, spells, felt }: { startsAt: number; spells: (day: number) => number; felt: readonly Felt[] }): number {
  const lately = felt.reduce((sum, { at, by }) => (at > now ? sum : sum + by * 2 ** (-(now - at) / DAY / HALF_LIFE_DAYS)), 0);
  return Math.max(-1, Math.min(1, spells(Math.floor((now - startsAt) / DAY)) + lately));
}

export type SurveyKind = 'nps' | 'csat' | 'ces';
const scales: Readonly<Record<SurveyKind, readonly [worst: number, middle: number, best: number]>> = { nps: [0, 7, 10], csat: [1, 3, 5], ces: [1, 4, 7] };
/** Nobody finds exactly the number that they feel. */
const SCORE_SIGMA = 0.15;

/** What somebody in this mood taps: a score, that they would rather not, or nothing. Whoever feels strongly answers more often. */
export function answerIn(mood: number, { seed, surveyId, kind }: { seed: number; surveyId: string; kind: SurveyKind }): number | 'skip' | undefined {
  const draw = drawsOf(seed, 'survey', surveyId);
  const [luck, value] = [draw(), Math.max(-1, Math.min(1, mood + SCORE_SIGMA * normal(draw)))];
  const answers = 0.6 + 0.25 * Math.abs(mood);
  if (luck > answers) return luck < answers + 0.1 ? 'skip' : undefined;
  const [worst, middle, best] = scales[kind];
  return Math.round(middle + value * (value < 0 ? middle - worst : best - middle));
}

/** Whether this was too much: the worse the mood, the sooner somebody complains. */
export const complains = (mood: number, seed: number, about: string): boolean => drawsOf(seed, 'complaint', about)() < Math.max(0, Math.min(0.8, 0.1 - mood));
