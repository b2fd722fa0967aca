/**
 * Whether a household will buy again: what the purchase model says of its silence, read against its devices. While they are silent the clock of the model
 * stands still, because nobody is asked anything; what they say moves the odds by Bayes' rule.
 */
import { z } from 'zod';
import { addDuration, duration, instantSchema, isBefore, type Instant } from '../../values.ts';
import type { Summary } from '../fold/summary.ts';
import { reasonSchema, type Reason } from '../reason.ts';
import { buyingOf, buyingSchema, type Buying } from './buying.ts';
import { causesOf } from './causes.ts';
import { evidenceOf, type Evidence } from './evidence.ts';
import { expectedIfAlive } from './expected.ts';
import { kindOfModel, type FittedModel } from './fitted-model.ts';
import type { Home } from './home.ts';
import { probabilityAlive } from './purchase-model.ts';
import { expectedSpend } from './spend.ts';

const probability = z.number().min(0).max(1);
/** What its silence is, as far as anybody can tell. */
export const readingSchema = z.enum(['buys-here', 'stock-lasts', 'buys-elsewhere', 'refilled-elsewhere', 'away', 'moved', 'fading']);
export type Reading = z.infer<typeof readingSchema>;

export const outlookSchema = z.strictObject({
  at: instantSchema,
  /** Of the model that said so. */
  version: z.int().min(0),
  buying: buyingSchema,
  /** By the model alone. */
  alive: probability,
  /** That it has left or is leaving, with all that is known. */
  leaves: probability,
  reading: readingSchema,
  /** Within twelve weeks: days on which something comes, and their worth in minor units. */
  expectedPurchases: z.number().min(0),
  expectedMinor: z.int().min(0),
  /** What moved the odds, the most first, with the chance that it would be without it. */
  reasons: z.array(reasonSchema).max(12),
  causes: z.array(reasonSchema).max(6),
  /** What would change it, and to what. */
  changes: z.array(z.strictObject({ code: z.string().max(40), leaves: probability })).max(6),
});
export type Outlook = z.infer<typeof outlookSchema>;

const AHEAD_WEEKS = 12;
const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;
/** Pieces of evidence are not independent of each other: their logarithms count so much. */
const TEMPER = 0.8;
const temperedLn = (evidence: readonly Evidence[]): number => TEMPER * evidence.reduce((sum, { ratio }) => sum + Math.log(ratio), 0);
/** Nobody is known to the last thousandth. */
const CERTAIN = 0.995;
const leavesBy = (alive: number, evidence: readonly Evidence[]): number => {
  const prior = Math.min(CERTAIN, Math.max(1 - CERTAIN, 1 - alive));
  const odds = (prior / (1 - prior)) * Math.exp(temperedLn(evidence));
  return rounded(Math.min(CERTAIN, Math.max(1 - CERTAIN, odds / (1 + odds))));
};

/** @returns undefined for a household to which nothing has ever come: it has not begun, and cannot leave */
export function outlookOf(summary: Summary, home: Home | undefined, model: FittedModel, now: Instant): Outlook | undefined {
  const buying = buyingOf(summary, now, home?.silence);
  if (buying === undefined || isBefore(now, buying.lastAt)) return undefined;
  const kind = kindOfModel(model);
  const alive = probabilityAlive(model.parameters, kind, buying);
  const evidence = evidenceOf({ summary, home, lastAt: buying.lastAt, now });
  const leaves = leavesBy(alive, evidence);
  const reading = readingOf(evidence, leaves);
  const purchases = (1 - leaves) * expectedIfAlive(model.parameters, kind, buying, AHEAD_WEEKS);
  const worth = expectedSpend(model.spend, { x: buying.meanMinor > 0 ? buying.x : 0, mean: buying.meanMinor });
  return {
    ...{ at: now, version: model.version, buying, alive: rounded(alive), leaves, reading },
    expectedPurchases: rounded(purchases),
    expectedMinor: Math.round(purchases * (Number.isFinite(worth) ? worth : buying.meanMinor)),
    reasons: reasonsOf(buying, alive, evidence),
    causes: causesOf(summary, now).slice(0, 6),
    changes: changesOf({ buying, model, evidence, leaves, reading }),
  };
}

