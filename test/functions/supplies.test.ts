/** What people do with their supplies, over the real store. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { handler } from '../../functions/household-api.ts';
import { handler as proposeOrder } from '../../functions/propose-order.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { change, createOnce, load } from '../../functions/runtime/store.ts';
import { supplyViewSchema } from '../../functions/household-api/stock-routes.ts';
import { supplyOverviewSchema } from '../../shared/supply/overview.ts';
import { isOffer } from '../../shared/retailer/offer.ts';
import { addDuration, duration, ignored, supplyIdSchema } from '../../shared/values.ts';
import { gtinOf, offerOf } from '../shared/order/order-examples.ts';
import { START } from '../shared/supply/milk.ts';
import { eventRecord, ofType, openWorld, tell, type World } from './harness.ts';
import { memberClaims, send } from './http-call.ts';
import { anna, frischhof, furnish, guest, householdId, milkGtin, milkNow, milkSupply, openShop } from './kitchen.ts';
import { basketIsDue, drink, orders } from './order-world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  await furnish();
  await openShop();
});
afterEach(() => world.close());

const home = `/households/${householdId}`;
const milk = `${home}/supplies/${milkSupply}`;
const as = (who: string) => (method: string, path: string, body?: unknown, query?: string) =>
  send(handler, { method, path, claims: memberClaims(who), ...(body !== undefined && { body }), ...(query !== undefined && { query }) });
const byAnna = as(anna);
const detail = (answer: Awaited<ReturnType<typeof byAnna>>) => supplyViewSchema.parse(answer.body);
const soap = gtinOf(77);
const soapOffer = { retailerId: frischhof, gtin: soap, title: 'Kernseife <b>200 g</b>', sku: 'FH-77', pack: { amount: 200, unit: 'g' } } as const;
const sellSoap = () =>
  createOnce(
    kinds.offer,
    keys.offer(frischhof, soap),
    offerOf({ ...soapOffer, price: { amountMinor: 199, currency: 'EUR' }, validUntil: addDuration(START, duration(5, 'days')), publishedAt: START }),
  );
const said = async () => (await world.said()).map(({ type }) => type).filter((type) => !['household.created', 'member.joined'].includes(type));

describe('one supply', () => {
  it('is read in full: figures, its course, and what may be done', async () => {
    const answer = detail(await byAnna('GET', milk));
    expect(answer).toMatchObject({ name: 'milk', inHouse: 4_000, unit: 'ml', runOut: 'bad', onTheWay: [], isLow: false, modelled: true });
    expect(answer.curve[0]).toEqual({ at: world.now, expected: 4_000, low: 4_000, high: 4_000 });
    expect(answer.curve.at(-1)?.high).toBe(0);
    expect(answer.actions.find(({ action }) => action === 'remove')).toEqual({ action: 'remove', allowed: false, reason: 'has-device' });
    expect(detail(await as(guest)('GET', milk)).actions.every(({ allowed, reason }) => !allowed && reason === 'guests-look')).toBe(true);
  });

  it('shows what is on its way with the day that was named, and draws it into the course', async () => {
    await change(kinds.supply, keys.supply(householdId, milkSupply), (supply) =>
      supply === undefined
        ? { kind: 'ignored', reason: 'no milk' }
        : {
            kind: 'changed',
            state: { ...supply, orders: { ['ord_1' as never]: { orderVersion: 1, standing: 'on-order', outstanding: 2_000, received: 0 } } },
            events: [],
          },
    );
    expect(detail(await byAnna('GET', milk))).toMatchObject({ onOrder: 2_000, onTheWay: [{ orderId: 'ord_1', amount: 2_000 }] });
  });

  it('takes a count once, however often it is sent, and not from a guest', async () => {
    const count = { countId: 'cnt_0001', amount: 2.5, unit: 'l' };
    const first = await byAnna('POST', `${milk}/counts`, count);
    expect(detail(first)).toMatchObject({ inHouse: 2_500, countedAt: world.now });
    expect(await byAnna('POST', `${milk}/counts`, { ...count, amount: 9 })).toEqual(first);
    expect(await said()).toEqual(['supply.counted']);
    expect(await as(guest)('POST', `${milk}/counts`, { ...count, countId: 'cnt_0002' })).toMatchObject({ status: 403 });
    expect(await byAnna('POST', `${milk}/counts`, { ...count, countId: 'cnt_0003', unit: 'piece' })).toMatchObject({
      status: 422,
      body: { title: 'another-unit' },
    });
  });

  it('takes packs by their barcode, and says what to do with one that nobody knows', async () => {
    await byAnna('POST', `${milk}/counts`, { countId: 'cnt_0001', amount: 3, unit: 'l' });
    expect(detail(await byAnna('POST', `${home}/stock`, { entryId: 'ent_0001', gtin: milkGtin, packs: 2 })).inHouse).toBe(5_000);
    expect(detail(await byAnna('POST', `${home}/stock`, { entryId: 'ent_0001', gtin: milkGtin, packs: 2 })).inHouse).toBe(5_000);
    expect(detail(await byAnna('POST', `${home}/stock`, { entryId: 'ent_0002', gtin: milkGtin, packs: -1, spoiled: true })).inHouse).toBe(4_000);
    expect(await said()).toEqual(['supply.counted', 'supply.counted', 'supply.bought-elsewhere', 'supply.spoiled']);
    const unknown = await byAnna('POST', `${home}/stock`, { entryId: 'ent_0003', gtin: soap, packs: 1 });
    expect(unknown).toMatchObject({ status: 404, body: { title: 'unknown-product' } });
    expect(unknown.body['detail']).toContain('shopping list');
    const mistyped = await byAnna('POST', `${home}/stock`, { entryId: 'ent_0003', gtin: '4006381333932', packs: 1 });
    expect(mistyped.status).toBe(400);
    expect(mistyped.body['detail']).toContain('check digit');
  });
});

/** Low milk is told, gathered and planned. */
async function propose() {
  await drink(world);
  await tell(proposeOrder, ...ofType(await world.said(), 'supply.low').map((event) => eventRecord(event)));
  world.wait(2, 'hours');
  await tell(proposeOrder, basketIsDue(world));
}

