/**
 * The monthly statement: what was spent, what was saved, what was regretted and what was not bought. Every figure is a sum over items that name
 * their order, so that a person can check it; nothing is taken from counters. What each figure means stands at the function that makes it.
 */
import { z } from 'zod';
import { localMonth, moneySchema, type Instant } from '../../values.ts';
import {
  errandsSaved,
  feesSaved,
  notBought,
  perksSaved,
  promisesBroken,
  regretted,
  spentInMonth,
  sumOf,
  type Overstocked,
  type Returned,
  type Spoiled,
} from './statement-figures.ts';
import { statementItemSchema, type StatementItem, type StatementOrder } from './statement-order.ts';
import { avoidedRunOuts, happenedRunOuts, type BroughtElsewhere } from './statement-run-outs.ts';

export const monthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'expected a month such as 2026-03');
const ITEMS_MAX = 500;

export const figureSchema = z.strictObject({ count: z.int().min(0), sum: moneySchema, items: z.array(statementItemSchema).max(ITEMS_MAX) });
export type Figure = z.infer<typeof figureSchema>;

export const statementSchema = z.strictObject({
  month: monthSchema,
  /** False while the month runs: the figures may still grow. */
  complete: z.boolean(),
  spent: figureSchema,
  runOutsAvoided: figureSchema,
  runOutsHappened: figureSchema,
  errandsSaved: figureSchema,
  regret: figureSchema,
  feesSaved: figureSchema,
  perksSaved: figureSchema,
  notBought: figureSchema,
  promisesBroken: figureSchema,
});
export type Statement = z.infer<typeof statementSchema>;

export interface StatementInputs {
  readonly month: string;
  readonly orders: readonly StatementOrder[];
  readonly elsewhere?: readonly BroughtElsewhere[];
  readonly returned?: readonly Returned[];
  readonly spoiled?: readonly Spoiled[];
  readonly overstocked?: readonly Overstocked[];
  readonly timeZone: string;
  readonly now: Instant;
}

export function statementOf({ month, orders, elsewhere = [], returned = [], spoiled = [], overstocked = [], timeZone, now }: StatementInputs): Statement {
  const at = { isIn: (instant: Instant): boolean => localMonth(instant, timeZone) === month, now, timeZone };
  return {
    month,
    complete: localMonth(now, timeZone) > month,
    spent: figure(spentInMonth(orders, at)),
    runOutsAvoided: figure(avoidedRunOuts(orders, at)),
    runOutsHappened: figure(happenedRunOuts(orders, elsewhere, at)),
    errandsSaved: figure(errandsSaved(orders, at)),
    regret: figure(regretted(orders, { returned, spoiled, overstocked }, at)),
    feesSaved: figure(feesSaved(orders, at)),
    perksSaved: figure(perksSaved(orders, at)),
    notBought: figure(notBought(orders, at)),
    promisesBroken: figure(promisesBroken(orders, at)),
  };
}

/** The newest first; count and sum are of all, also of those beyond what an answer holds. */
const figure = (items: readonly StatementItem[]): Figure => ({
  count: items.length,
  sum: sumOf(items),
  items: [...items].sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, ITEMS_MAX),
});
