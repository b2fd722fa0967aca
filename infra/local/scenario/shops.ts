/** Three shops with prices, fees, lead times and tempers of their own. */
import { articles, substitutes, type Article, type ArticleName } from './articles.ts';

interface PerkName {
  readonly perkId: string;
  readonly fundedBy: 'retailer' | 'brand';
  readonly tier?: 'silver' | 'gold' | 'platinum';
}
export type ScenarioPerk = PerkName &
  (
    | { readonly kind: 'voucher'; readonly amountMinor: number; readonly fromMinor: number }
    | { readonly kind: 'free-delivery'; readonly fromMinor: number }
    | { readonly kind: 'buy-one-get-one'; readonly articles: readonly ArticleName[] }
  );

export interface ScenarioShop {
  readonly retailerId: string;
  readonly name: string;
  /** Before the article's number in the shop's own numbering. */
  readonly skuPrefix: string;
  readonly terms: {
    readonly deliveryFeeMinor: number;
    readonly freeDeliveryFromMinor: number;
    readonly minimumOrderMinor: number;
    readonly leadTimeDays: number;
  };
  /** What it gives for nothing, and who pays for that; products by their name here. */
  readonly perks?: readonly ScenarioPerk[];
  readonly temper: {
    readonly reject: number;
    readonly change: number;
    /** Share of the orders in which it asks whether something else may come. */
    readonly substitute?: number;
    /** Share of the orders that come in parts; declined payments, packs taken back and answers line by line go with it. */
    readonly irregular?: number;
    readonly leadTimeSdDays: number;
    readonly answerMinutes: readonly [least: number, most: number];
  };
  readonly priceMinor: Readonly<Partial<Record<ArticleName, number>>>;
  /** What it sells for less for some days, by the days of the run: from the first of them, up to the last. */
  readonly promotions?: readonly { readonly article: ArticleName; readonly priceMinor: number; readonly fromDay: number; readonly toDay: number }[];
  /** Whether it says out of which lots its packs are. */
  readonly namesLots?: true;
  /** Of what it has left when an article runs short. */
  readonly substitutePriceMinor?: Readonly<Partial<Record<ArticleName, number>>>;
}

export const shops: readonly ScenarioShop[] = [
  {
    retailerId: 'rt_frischhof',
    name: 'Frischhof',
    skuPrefix: 'FH',
    terms: { deliveryFeeMinor: 178, freeDeliveryFromMinor: 2_500, minimumOrderMinor: 0, leadTimeDays: 1.2 },
    perks: [
      { perkId: 'voucher-18', kind: 'voucher', fundedBy: 'retailer', amountMinor: 200, fromMinor: 1_800 },
      { perkId: 'silver-voucher', kind: 'voucher', fundedBy: 'retailer', tier: 'silver', amountMinor: 300, fromMinor: 1_800 },
      // Paid by the dairy.
      { perkId: 'two-yoghurts', kind: 'buy-one-get-one', fundedBy: 'brand', articles: ['yoghurt'] },
    ],
    temper: { reject: 0.04, change: 0.05, substitute: 0.3, irregular: 0.06, leadTimeSdDays: 0.25, answerMinutes: [1, 30] },
    priceMinor: {
      ...{ milk: 129, eggs: 299, butter: 239, juice: 249, cheese: 549, yoghurt: 149, tabs: 499 },
      ...{ quark: 179, ham: 269, water: 549, 'apple-juice': 199, batteries: 449 },
    },
    // After three weeks of watching, so that it is known what is usual.
    promotions: [
      { article: 'butter', priceMinor: 189, fromDay: 28, toDay: 35 },
      { article: 'tabs', priceMinor: 399, fromDay: 49, toDay: 56 },
    ],
    namesLots: true,
    // One of them dearer: that takes a yes under the button with the words of the law.
    substitutePriceMinor: { milk: 119, butter: 269, juice: 219, cheese: 499 },
  },
  {
    // Cheaper by the piece, dearer by the parcel: whole baskets have to be compared.
    retailerId: 'rt_morgenkorb',
    name: 'Morgenkorb',
    skuPrefix: 'MK',
    terms: { deliveryFeeMinor: 390, freeDeliveryFromMinor: 4_500, minimumOrderMinor: 1_500, leadTimeDays: 2.1 },
    perks: [{ perkId: 'door-30', kind: 'free-delivery', fundedBy: 'retailer', fromMinor: 3_000 }],
    temper: { reject: 0.07, change: 0.1, irregular: 0.04, leadTimeSdDays: 0.5, answerMinutes: [10, 240] },
    priceMinor: {
      ...{ milk: 115, eggs: 269, butter: 219, juice: 219, cheese: 489, yoghurt: 129, tabs: 429 },
      ...{ quark: 159, ham: 239, water: 459, 'apple-juice': 169 },
    },
  },
  {
    retailerId: 'rt_waermewerk',
    name: 'Wärmewerk',
    skuPrefix: 'WW',
    terms: { deliveryFeeMinor: 490, freeDeliveryFromMinor: 15_000, minimumOrderMinor: 0, leadTimeDays: 4 },
    temper: { reject: 0.02, change: 0.03, leadTimeSdDays: 0.8, answerMinutes: [30, 600] },
    priceMinor: { oil: 9_890, pellets: 615, batteries: 349 },
  },
];

export interface Offered {
  readonly article: Article;
  readonly sku: string;
  readonly priceMinor: number;
}

export const catalogueOf = ({ priceMinor, skuPrefix }: ScenarioShop): Offered[] =>
  Object.entries(articles).flatMap(([name, article]) => {
    const price = Object.entries(priceMinor).find(([offered]) => offered === name)?.[1];
    return price === undefined ? [] : [{ article, sku: `${skuPrefix}-${article.number}`, priceMinor: price }];
  });

export const perksOf = ({ perks = [] }: ScenarioShop) =>
  perks.map((perk) => {
    if (perk.kind !== 'buy-one-get-one') return perk;
    const { articles: names, ...rest } = perk;
    return { ...rest, gtins: names.map((name) => articles[name].gtin) };
  });

export const substitutesOf = ({ substitutePriceMinor = {}, skuPrefix }: ScenarioShop) =>
  Object.entries(substitutes).flatMap(([name, { gtin, title, pack, unit, number }]) => {
    const priceMinor = Object.entries(substitutePriceMinor).find(([offered]) => offered === name)?.[1];
    const original = Object.entries(articles).find(([offered]) => offered === name)?.[1];
    if (priceMinor === undefined || original === undefined) return [];
    return [{ insteadOf: original.gtin, gtin, sku: `${skuPrefix}-${number}`, title, pack: { amount: pack, unit }, priceMinor }];
  });
