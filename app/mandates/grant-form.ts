/** The half-filled mandate: what a person has chosen so far, and the terms that come of it. Flat, because it is kept as a draft. */
import { suggestCaps } from '../../shared/order/mandate/suggest-caps.ts';
import type { Instant, Money } from '../../shared/values.ts';
import type { Answer, SendInput } from '../api/contract-types.ts';
import { zoneOffsetMillis } from '../words/local-date.ts';

export type Terms = SendInput<'previewMandate'>['body'];
export type GrantedTerms = Answer<'readMandate'>['view']['mandate'];
export type Choices = Answer<'readMandateChoices'>;
type Item = Choices['items'][number];

export interface GrantForm {
  readonly step: 'what' | 'limits' | 'summary';
  readonly categories: readonly string[];
  /** Items chosen singly: each stands for all of its products. */
  readonly supplyIds: readonly string[];
  readonly retailerIds: readonly string[];
  /** False until somebody has touched the shops: then all are meant. */
  readonly choseShops: boolean;
  /** Cents; 0 stands for what is suggested. */
  readonly perOrderMinor: number;
  readonly perMonthMinor: number;
  readonly perWeek: number;
  readonly months: number;
}

export const MONTHS_MAX = 13;
export const emptyForm: GrantForm = {
  ...{ step: 'what', categories: [], supplyIds: [], retailerIds: [], choseShops: false },
  ...{ perOrderMinor: 0, perMonthMinor: 0, perWeek: 2, months: 6 },
};

/** For somebody who has just bought these products, and wants them to come by themselves. */
export const formFor = (gtins: readonly string[], { items }: Choices): GrantForm => ({
  ...emptyForm,
  supplyIds: items.filter(({ products }) => products.some(({ gtin }) => gtins.includes(gtin))).map(({ supplyId }) => supplyId),
});

export const categoriesOf = ({ items }: Choices): string[] => [...new Set(items.map(({ category }) => category))];

export const isChosen = ({ categories, supplyIds }: GrantForm, { category, supplyId }: Item): boolean =>
  categories.includes(category) || supplyIds.includes(supplyId);

export const shopsChosen = (form: GrantForm, { shops }: Choices): Choices['shops'] =>
  form.choseShops ? shops.filter(({ retailerId }) => form.retailerIds.includes(retailerId)) : shops;

/** What the house uses of what was chosen, in caps. */
export function suggested(form: GrantForm, { items }: Choices): { perOrder: Money; perMonth: Money } {
  const chosen = items.filter((item) => isChosen(form, item));
  const costs = chosen.map(({ perMonth, filling }) => ({ perMonthMinor: perMonth?.amountMinor ?? 0, fillingMinor: filling?.amountMinor ?? 0 }));
  const { perOrderMinor, perMonthMinor } = suggestCaps(costs);
  return { perOrder: { amountMinor: perOrderMinor, currency: 'EUR' }, perMonth: { amountMinor: perMonthMinor, currency: 'EUR' } };
}

export function capsOf(form: GrantForm, choices: Choices): { perOrder: Money; perMonth: Money } {
  const { perOrder, perMonth } = suggested(form, choices);
  return {
    perOrder: form.perOrderMinor > 0 ? { ...perOrder, amountMinor: form.perOrderMinor } : perOrder,
    perMonth: form.perMonthMinor > 0 ? { ...perMonth, amountMinor: form.perMonthMinor } : perMonth,
  };
}

/** The terms as they would be granted at this moment. */
export function termsOf(form: GrantForm, choices: Choices, now: Instant, timeZone: string): Terms {
  const { perOrder, perMonth } = capsOf(form, choices);
  const single = choices.items.filter(({ supplyId, category }) => form.supplyIds.includes(supplyId) && !form.categories.includes(category));
  return {
    gtins: [...new Set(single.flatMap(({ products }) => products.map(({ gtin }) => gtin)))],
    ...(form.categories.length > 0 && { categories: [...form.categories] }),
    retailers: shopsChosen(form, choices).map(({ retailerId }) => retailerId),
    perOrderMax: perOrder,
    perMonthMax: perMonth,
    ordersPerWeekMax: form.perWeek,
    validFrom: now,
    endsAt: monthsLater(now, form.months, timeZone),
  };
}

/** As `MANDATE_LASTS_MAX`: thirteen months around a leap day are one day more. */
const LASTS_MAX_MILLIS = 396 * 86_400_000;

/** The same day and time of the clock on the wall of a later month; where that month is shorter, its last day. */
export function monthsLater(from: Instant, months: number, timeZone: string): string {
  const onTheWall = Date.parse(from) + zoneOffsetMillis(Date.parse(from), timeZone);
  const date = new Date(onTheWall);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  const end = date.getTime() - zoneOffsetMillis(date.getTime(), timeZone);
  return new Date(Math.min(end, Date.parse(from) + LASTS_MAX_MILLIS)).toISOString();
}
