/**
 * How a supply begins of which nobody has said how fast it goes: as similar products go in other households. An empirical Bayes prior by category;
 * what this household then uses soon weighs more. Whoever names a rate is believed instead.
 */
import { z } from 'zod';
import { daysBetween, instantSchema, type Instant } from '../../values.ts';
import { HALF_LIFE_DAYS, type Demand } from '../demand.ts';
import { categoryOf } from './category.ts';
import { PRIOR_OF_ANY, PRIORS, type PriorRow } from './prior-table.ts';

/** Kept with a supply that began so. */
export const firstGuessSchema = z.strictObject({
  /** As the table names it; absent: what households use of anything. */
  category: z.string().min(1).max(40).optional(),
  /** How many watched days it was worth, from `at` on. */
  rateDays: z.number().positive(),
  at: instantSchema,
});
export type FirstGuess = z.infer<typeof firstGuessSchema>;

/** What a decision record keeps of it: how much of what is expected still rests on other households. */
export const startedFromSchema = z.strictObject({ category: firstGuessSchema.shape.category, share: z.number().min(0).max(1) });
export type StartedFrom = z.infer<typeof startedFromSchema>;

const rowOf = (category: string | undefined): PriorRow => PRIORS.find((row) => row.category === category) ?? PRIOR_OF_ANY;

/** A forecast counts what a household used as half of independent uses (demand-forecast.ts). Other households are counted whole. */
const COUNTED_WHOLE = 2;
/** As much as an operator may claim. */
const CONFIDENCE_DAYS_MAX = 365;

export interface Guess {
  readonly category?: string;
  /** Base units. */
  readonly perDay: number;
  /** For a portion of these base units: how many watched days the guess is worth. */
  readonly confidenceDays: (portion: number) => number;
}

/**
 * Packs a day ~ gamma(shape, rateDays) over households, hence uses of one portion a day with the same shape and a mean that is pack / portion
 * times as high. @param item.name as a person or a shop calls it @param item.pack base units
 */
export function guessFor(item: { readonly name: string; readonly pack: number }): Guess {
  const row = rowOf(categoryOf(item.name));
  const perDay = (item.pack * row.shape) / row.rateDays;
  return {
    ...(row !== PRIOR_OF_ANY && { category: row.category }),
    perDay,
    confidenceDays: (portion) => Math.min(CONFIDENCE_DAYS_MAX, (COUNTED_WHOLE * row.shape * portion) / perDay),
  };
}

/** Less than this is not worth a word any more. */
const SHARE_MIN = 0.25;

/** How much of the expectation is still the first guess; undefined where a person named the rate, or the household has taught enough. */
export function startedFrom(supply: { readonly demand: Demand; readonly firstGuess?: FirstGuess | undefined }, now: Instant): StartedFrom | undefined {
  const { demand, firstGuess } = supply;
  if (firstGuess === undefined) return undefined;
  const { category, rateDays, at } = firstGuess;
  const remembered = rateDays * 2 ** (-Math.max(0, daysBetween(at, demand.asOf > now ? now : demand.asOf)) / HALF_LIFE_DAYS);
  const share = Math.round(Math.min(1, remembered / demand.rateDays) * 1_000) / 1_000;
  return share < SHARE_MIN ? undefined : { ...(category !== undefined && { category }), share };
}
