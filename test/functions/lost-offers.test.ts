import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handler as proposeOrder } from '../../functions/propose-order.ts';
import { noteFates } from '../../functions/propose-order/note-fates.ts';
import { handler } from '../../functions/retailer-api.ts';
import { keys, kinds, retailerPk } from '../../functions/runtime/aggregates.ts';
import { change, createOnce, documents } from '../../functions/runtime/store.ts';
import type { OrderPreferences } from '../../shared/household/order-preferences.ts';
import { offerSchema } from '../../shared/retailer/offer.ts';
import { addDuration, duration, euros, householdIdSchema, type RetailerId } from '../../shared/values.ts';
import { openWorld, tell, type World } from './harness.ts';
import { operator, send, shopClaims } from './http-call.ts';
import { frischhof, furnish, household, householdId, milkGtin, openShop, otherShop } from './kitchen.ts';
import { basketIsDue, propose, theOrder } from './order-world.ts';
import { offerOf } from '../shared/order/order-examples.ts';
import { START } from '../shared/supply/milk.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  await furnish();
  await openShop();
});
afterEach(() => world.close());

const fatesAt = async (retailerId: RetailerId) => {
  const { Items: items = [] } = await documents.send(
    new QueryCommand({
      TableName: 'Retailers',
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
      ExpressionAttributeValues: { ':pk': retailerPk(retailerId), ':sk': 'FATES#' },
      ConsistentRead: true,
    }),
  );
  return items;
};
const ask = (day?: string, claims: Parameters<typeof send>[1]['claims'] = shopClaims(frischhof)) =>
  send(handler, { method: 'GET', path: `/retailers/${frischhof}/lost-offers`, ...(day && { query: `day=${day}` }), claims });

describe('why an offer lost', () => {
  const openCheaper = async (preferences?: OrderPreferences) => {
    await openShop(undefined, otherShop);
    const cheaper = offerOf({
      retailerId: otherShop,
      gtin: milkGtin,
      price: euros(99),
      publishedAt: START,
      validUntil: addDuration(START, duration(5, 'days')),
    });
    await change(kinds.offer, keys.offer(otherShop, milkGtin), () => ({ kind: 'changed', state: offerSchema.parse(cheaper), events: [] }));
    const home = {
      ...household,
      shops: [...household.shops, { retailerId: otherShop, account: 'acc-2', linkedAt: START }],
      ...(preferences && { preferences }),
    };
    await change(kinds.household, keys.household(householdId), () => ({ kind: 'changed', state: home, events: [] }));
    await propose(world);
  };

  it('is that another shop is preferred, where the household says so, and the order goes there', async () => {
    await openCheaper({ wish: 'price', shops: [frischhof], shopsMayCostMoreMinor: 5_000 });
    expect((await theOrder()).order.retailerId).toBe(frischhof);
    expect((await fatesAt(otherShop)).map(({ state }) => state as unknown)).toMatchObject([{ fates: [{ gtin: milkGtin, fate: 'not-preferred' }] }]);
  });

  it('is noted for each linked shop when a basket is planned, once, and names no household', async () => {
    await openCheaper();
    expect((await theOrder()).order.retailerId).toBe(otherShop);
    const [lost, won] = [await fatesAt(frischhof), await fatesAt(otherShop)];
    expect([...lost, ...won].map(({ state }) => state as unknown)).toEqual([
      { day: world.now.slice(0, 10), fates: [{ gtin: milkGtin, fate: 'price' }] },
      { day: world.now.slice(0, 10), fates: [{ gtin: milkGtin, fate: 'won' }] },
    ]);
    expect(JSON.stringify([lost, won])).not.toContain(householdId);
    expect(lost[0]?.['sk']).not.toBe(won[0]?.['sk']);
    await tell(proposeOrder, basketIsDue(world));
    expect(await fatesAt(frischhof)).toEqual(lost);
  });

  it('is told by product once five households stand behind it, and the day is over', async () => {
    const today = world.now.slice(0, 10);
    const noted = (name: string, fate: 'price' | 'won') =>
      noteFates(householdIdSchema.parse(`hh_${name}`), new Map([[frischhof, [{ gtin: milkGtin, fate }]]]), world.now);
    for (const name of ['a', 'b', 'c', 'd']) await noted(name, 'price');
    for (const name of ['a', 'a', 'b']) await noted(name, 'price');
    await noted('a', 'won');
    expect(await ask(today)).toMatchObject({ status: 422, body: { title: 'day-not-over' } });
    world.wait(1, 'days');
    expect(await ask()).toMatchObject({ status: 200, body: { day: today, figures: [], isSample: false } });
    await createOnce(kinds.offerFates, keys.offerFates(frischhof, today, 'e'), { day: today, fates: [{ gtin: milkGtin, fate: 'price' }] });
    for (const claims of [shopClaims(frischhof), operator])
      expect(await ask(today, claims)).toMatchObject({
        status: 200,
        body: { figures: [{ gtin: milkGtin, households: { price: 5, won: 'fewer than 5', 'lead-time': 'fewer than 5' } }] },
      });
    expect((await ask(today, shopClaims(otherShop))).status).toBe(404);
  });
});