describe('settings', () => {
  it('are kept, and refuse a shop that is not linked and a product that nobody sells', async () => {
    const changed = detail(await byAnna('POST', `${milk}/settings`, { runOut: 'never', coverDays: 9, shops: [frischhof], substitute: 'never' }));
    expect(changed).toMatchObject({ runOut: 'never', settings: { coverDays: 9, shops: [frischhof], substitute: 'never', serviceLevel: 0.99 } });
    expect(detail(await byAnna('GET', milk)).settings).toEqual(changed.settings);
    expect(await byAnna('POST', `${milk}/settings`, { shops: ['rt_foreign'] })).toMatchObject({ status: 422, body: { title: 'shop-not-linked' } });
    expect(await byAnna('POST', `${milk}/settings`, { products: [milkGtin, soap] })).toMatchObject({ status: 422, body: { title: 'unknown-product' } });
    await sellSoap();
    expect(await byAnna('POST', `${milk}/settings`, { products: [soap] })).toMatchObject({ status: 422, body: { title: 'another-unit' } });
  });

  it('without them an order is proposed', async () => {
    await propose();
    expect((await orders()).length).toBe(1);
  });

  it.each([
    ['what is never bought', () => byAnna('POST', `${milk}/settings`, { neverBuy: true })],
    [
      'what only another shop may bring',
      () =>
        change(kinds.supply, keys.supply(householdId, milkSupply), (supply) =>
          supply === undefined
            ? { kind: 'ignored', reason: 'no milk' }
            : { kind: 'changed', state: { ...supply, settings: { ...supply.settings, shops: ['rt_other' as never] } }, events: [] },
        ),
    ],
    [
      'what the household avoids',
      async () => {
        await change(kinds.offer, keys.offer(frischhof, milkGtin), (offer) =>
          offer === undefined || !isOffer(offer)
            ? { kind: 'ignored', reason: 'none' }
            : { kind: 'changed', state: { ...offer, tags: ['milk' as const, 'lactose' as const] }, events: [] },
        );
        expect(await byAnna('PUT', `${home}/diet`, { avoid: ['nuts', 'lactose'] })).toMatchObject({ status: 200, body: { avoid: ['lactose', 'nuts'] } });
      },
    ],
  ])('%s is not proposed', async (_, given) => {
    await given();
    await propose();
    expect(await orders()).toEqual([]);
  });

  it('what the household wants of orders is kept, and prefers only shops that it has', async () => {
    const wanted = { wish: 'few-parcels', shops: [frischhof], shopsMayCostMoreMinor: 150 };
    expect(await byAnna('PUT', `${home}/preferences`, wanted)).toMatchObject({ status: 200, body: wanted });
    expect((await load(kinds.household, keys.household(householdId)))?.state.preferences).toEqual(wanted);
    expect(await byAnna('PUT', `${home}/preferences`, { ...wanted, shops: ['rt_other'] })).toMatchObject({ status: 422, body: { title: 'shop-not-linked' } });
    expect((await byAnna('PUT', `${home}/preferences`, { ...wanted, wish: 'luck' })).status).toBe(400);
    expect((await load(kinds.household, keys.household(householdId)))?.state.preferences).toEqual(wanted);
  });

  it('never buying also stops what is planned already', async () => {
    await drink(world);
    await tell(proposeOrder, ...ofType(await world.said(), 'supply.low').map((event) => eventRecord(event)));
    world.wait(2, 'hours');
    await byAnna('POST', `${milk}/settings`, { neverBuy: true });
    await tell(proposeOrder, basketIsDue(world));
    expect([await orders(), (await milkNow()).state.need]).toEqual([[], undefined]);
  });

  it('of the diet are told to nobody as an event', async () => {
    await byAnna('PUT', `${home}/diet`, { avoid: ['pork'] });
    expect(ofType(await world.said(), 'diet.changed').map(({ data }) => data)).toEqual([{ householdId, memberId: anna }]);
  });
});

