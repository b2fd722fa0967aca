/** Priors learnt in four fifths of the households and tried in the last, each fifth in turn: nobody is judged by their own purchases. */
import { FIRST_GUESS } from '../backtest/ours.ts';
import { coldStart, NOTHING_YET, together, type ColdStart, type FirstGuess } from './cold-start.ts';
import type { GammaPrior } from './gamma-fit.ts';
import type { Item } from './items.ts';
import { learnPriors, priorFor } from './learn.ts';

const FOLDS = 5;
/** Shelves are kept for a sample. */
const SHELF_EVERY = 12;
/** As prior.ts counts other households. */
const COUNTED_WHOLE = 2;

const guessOf = ({ shape, rateDays }: GammaPrior): FirstGuess => ({
  perDay: shape / rateDays,
  confidenceDays: Math.min(365, COUNTED_WHOLE * rateDays),
});

export function tryPriors(items: readonly Item[]): Readonly<Record<string, ColdStart>> {
  const households = [...new Set(items.map(({ pair }) => pair.customer))].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const foldOf = new Map(households.map((household, index) => [household, index % FOLDS]));
  const sums: Record<string, ColdStart> = {};
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const isTried = ({ pair }: Item): boolean => foldOf.get(pair.customer) === fold;
    const learnt = learnPriors(items.filter((item) => !isTried(item)));
    for (const [index, item] of items.entries()) {
      if (!isTried(item)) continue;
      const guesses = {
        'one fixed guess': FIRST_GUESS,
        'a prior of anything': guessOf(learnt.any),
        'a prior by category': guessOf(priorFor(learnt, item.category)),
      };
      for (const [name, guess] of Object.entries(guesses)) sums[name] = together(sums[name] ?? NOTHING_YET, coldStart(item, guess, index % SHELF_EVERY === 0));
    }
  }
  return sums;
}
