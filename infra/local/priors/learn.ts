/** The table of priors: one gamma for each category of which enough is known, and one for anything else. */
import { fitGamma, type GammaPrior } from './gamma-fit.ts';
import type { Item } from './items.ts';

export interface LearntRow extends GammaPrior {
  readonly category: string;
  readonly households: number;
  readonly items: number;
}

export interface Learnt {
  readonly any: LearntRow;
  readonly rows: readonly LearntRow[];
}

/** Of fewer the spread between households is not known. */
const ENOUGH = { items: 30, households: 10 } as const;

export function learnPriors(items: readonly Item[]): Learnt {
  const byCategory = new Map<string | undefined, Item[]>();
  for (const item of items) byCategory.set(item.category, [...(byCategory.get(item.category) ?? []), item]);
  const rows = [...byCategory].flatMap(([category, some]) => (category === undefined ? [] : [rowOf(category, some)]));
  return {
    any: rowOf('anything', items),
    rows: rows.filter((row) => row.items >= ENOUGH.items && row.households >= ENOUGH.households).sort((a, b) => (a.category < b.category ? -1 : 1)),
  };
}

function rowOf(category: string, items: readonly Item[]): LearntRow {
  const { shape, rateDays } = fitGamma(items);
  const households = new Set(items.map(({ pair }) => pair.customer)).size;
  return { category, shape: rounded(shape, 100), rateDays: rounded(rateDays, 10), households, items: items.length };
}

const rounded = (value: number, steps: number): number => Math.round(value * steps) / steps;

export const priorFor = ({ any, rows }: Learnt, category: string | undefined): GammaPrior => rows.find((row) => row.category === category) ?? any;