describe('a supply without a device', () => {
  const own = {
    ...{ supplyId: 'sup_soap', name: 'Soap', productLine: 'household', products: [{ gtin: soap }] },
    ...{ inHouse: { amount: 0.4, unit: 'kg' }, perWeek: { amount: 70, unit: 'g' } },
  };

  it('begins with how long its household takes to say yes', async () => {
    await sellSoap();
    const approval = { meanDays: 0.1, sdDays: 0.05, answers: 4, asked: 1 };
    const key = keys.supply(householdId, milkSupply);
    await change(kinds.supply, key, (supply) =>
      supply === undefined ? ignored('no milk') : { kind: 'changed', state: { ...supply, leadTime: { ...supply.leadTime, approval } }, events: [] },
    );
    expect(await byAnna('POST', `${home}/supplies`, own)).toMatchObject({ status: 200 });
    expect((await load(kinds.supply, keys.supply(householdId, supplyIdSchema.parse('sup_soap'))))?.state.leadTime).toMatchObject({ deliveries: 0, approval });
  });

  it('is found among what the shops sell, added once, and taken off again', async () => {
    await sellSoap();
    expect(await byAnna('GET', `${home}/products`, undefined, 'search=kernseife')).toMatchObject({
      status: 200,
      body: { products: [{ gtin: soap, title: 'Kernseife <b>200 g</b>', clashes: [], offers: [{ shop: 'Frischhof', price: { amountMinor: 199 } }] }] },
    });
    expect(detail(await byAnna('POST', `${home}/supplies`, own))).toMatchObject({ name: 'Soap', inHouse: 400, perDay: 10, unit: 'g' });
    expect(detail(await byAnna('POST', `${home}/supplies`, { ...own, name: 'Other' })).name).toBe('Soap');
    expect(await byAnna('DELETE', `${home}/supplies/sup_soap`)).toMatchObject({ status: 200 });
    expect(await byAnna('GET', `${home}/supplies/sup_soap`)).toMatchObject({ status: 404 });
    const { body } = await byAnna('GET', home);
    expect(
      z
        .array(supplyOverviewSchema)
        .parse(body['supplies'])
        .map(({ name }) => name),
    ).toEqual(['milk']);
    expect(await byAnna('DELETE', milk)).toMatchObject({ status: 409, body: { title: 'has-device' } });
  });

  it('of which nobody says how fast it goes begins as in other households, and says so', async () => {
    await sellSoap();
    const { perWeek: _perWeek, ...untold } = own;
    const added = detail(await byAnna('POST', `${home}/supplies`, untold));
    expect(added.startedFrom).toEqual({ category: 'soap and shampoo', share: 1 });
    // A pack of 200 g in some months.
    expect(added.perDay).toBeGreaterThan(200 / 365);
    expect(added.perDay).toBeLessThan(200 / 60);
    const heating = { ...untold, supplyId: 'sup_oil', productLine: 'heating' };
    expect(await byAnna('POST', `${home}/supplies`, heating)).toMatchObject({ status: 422 });
  });

  it('may have every use told, which one with a device need not', async () => {
    await sellSoap();
    await byAnna('POST', `${home}/supplies`, own);
    expect(detail(await byAnna('POST', `${home}/supplies/sup_soap/settings`, { everyUseTold: true })).settings.everyUseTold).toBe(true);
    expect(detail(await byAnna('POST', `${home}/supplies/sup_soap/settings`, { everyUseTold: false })).settings).not.toHaveProperty('everyUseTold');
    expect(detail(await byAnna('POST', `${milk}/settings`, { everyUseTold: true, coverDays: 9 })).settings).not.toHaveProperty('everyUseTold');
  });

  it('that nobody sells needs the content of a pack', async () => {
    expect(await byAnna('POST', `${home}/supplies`, own)).toMatchObject({ status: 422, body: { title: 'unknown-product' } });
    const described = { ...own, products: [{ gtin: soap, pack: { amount: 200, unit: 'g' } }] };
    expect(await byAnna('POST', `${home}/supplies`, described)).toMatchObject({ status: 200 });
    expect(await byAnna('POST', `${home}/supplies`, { ...described, supplyId: 'sup_b', perWeek: { amount: 1, unit: 'piece' } })).toMatchObject({
      status: 422,
      body: { title: 'another-unit' },
    });
  });
});
