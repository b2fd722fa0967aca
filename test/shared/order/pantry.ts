/** A pantry of milk, oat drink, coffee and soap, and shops that sell them: what plans of orders are tried on. */
import type { Offer, Terms } from '../../../shared/retailer/offer.ts';
import { agendaOf, planOrders, type PlanRequest } from '../../../shared/order/plan-orders.ts';
import { decideSpend, emptySpend, type Spend } from '../../../shared/order/mandate/spend.ts';
import type { MandateTerms } from '../../../shared/order/mandate/mandate.ts';
import { decideBasket, newBasket, type Basket } from '../../../shared/supply/basket.ts';
import { newSupply, supplyConfigSchema } from '../../../shared/supply/new-supply.ts';
import { reviewUntilTold } from './pantry-reviews.ts';
import type { Supply } from '../../../shared/supply/supply.ts';
import { addDuration, duration, euros, retailerIdSchema } from '../../../shared/values.ts';
import { changed, START } from '../supply/milk.ts';
import { frischhof, grantOf, gtinOf, householdId, offerOf, terms } from './order-examples.ts';

export const now = addDuration(START, duration(6, 'hours'));
export const later = retailerIdSchema.parse('rt_later');
const names = ['milk', 'oats', 'coffee', 'soap', 'tea', 'juice', 'flour', 'wine'] as const;
export type Name = (typeof names)[number];
export const gtin = (name: Name) => gtinOf(101 + names.indexOf(name));

/** A litre a day of it, by the glass, in packs of a litre; an order lasts six days and comes in two. */
export const item = (name: Name, onHand: number, settings: object = {}): Supply =>
  newSupply(
    supplyConfigSchema.parse({
      ...{ supplyId: `sup_${name}`, householdId, name, productLine: 'groceries', unit: 'ml' },
      products: [{ gtin: gtin(name), pack: { amount: 1_000, unit: 'ml' } }],
      settings: { serviceLevel: 0.95, coverDays: 6, packsMax: 20, ...settings },
      ...{ perDay: 1_000, portion: 200, confidenceDays: 60, leadTime: { meanDays: 2, sdDays: 0.3 }, onHand },
    }),
    START,
  );
/** Nothing of it in the house: its need is told. */
export const low = (name: Name, settings: object = {}): Supply => reviewUntilTold(item(name, 0, settings), now);

export const offer = (name: Name, changes: Partial<Offer> = {}): Offer =>
  offerOf({ gtin: gtin(name), sku: `FH-${name}`, title: name, price: euros(200), validUntil: addDuration(now, duration(2, 'days')), ...changes });
export const shop = (offers: readonly Offer[] = names.map((name) => offer(name)), changes: Partial<Terms> = {}, retailerId = frischhof) => ({
  ...{ retailerId, terms: { ...terms, deliveryFee: euros(390), freeDeliveryFrom: euros(10_000), ...changes } },
  offers: offers.map((one) => ({ ...one, retailerId })),
});

/** The low ones wait in the basket. */
export function basketOf(supplies: readonly Supply[]): Basket {
  const needs = supplies.flatMap(({ supplyId, cycle, need }) => (need && !need.joined ? [{ needId: need.needId, round: need.round, supplyId, cycle }] : []));
  return needs.reduce((basket, need) => changed(decideBasket(basket, { type: 'add-need', need, now })).state, newBasket(householdId));
}

export const granted = (limits: Partial<MandateTerms> = {}): Spend =>
  changed(
    decideSpend(emptySpend(householdId), {
      type: 'grant',
      mandate: grantOf({ gtins: names.map(gtin), perOrderMax: euros(50_000), perMonthMax: euros(90_000), ...limits }),
    }),
  ).state;

export const planned = (supplies: readonly Supply[], changes: Partial<Omit<PlanRequest, 'agenda'>> & { basket?: Basket } = {}) => {
  const { basket = basketOf(supplies), ...request } = changes;
  const agenda = agendaOf(basket, supplies, undefined, now);
  return { agenda, ...planOrders({ agenda, shops: [shop()], spend: emptySpend(householdId), timeZone: 'Europe/Berlin', now, ...request }) };
};
/** `milk 9, oats 4`: packs of each line, by order. */
export const inWords = ({ choices }: Pick<ReturnType<typeof planned>, 'choices'>): string[] =>
  choices.map(({ lines }) => lines.map(({ supplyId, quantity }) => `${supplyId.slice('sup_'.length)} ${String(quantity)}`).join(', '));
