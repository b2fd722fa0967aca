/** What a household keeps of an article: how much, how fast it goes, and how bad it is to be without. */
import { articles, type ArticleName } from './articles.ts';

export interface Shelf {
  readonly article: ArticleName;
  /** The device's slot; also a part of the supply's id. */
  readonly slot: string;
  readonly name: string;
  readonly productLine: 'groceries' | 'household' | 'heating';
  /** In the article's unit, like everything below. */
  readonly capacity: number;
  readonly initial: number;
  readonly noise: number;
  readonly resolution: number;
  readonly usePerDay: number;
  readonly portion: number;
  readonly coverDays: number;
  readonly shelfLifeDays: number;
  readonly serviceLevel: number;
  readonly packsMax: number;
}

type Given = Pick<Shelf, 'name' | 'capacity' | 'initial' | 'usePerDay' | 'portion' | 'coverDays' | 'shelfLifeDays'> & Partial<Shelf>;

const defaults = { productLine: 'groceries', serviceLevel: 0.95, packsMax: 12 } as const;
/** A load cell by what it weighs; pieces are counted. */
const cells = {
  l: { noise: 0.02, resolution: 0.05 },
  g: { noise: 4, resolution: 5 },
  kg: { noise: 2, resolution: 5 },
  piece: { noise: 0, resolution: 1 },
} as const;

export const shelf = (article: ArticleName, given: Given): Shelf => ({ article, slot: article, ...defaults, ...cells[articles[article].unit], ...given });

/** How a single person's fridge is filled; larger households take more of it. */
export const basics = {
  milk: { name: 'milk', capacity: 6, initial: 1.3, usePerDay: 0.8, portion: 0.2, coverDays: 4, shelfLifeDays: 9 },
  eggs: { name: 'eggs', capacity: 24, initial: 11, usePerDay: 2.2, portion: 1, coverDays: 5, shelfLifeDays: 21 },
  butter: { name: 'butter', capacity: 1_000, initial: 330, usePerDay: 45, portion: 15, coverDays: 6, shelfLifeDays: 30 },
  juice: { name: 'orange juice', capacity: 5, initial: 2.1, usePerDay: 0.55, portion: 0.25, coverDays: 3, shelfLifeDays: 20, serviceLevel: 0.9 },
  cheese: { name: 'cheese', capacity: 1_200, initial: 420, usePerDay: 60, portion: 20, coverDays: 4, shelfLifeDays: 25, serviceLevel: 0.9 },
  yoghurt: {
    ...{ name: 'yoghurt', capacity: 3_000, initial: 1_700, noise: 8, resolution: 10, usePerDay: 260, portion: 130 },
    ...{ coverDays: 2.5, shelfLifeDays: 14, serviceLevel: 0.9 },
  },
  /** Nothing measures these: the model alone says when they are low. */
  tabs: {
    ...{ name: 'dishwasher tabs', productLine: 'household', capacity: 90, initial: 14, usePerDay: 1.3, portion: 1 },
    ...{ coverDays: 14, shelfLifeDays: 700, serviceLevel: 0.9 },
  },
  /** Two in the remote control; what is left in them is reckoned in pieces. */
  batteries: {
    ...{ slot: 'remote-battery', name: 'batteries of the remote control', productLine: 'household', capacity: 2, initial: 0.4, noise: 0.01, resolution: 0.02 },
    ...{ usePerDay: 0.03, portion: 0.01, coverDays: 60, shelfLifeDays: 2_500, serviceLevel: 0.8, packsMax: 2 },
  },
} as const satisfies Record<string, Given>;