const has = (evidence: readonly Evidence[], ...codes: string[]): boolean => evidence.some(({ code }) => codes.includes(code));
const LEAVES = 0.5;
function readingOf(evidence: readonly Evidence[], leaves: number): Reading {
  if (has(evidence, 'devices-removed', 'silent-for-long')) return 'moved';
  if (has(evidence, 'devices-silent')) return 'away';
  if (has(evidence, 'bought-elsewhere')) return leaves >= LEAVES ? 'buys-elsewhere' : 'refilled-elsewhere';
  if (has(evidence, 'stock-lasts') && leaves < LEAVES) return 'stock-lasts';
  return leaves >= 0.3 ? 'fading' : 'buys-here';
}

function reasonsOf({ x, tx, T }: Buying, alive: number, evidence: readonly Evidence[]): Reason[] {
  const usual = x > 0 ? Math.round((7 * tx) / x) : 0;
  const silence: Reason = {
    code: 'silence',
    figures: { days: Math.round(7 * (T - tx)), purchases: x + 1, alive: rounded(alive), ...(usual > 0 && { usual }) },
  };
  const moved = [...evidence]
    .sort((a, b) => Math.abs(Math.log(b.ratio)) - Math.abs(Math.log(a.ratio)))
    .map((one): Reason => ({
      code: one.code,
      figures: {
        ...one.figures,
        without: leavesBy(
          alive,
          evidence.filter((other) => other !== one),
        ),
      },
    }));
  return [silence, ...moved].slice(0, 12);
}

/** What could be done about what speaks against us. */
const remedies: Readonly<Record<string, string>> = {
  'bought-elsewhere': 'buys-here-again',
  'needs-unanswered': 'need-answered',
  'mandate-ended': 'mandate-again',
  'spending-stopped': 'spending-resumed',
  'says-no': 'offer-that-fits',
  'bad-mood': 'trouble-mended',
  'devices-silent': 'device-heard',
  'silent-for-long': 'device-heard',
  'devices-removed': 'device-brought-back',
};
const REMEDIES_MAX = 3;

function changesOf(known: { buying: Buying; model: FittedModel; evidence: readonly Evidence[]; leaves: number; reading: Reading }): Outlook['changes'] {
  const { buying, model, evidence, leaves } = known;
  const kind = kindOfModel(model);
  const aliveNow = probabilityAlive(model.parameters, kind, buying);
  const against = evidence.filter(({ code, ratio }) => ratio >= 1 && remedies[code] !== undefined);
  const undone = against.map((one) => ({
    code: remedies[one.code] ?? one.code,
    leaves: leavesBy(
      aliveNow,
      evidence.filter((other) => other !== one),
    ),
  }));
  // Its next order answers silence and everything that was held against it since the last.
  const next = { x: buying.x + 1, tx: buying.T, T: buying.T };
  const ordered = {
    code: 'orders-again',
    leaves: leavesBy(
      probabilityAlive(model.parameters, kind, next),
      evidence.filter(({ ratio }) => ratio < 1),
    ),
  };
  const helps = [ordered, ...undone.sort((a, b) => a.leaves - b.leaves).slice(0, REMEDIES_MAX)];
  return helps.filter((one) => one.leaves < leaves || one.code === 'device-heard');
}

/** So long after a prediction it is judged: three times the usual time between two purchases, four to twelve weeks. */
export function judgedAt({ at, buying: { x, tx } }: Pick<Outlook, 'at' | 'buying'>): Instant {
  const usualDays = x > 0 ? (7 * tx) / x : 28;
  return addDuration(at, duration(Math.round(Math.min(84, Math.max(28, 3 * usualDays))), 'days'));
}
