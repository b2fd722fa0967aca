/** What is printed of the recommender. */
import { randomFrom } from './random.ts';
import { classes, FORETOLD, methods, type Class, type HouseholdScores, type MethodName, type Score } from './recommend-run.ts';

interface Figure {
  readonly value: number;
  /** The middle 90 % over households drawn anew. */
  readonly low: number;
  readonly high: number;
}
export interface RecommendRow {
  readonly method: MethodName;
  /** Of the baskets, the share with at least one of the five; absent: it has nothing to say. */
  readonly hitRate: Figure;
  /** Of the products in them, the share that is among the five. */
  readonly found: Figure;
  /** Ours less this one, in hit rate, on the same households. */
  readonly oursMore?: Figure;
}
export interface RecommendReport {
  readonly households: number;
  readonly classes: readonly { readonly of: Class; readonly baskets: number; readonly products: number; readonly rows: readonly RecommendRow[] }[];
}

const DRAWS = 500;
type PerHousehold = Readonly<Record<MethodName, Score>>;

/** The same draws for each method, so that a difference is one on the same households (Efron & Tibshirani 1993, §13.3). */
function interval(households: readonly PerHousehold[], value: (drawn: readonly PerHousehold[]) => number): Figure {
  const random = randomFrom('households', households.length);
  const drawn = Array.from({ length: DRAWS }, () => value(households.flatMap(() => households[Math.floor(random() * households.length)] ?? [])))
    .filter((one) => !Number.isNaN(one))
    .sort((a, b) => a - b);
  return { value: value(households), low: drawn[Math.floor(0.05 * drawn.length)] ?? NaN, high: drawn[Math.floor(0.95 * drawn.length)] ?? NaN };
}
const sum = (households: readonly PerHousehold[], method: MethodName, of: keyof Score): number =>
  households.reduce((total, scores) => total + scores[method][of], 0);
const hitRate = (method: MethodName) => (households: readonly PerHousehold[]) => sum(households, method, 'hits') / sum(households, method, 'baskets');

export function recommendReport(results: readonly HouseholdScores[]): RecommendReport {
  return {
    households: results.length,
    classes: classes.map((of) => {
      const scores = results.map((result) => result.scores[of]);
      const speaking = methods.filter((method) => of !== 'new' || !method.startsWith('own '));
      const rows = speaking.map((method) => ({
        method,
        hitRate: interval(scores, hitRate(method)),
        found: interval(scores, (drawn) => sum(drawn, method, 'found') / sum(drawn, method, 'products')),
        ...(method !== 'ours' && { oursMore: interval(scores, (drawn) => hitRate('ours')(drawn) - hitRate(method)(drawn)) }),
      }));
      return { of, baskets: sum(scores, 'ours', 'baskets'), products: sum(scores, 'ours', 'products'), rows };
    }),
  };
}

const NAME = 22;
const WIDTH = 26;
const percent = ({ value, low, high }: Figure): string => `${(100 * value).toFixed(1)} % (${(100 * low).toFixed(1)}–${(100 * high).toFixed(1)})`;
const headings: Readonly<Record<Class, string>> = {
  all: 'Everything in the next basket',
  again: 'What the household had bought before',
  new: 'What the household had never bought',
};

export function recommendLines({ households, classes: all }: RecommendReport): string[] {
  return [
    `${households} households; each basket after the split foretold by ${FORETOLD} products from the days before it. In brackets the middle 90 % over households drawn anew.`,
    ...all.flatMap(({ of, baskets, products, rows }) => [
      '',
      `${headings[of]}: ${products} products in ${baskets} baskets`,
      ['method'.padEnd(NAME), ...[`hit rate at ${FORETOLD}`, 'products found', 'ours more by'].map((name) => name.padStart(WIDTH))].join(''),
      ...rows.map(({ method, hitRate: hits, found, oursMore }) =>
        [
          `${method === 'ours' ? '* ' : '  '}${method}`.padEnd(NAME),
          percent(hits).padStart(WIDTH),
          percent(found).padStart(WIDTH),
          (oursMore === undefined ? '' : percent(oursMore)).padStart(WIDTH),
        ].join(''),
      ),
    ]),
    '',
    `A product that fewer than five households bought is not recommended to others.`,
  ];
}
