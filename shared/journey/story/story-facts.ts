/** What the story is told of and with: names as the household calls things. Without a name a plain word stands there. */
import type { Touchpoint } from '../touchpoint.ts';
import type { Language } from '../message-wording.ts';
import type { ToldFacts } from './told-wording.ts';
import { euros, listed, onDay } from './number-words.ts';

export interface StoryFacts {
  readonly timeZone: string;
  /** By thing; `secondHand`: it lived with others before. */
  readonly devices: Readonly<Record<string, { readonly name: string; readonly secondHand?: boolean }>>;
  /** By supply id. */
  readonly supplies: Readonly<Record<string, string>>;
  /** By order id. */
  readonly orders: Readonly<Record<string, { readonly shop?: string; readonly goods: readonly string[] }>>;
}

export const quoted = (name: string, language: Language): string => (language === 'de' ? `„${name}“` : `“${name}”`);

const plain = {
  en: { device: 'a device', supply: 'a supply', at: ' at ', of: ' of ', for: ' for ' },
  de: { device: 'ein Gerät', supply: 'einem Vorrat', at: ' bei ', of: ' mit ', for: ' für ' },
} as const;

const GOODS_NAMED = 3;

export function toldFacts(touchpoint: Touchpoint, facts: StoryFacts, language: Language): ToldFacts {
  const words = plain[language];
  const device = touchpoint.thing === undefined ? undefined : facts.devices[touchpoint.thing];
  const supply = touchpoint.supplyId === undefined ? undefined : facts.supplies[touchpoint.supplyId];
  const order = touchpoint.orderId === undefined ? undefined : facts.orders[touchpoint.orderId];
  const goods = order?.goods.slice(0, GOODS_NAMED) ?? [];
  return {
    on: onDay(touchpoint.at, facts.timeZone, language),
    device: device === undefined ? words.device : quoted(device.name, language),
    supply: supply === undefined ? words.supply : quoted(supply, language),
    atShop: order?.shop === undefined ? '' : `${words.at}${order.shop}`,
    ofGoods: goods.length === 0 ? '' : `${words.of}${listed(goods, language)}`,
    forMoney: touchpoint.value === undefined ? '' : `${words.for}${euros(touchpoint.value.amountMinor, language)}`,
    secondHand: device?.secondHand === true,
  };
}
