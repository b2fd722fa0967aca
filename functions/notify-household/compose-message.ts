/** What a household is told of an event, in its language, with the goods and the shop by name. */
import type { EventEnvelope } from '../../shared/events.ts';
import { messageFor, type HouseholdMessage } from '../../shared/journey/message.ts';
import type { Order } from '../../shared/order/order-state.ts';
import { orderIdSchema } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { findReached } from '../runtime/outreach.ts';
import { load } from '../runtime/store.ts';
import { findDeviceName } from './device-name.ts';
import { findRetailerName } from './retailer-name.ts';
import { findSupplyName } from './supply-name.ts';

/** Undefined when nobody need hear of it. A repeat composes the same message. Throws for an event of no household. */
export async function composeMessage(event: EventEnvelope): Promise<HouseholdMessage | undefined> {
  const { language, compose } = await composerFor(event);
  return compose(language);
}

/** The same for the apps: each reader there has chosen a language of their own. */
export async function composeForReaders(event: EventEnvelope): Promise<HouseholdMessage | undefined> {
  const { language, compose } = await composerFor(event);
  const [message, de, en] = [compose(language), compose('de'), compose('en')];
  if (message === undefined || de === undefined || en === undefined) return undefined;
  return { ...message, words: { de: { title: de.title, text: de.text }, en: { title: en.title, text: en.text } } };
}

async function composerFor(event: EventEnvelope) {
  if (!('householdId' in event.data) || event.data.householdId === undefined) throw new Error('expected an event of a household');
  const { householdId } = event.data;
  const household = await load(kinds.household, keys.household(householdId));
  if (household === undefined) throw new Error(`an event speaks of ${householdId}, which does not exist`);
  const orderId = orderIdSchema.safeParse('orderId' in event.data ? event.data.orderId : undefined);
  const order = orderId.success ? (await load(kinds.order, keys.order(householdId, orderId.data)))?.state.order : undefined;
  const shop = order === undefined ? '' : await findRetailerName(order.retailerId);
  const device = await findDeviceName(event);
  const item = await findSupplyName(event);
  const reached = event.type === 'outreach.sent' ? await findReached(event.data) : undefined;
  const facts = { ...(item !== undefined && { item }), ...(device !== undefined && { device }), ...(order !== undefined && { quote: order.quote }) };
  // What was forgotten meanwhile is not told any more.
  const isOver = event.type === 'outreach.sent' ? reached === undefined : order !== undefined && isQuestionAnswered(event, order);
  const compose = (language: 'de' | 'en') =>
    isOver ? undefined : messageFor(event, { language, shop, at: event.time, ...facts, ...(reached && { said: reached.words[language] }) });
  return { language: household.state.language, compose };
}

/** What a rule of the household's has answered at once, or somebody has by now, is no question any more. */
const isQuestionAnswered = (event: EventEnvelope, order: Order): boolean =>
  event.type === 'order.substitution-offered' &&
  'substitutions' in order &&
  order.substitutions?.find(({ questionId }) => questionId === event.data.questionId)?.answer !== undefined;
