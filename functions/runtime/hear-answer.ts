/** An answer of a shop, however it came: by its message, asked for, or kept from before. What the household's rules say of it is decided with it. */
import type { AnswerRules } from '../../shared/order/answer-order.ts';
import { questionsOf } from '../../shared/order/questions.ts';
import type { Answer } from '../../shared/order/response.ts';
import type { Order } from '../../shared/order/order-state.ts';
import { rulesFor, type SubstitutionRules } from '../../shared/order/substitution-rules.ts';
import { isOffer } from '../../shared/retailer/offer.ts';
import type { HouseholdId, Instant, MessageId, OrderId, RetailerId } from '../../shared/values.ts';
import { keys, kinds, type StoredOrder } from './aggregates.ts';
import { notePromises } from './note-promises.ts';
import { commandOrder } from './order.ts';
import { load, type Change } from './store.ts';

interface About {
  readonly householdId: HouseholdId;
  readonly orderId: OrderId;
}

export async function hearAnswer(about: About, { messageId, answer }: { messageId: MessageId; answer: Answer }, now: Instant): Promise<Change<StoredOrder>> {
  const rules = await rulesAbout(about, answer);
  const result = await commandOrder(about, { type: 'answer', messageId, answer, receivedAt: now, rules }, now);
  if (result.kind === 'changed' && result.events.some(({ type }) => type === 'order.delivered')) await notePromises(result.state.order, now);
  return result;
}

/** Read only for an answer that offers something; undefined for all others. */
async function rulesAbout({ householdId, orderId }: About, answer: Answer): Promise<AnswerRules | undefined> {
  if (answer.type !== 'order.responded' && answer.type !== 'order.substitution-offered') return undefined;
  const order = (await load(kinds.order, keys.order(householdId, orderId)))?.state.order;
  const offered = order === undefined ? [] : questionsOf(order.quote, answer).map(({ offered: { gtin } }) => gtin);
  if (order === undefined || offered.length === 0) return undefined;
  return { bySupply: await rulesOf(order), contains: await contentsOf(order, offered) };
}

export const dietOf = async (householdId: HouseholdId): Promise<SubstitutionRules['dietNever']> =>
  (await load(kinds.household, keys.household(householdId)))?.state.avoid;

/** Of each item of an order: its own rules, and the household's where it has none. */
export async function rulesOf({ householdId, quote }: Pick<Order, 'householdId' | 'quote'>): Promise<AnswerRules['bySupply']> {
  const household = (await load(kinds.household, keys.household(householdId)))?.state ?? {};
  const supplyIds = [...new Set(quote.lineItems.map(({ supplyId }) => supplyId))];
  const rules = supplyIds.map(
    async (supplyId) => [supplyId, rulesFor(household, (await load(kinds.supply, keys.supply(householdId, supplyId)))?.state)] as const,
  );
  return Object.fromEntries(await Promise.all(rules));
}

/** What the shop itself has published to be in it, should its question say less. */
export async function contentsOf({ retailerId }: { retailerId: RetailerId }, gtins: readonly string[]): Promise<AnswerRules['contains']> {
  const kept = await Promise.all(gtins.map(async (gtin) => [gtin, (await load(kinds.offer, keys.offer(retailerId, gtin)))?.state] as const));
  const found = kept.map(([gtin, offer]) => [gtin, (offer && isOffer(offer) && offer.tags) || []] as const);
  return Object.fromEntries(found);
}
