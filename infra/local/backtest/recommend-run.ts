/** Every basket after the split, foretold from the days before it alone: by popularity among all, by the household's own, and by ours. */
import { groupBy } from '../../../shared/group.ts';
import { before, historyOf, type History } from '../../../shared/journey/recommend/history.ts';
import { reachOf, type Reach } from '../../../shared/journey/recommend/market.ts';
import { recommend, recommendAgain, recommendNew } from '../../../shared/journey/recommend/recommend.ts';
import type { Pair } from './read-purchases.ts';

export const FORETOLD = 5;
/** A household whose habits cannot be known yet is not asked about. */
const DAYS_BEFORE_MIN = 10;
export const classes = ['all', 'again', 'new'] as const;
/** Of the basket: everything, what the household had bought before, what it had not. */
export type Class = (typeof classes)[number];
export const methods = ['popularity', 'popularity lately', 'own popularity', 'own lately', 'ours'] as const;
export type MethodName = (typeof methods)[number];

/** Of one household, one class of products and one method. */
export interface Score {
  /** Baskets that hold anything of the class. */
  baskets: number;
  /** Of these, with at least one of the five. */
  hits: number;
  /** Products of the class in them, and those among the five. */
  products: number;
  found: number;
}
export type Scores = Record<Class, Record<MethodName, Score>>;
export interface HouseholdScores {
  readonly customer: string;
  readonly scores: Scores;
}

const nothing = (): Score => ({ baskets: 0, hits: 0, products: 0, found: 0 });
const record = <Name extends string, Value>(names: readonly Name[], of: () => Value): Record<Name, Value> =>
  Object.fromEntries(names.map((name) => [name, of()])) as Record<Name, Value>;

export function runRecommend(pairs: readonly Pair[], split: number): HouseholdScores[] {
  const histories = new Map(
    [...groupBy(pairs, ({ customer }) => customer)].map(([customer, of]) => [
      customer,
      historyOf(of.flatMap(({ item, needs }) => needs.map(({ day }) => ({ product: item, day })))),
    ]),
  );
  const asked = [...histories].filter(([, { days }]) => before(days, split) >= DAYS_BEFORE_MIN && (days.at(-1) ?? -Infinity) >= split);
  const scores = new Map(asked.map(([customer]) => [customer, record(classes, () => record(methods, nothing))]));
  const visits = asked.flatMap(([customer, { days }]) => days.slice(before(days, split)).map((day) => ({ customer, day })));
  const all = [...histories.values()];
  for (const [day, ofDay] of [...groupBy(visits, (visit) => visit.day)].sort(([a], [b]) => a - b)) {
    const market: Market = { reach: reachOf(all, day), ever: popularity(all, day, Infinity), lately: popularity(all, day, LATELY_DAYS) };
    for (const { customer } of ofDay) {
      const [history, into] = [histories.get(customer), scores.get(customer)];
      if (history !== undefined && into !== undefined) judge(history, market, day, into);
    }
  }
  return [...scores].map(([customer, of]) => ({ customer, scores: of }));
}

interface Market {
  readonly reach: ReadonlyMap<string, Reach>;
  readonly ever: readonly string[];
  readonly lately: readonly string[];
}
const LATELY_DAYS = 56;

const ranked = (counts: ReadonlyMap<string, number>): string[] =>
  [...counts].sort(([itemA, a], [itemB, b]) => b - a || (itemA < itemB ? -1 : 1)).map(([item]) => item);
const timesBought = ({ bought }: History, day: number, within: number): [string, number][] =>
  [...bought].flatMap(([item, days]) => {
    const times = before(days, day) - before(days, day - within);
    return times > 0 ? [[item, times] as [string, number]] : [];
  });
function popularity(histories: readonly History[], day: number, within: number): string[] {
  const counts = new Map<string, number>();
  for (const history of histories) for (const [item, times] of timesBought(history, day, within)) counts.set(item, (counts.get(item) ?? 0) + times);
  return ranked(counts);
}

function judge(history: History, market: Market, day: number, into: Scores): void {
  const { bought } = history;
  const isKnown = (item: string): boolean => (bought.get(item)?.[0] ?? Infinity) < day;
  const basket = [...bought].flatMap(([item, days]) => (days[before(days, day)] === day ? [item] : []));
  const own = ranked(new Map(timesBought(history, day, Infinity)));
  const lately = ranked(new Map(timesBought(history, day, LATELY_DAYS)));
  const said: Record<Class, Record<MethodName, readonly string[]>> = {
    all: {
      ...{ popularity: market.ever, 'popularity lately': market.lately, 'own popularity': own, 'own lately': lately },
      ours: recommend(history, market.reach, day, FORETOLD).map(({ product }) => product),
    },
    again: {
      ...{ popularity: firstOf(market.ever, isKnown), 'popularity lately': firstOf(market.lately, isKnown), 'own popularity': own, 'own lately': lately },
      ours: recommendAgain(history, day, FORETOLD).map(({ product }) => product),
    },
    // What a household has never bought is not in its own popularity: these two have nothing to say.
    new: {
      ...{ popularity: firstOf(market.ever, (item) => !isKnown(item)), 'popularity lately': firstOf(market.lately, (item) => !isKnown(item)) },
      ...{ 'own popularity': [], 'own lately': [] },
      ours: recommendNew(history, market.reach, day, FORETOLD).map(({ product }) => product),
    },
  };
  const held: Record<Class, string[]> = { all: basket, again: basket.filter(isKnown), new: basket.filter((item) => !isKnown(item)) };
  for (const of of classes) {
    if (held[of].length === 0) continue;
    for (const method of methods) count(into[of][method], held[of], said[of][method].slice(0, FORETOLD));
  }
}

/** The first that pass, without looking at all the others. */
function firstOf(items: readonly string[], passes: (item: string) => boolean): string[] {
  const found: string[] = [];
  for (const item of items) {
    if (passes(item)) found.push(item);
    if (found.length === FORETOLD) break;
  }
  return found;
}

function count(score: Score, held: readonly string[], said: readonly string[]): void {
  const found = said.filter((item) => held.includes(item)).length;
  score.baskets += 1;
  score.hits += found > 0 ? 1 : 0;
  score.products += held.length;
  score.found += found;
}
