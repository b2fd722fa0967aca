/** An answer of a shop, however it came: by its message, asked for, or kept from before. What the household's rules say of it is decided with it. */
import type { AnswerRules } from '../../shared/order/answer-order.ts';
import { questionsOf } from '../../shared/order/questions.ts';
import type { Answer } from '../../shared/order/response.ts';
import type { SubstitutionRules } from '../../shared/order/substitution-rules.ts';
import { isOffer } from '../../shared/retailer/offer.ts';
import type { HouseholdId, Instant, MessageId, OrderId, RetailerId, SupplyId } from '../../shared/values.ts';
import { keys, kinds, type StoredOrder } from './aggregates.ts';
import { commandOrder } from './order.ts';
import { load, type Change } from './store.ts';

interface About {
  readonly householdId: HouseholdId;
  readonly orderId: OrderId;
}

export async function hearAnswer(about: About, { messageId, answer }: { messageId: MessageId; answer: Answer }, now: Instant): Promise<Change<StoredOrder>> {
  const rules = await rulesAbout(about, answer);
  return commandOrder(about, { type: 'answer', messageId, answer, receivedAt: now, rules }, now);
}

/** Read only for an answer that offers something; undefined for all others. */
async function rulesAbout({ householdId, orderId }: About, answer: Answer): Promise<AnswerRules | undefined> {
  if (answer.type !== 'order.responded' && answer.type !== 'order.substitution-offered') return undefined;
  const order = (await load(kinds.order, keys.order(householdId, orderId)))?.state.order;
  const offered = order === undefined ? [] : questionsOf(order.quote, answer).map(({ offered: { gtin } }) => gtin);
  if (order === undefined || offered.length === 0) return undefined;
  const dietNever = await dietOf(householdId);
  const supplyIds = [...new Set(order.quote.lineItems.map(({ supplyId }) => supplyId))];
  const bySupply = await Promise.all(supplyIds.map(async (supplyId) => [supplyId, { dietNever, ...(await rulesOf(householdId, supplyId)) }] as const));
  return { bySupply: Object.fromEntries(bySupply), contains: await contentsOf(order, offered) };
}

export const dietOf = async (householdId: HouseholdId): Promise<SubstitutionRules['dietNever']> =>
  (await load(kinds.household, keys.household(householdId)))?.state.avoid;

async function rulesOf(householdId: HouseholdId, supplyId: SupplyId): Promise<SubstitutionRules> {
  const supply = (await load(kinds.supply, keys.supply(householdId, supplyId)))?.state;
  if (supply === undefined) return {};
  const { substitute, neverBrands, dearerAtMost, ownProductsAlone } = supply.settings;
  return { substitute, neverBrands, dearerAtMost, ownProductsAlone, products: supply.products.map(({ gtin }) => gtin) };
}

/** What the shop itself has published to be in it, should its question say less. */
export async function contentsOf({ retailerId }: { retailerId: RetailerId }, gtins: readonly string[]): Promise<AnswerRules['contains']> {
  const kept = await Promise.all(gtins.map(async (gtin) => [gtin, (await load(kinds.offer, keys.offer(retailerId, gtin)))?.state] as const));
  const found = kept.map(([gtin, offer]) => [gtin, (offer && isOffer(offer) && offer.tags) || []] as const);
  return Object.fromEntries(found);
}
