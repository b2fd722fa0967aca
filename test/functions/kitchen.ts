/** Anna's household, her fridge with milk in it, and a shop that sells it. */
import { createOnce, load } from '../../functions/runtime/store.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { householdSchema, memberSchema, deviceSchema } from '../../shared/household/household.ts';
import { retailerSchema } from '../../shared/retailer/retailer.ts';
import { decideSpend, emptySpend } from '../../shared/order/mandate/spend.ts';
import { newSupply, supplyConfigSchema } from '../../shared/supply/new-supply.ts';
import { addDuration, duration, euros, gtinSchema, memberIdSchema, retailerIdSchema, supplyIdSchema, thingNameSchema } from '../../shared/values.ts';
import type { MandateTerms } from '../../shared/order/mandate/mandate.ts';
import { anna, frischhof, grantOf, householdId, offerOf, terms } from '../shared/order/order-examples.ts';
import { milkConfig, START } from '../shared/supply/milk.ts';
import { sqsRecord } from './harness.ts';

export const fridge = thingNameSchema.parse('fridge-anna');
export const milkSupply = supplyIdSchema.parse('sup_milk');
export const milkGtin = gtinSchema.parse('4006381333931');
export const stranger = memberIdSchema.parse('mem_stranger');
export const guest = memberIdSchema.parse('mem_guest');
export { anna, frischhof, householdId };

export const household = householdSchema.parse({
  householdId,
  name: 'Anna',
  timeZone: 'Europe/Berlin',
  language: 'de',
  address: { recipient: 'Anna Adler', street: 'Gasse 1', postalCode: '80331', city: 'München', country: 'DE' },
  shops: [{ retailerId: frischhof, account: 'acc-anna', linkedAt: START }],
  createdAt: START,
});

export async function furnish(config: object = {}): Promise<void> {
  await createOnce(kinds.household, keys.household(householdId), household);
  const people = [
    { memberId: anna, name: 'Anna', role: 'owner' },
    { memberId: guest, name: 'Gustav', role: 'guest' },
  ] as const;
  for (const person of people) {
    await createOnce(kinds.member, keys.member(householdId, person.memberId), memberSchema.parse({ householdId, ...person, joinedAt: START }));
  }
  const device = { householdId, thing: fridge, deviceType: 'fridge', name: 'Fridge', slots: { milk: milkSupply, ghost: 'sup_ghost' }, addedAt: START };
  await createOnce(kinds.device, keys.device(householdId, fridge), deviceSchema.parse(device));
  await createOnce(kinds.supply, keys.supply(householdId, milkSupply), newSupply(supplyConfigSchema.parse({ ...milkConfig, ...config }), START));
}

/** Has passed its run: a shop is asked for nothing before. */
const conformance = { passedAt: START, reportDigest: '0'.repeat(32) };

/** @param url of the shop's own server; nothing is sent there unless an order is placed */
export async function openShop(url = 'http://127.0.0.1:1', retailerId = frischhof): Promise<void> {
  const shop = {
    retailerId,
    name: 'Frischhof',
    webhookUrl: `${url}/hooks`,
    apiUrl: `${url}/api`,
    keyGeneration: 1,
    terms,
    offersPublishedAt: START,
    conformance,
  };
  await createOnce(kinds.retailer, keys.retailer(retailerId), retailerSchema.parse(shop));
  const validUntil = addDuration(START, duration(5, 'days'));
  await createOnce(kinds.offer, keys.offer(retailerId, milkGtin), offerOf({ retailerId, gtin: milkGtin, validUntil, publishedAt: START }));
}

export async function grantMandate(limits: Partial<MandateTerms> = {}): Promise<void> {
  const outcome = decideSpend(emptySpend(householdId), { type: 'grant', mandate: grantOf({ gtins: [milkGtin], perOrderMax: euros(5_000), ...limits }) });
  if (outcome.kind !== 'changed') throw new Error(`expected a mandate, got ${outcome.reason}`);
  await createOnce(kinds.spend, keys.spend(householdId), outcome.state, outcome.events);
}

export const otherShop = retailerIdSchema.parse('rt_other');
export const milkNow = async () => {
  const stored = await load(kinds.supply, keys.supply(householdId, milkSupply));
  if (stored === undefined) throw new Error('expected milk');
  return stored;
};

/** One message of the ingest queue, as the rule's SQL wraps it. */
export const telemetry = (messageId: string, payload: unknown, wrapped: { thing?: string; clientId?: string } = {}) =>
  sqsRecord(messageId, {
    payload: Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload)).toString('base64'),
    ...{ thing: fridge, clientId: fridge, principal: 'certificate', receivedAt: 1_772_431_200_000 },
    ...wrapped,
  });
