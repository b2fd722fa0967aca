/** What a shop that will not, cannot or does not answer costs a household: never a second order, never a lost one. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handler as householdApi } from '../../functions/household-api.ts';
import { composeMessage } from '../../functions/notify-household/compose-message.ts';
import { handler as retailerApi } from '../../functions/retailer-api.ts';
import { keys, kinds, retailerPk } from '../../functions/runtime/aggregates.ts';
import { change, list, load } from '../../functions/runtime/store.ts';
import type { Order } from '../../shared/order/order-state.ts';
import { addDuration, duration, euros, type Instant } from '../../shared/values.ts';
import { offerOf } from '../shared/order/order-examples.ts';
import { START } from '../shared/supply/milk.ts';
import { ofType, openWorld, type World } from './harness.ts';
import { memberClaims, send, shopClaims } from './http-call.ts';
import { anna, frischhof, furnish, grantMandate, household, householdId, milkGtin, milkNow, openShop, otherShop } from './kitchen.ts';
import { drink, orders, spend } from './order-world.ts';
import { Flow } from './run-flow.ts';
import { signedHeaders } from './shop-keys.ts';
import { openShopServer, type ShopServer } from './shop-server.ts';

let world: World;
let flow: Flow;
let first: ShopServer;
let second: ShopServer;
beforeEach(async () => {
  world = await openWorld();
  [first, second] = await Promise.all([openShopServer(), openShopServer()]);
  await furnish();
  await openShop(first.url);
  await openShop(second.url, otherShop);
  const shops = [...household.shops, { retailerId: otherShop, account: 'acc-other', linkedAt: START }];
  await change(kinds.household, keys.household(householdId), (home) => ({ kind: 'changed', state: { ...(home ?? household), shops }, events: [] }));
  await offer(60, otherShop);
  await grantMandate({ retailers: [frischhof, otherShop] });
  flow = new Flow(world, [frischhof, otherShop]);
  await drink(world);
});
afterEach(async () => {
  await Promise.all([first.close(), second.close()]);
  await world.close();
});

/** The first shop is the cheaper one. @param days for which its price stands */
async function offer(days: number, retailerId: typeof frischhof, minor = 149): Promise<void> {
  const validUntil = addDuration(START, duration(days, 'days'));
  const next = offerOf({ retailerId, gtin: milkGtin, validUntil, publishedAt: addDuration(START, duration(1, 'seconds')), price: euros(minor) });
  await change(kinds.offer, keys.offer(retailerId, milkGtin), () => ({ kind: 'changed', state: next, events: [] }));
}
const says = (type: string, orderId: string, data: object, at: Instant = world.now) => {
  const body = JSON.stringify({ type, timestamp: at, data: { orderId, ...data } });
  return send(retailerApi, { method: 'POST', path: `/retailers/${frischhof}/messages`, headers: signedHeaders(frischhof, `msg_${type.slice(6)}`, body), body });
};
const inTurn = async (): Promise<Order[]> => (await orders()).map(({ order }) => order).sort((a, b) => (a.proposedAt < b.proposedAt ? -1 : 1));
const summary = async () => (await inTurn()).map(({ retailerId, status }) => [retailerId, status]);
/** Of the first shop: the second takes everything and never says a word, which is a trouble of its own. */
const logged = (message: string) => world.log.filter((line) => line.message === message && line['retailerId'] === frischhof).length;
const placedAt = (server: ShopServer) => server.heard.filter(({ method, body }) => method === 'POST' && body.includes('order.placed')).map(({ id }) => id);

describe('a shop that refuses', () => {
  it('is not asked again for the same need: the next best one is, within the mandate', async () => {
    await flow.hours(3);
    const [order] = await inTurn();
    expect(await summary()).toEqual([[frischhof, 'placed']]);
    await says('order.rejected', order?.orderId ?? '', { sequence: 1, reason: 'sold out' });
    await flow.hours(3);
    expect(await summary()).toEqual([
      [frischhof, 'rejected'],
      [otherShop, 'placed'],
    ]);
    expect((await inTurn())[1]).toMatchObject({ approval: { by: { kind: 'mandate' } } });
    expect([placedAt(first).length, placedAt(second).length]).toEqual([1, 1]);
  });
});

describe('a shop that refuses and thinks better of it', () => {
  /** What the supply counts on, of all orders. */
  const onTheWay = async () => Object.values((await milkNow()).state.orders).reduce((sum, { outstanding }) => sum + outstanding, 0);
  const cancels = () => first.heard.filter(({ body }) => body.includes('order.cancel-requested')).map(({ body }) => JSON.parse(body) as object);
  const refused = async () => {
    await flow.hours(3);
    const [order] = await inTurn();
    await says('order.rejected', order?.orderId ?? '', { sequence: 1, reason: 'sold out' });
    await flow.hours(3);
    return order?.orderId ?? '';
  };
  const accepts = (orderId: string) => says('order.accepted', orderId, { sequence: 2, deliveryAt: addDuration(world.now, duration(1, 'days')) });

  it('gets a cancel once, the household is told, and counts on what it bought elsewhere alone', async () => {
    const orderId = await refused();
    const [, other] = await inTurn();
    const before = await onTheWay();
    expect((await accepts(orderId)).status).toBe(202);
    await flow.hours(2);
    expect(await summary()).toEqual([
      [frischhof, 'rejected'],
      [otherShop, 'placed'],
    ]);
    expect(await onTheWay()).toBe(before);
    expect((await milkNow()).state.orders[other?.orderId ?? ('' as never)]?.outstanding).toBe(before);
    expect(cancels()).toMatchObject([{ data: { orderId, reason: 'order-elsewhere' } }]);
    const [told] = ofType(await world.said(), 'order.taken-after-refusal');
    expect(told?.data.as).toBe('accepted');
    expect(told && (await composeMessage(told))).toMatchObject({ kind: 'order-unwanted' });
    await says('order.cancelled', orderId, { sequence: 3, reason: 'as you asked' });
    await flow.hours(2);
    expect([await onTheWay(), (await summary())[0]]).toEqual([before, [frischhof, 'cancelled']]);
  });

  it('and delivers all the same is paid nothing, in the books as well; the goods are there', async () => {
    const orderId = await refused();
    const order = async () => (await inTurn())[0];
    await accepts(orderId);
    await says('order.shipped', orderId, { sequence: 3 });
    await flow.hours(1);
    expect(ofType(await world.said(), 'order.taken-after-refusal').map(({ data }) => data.as)).toEqual(['accepted', 'shipped']);
    const { quote } = (await order()) ?? {};
    const lines = quote?.lineItems.map(({ gtin, quantity }) => ({ gtin, quantity }));
    await says('order.delivered', orderId, { sequence: 4, lines, totalMinor: quote?.total.amountMinor });
    await flow.hours(1);
    expect(await order()).toMatchObject({
      status: 'delivered',
      progress: { total: euros(0), problems: expect.arrayContaining([expect.stringMatching(/^charged \d+ cents for what it had refused$/)]) as string[] },
    });
    expect((await milkNow()).state.orders[orderId as never]).toMatchObject({ outstanding: 0 });
    expect((await milkNow()).state.orders[orderId as never]?.received).toBeGreaterThan(0);
    const booked = await spend();
    expect(
      Object.values(booked?.settled ?? {})
        .flatMap((month) => JSON.stringify(month))
        .join(),
    ).not.toContain(String(quote?.total.amountMinor));
  });

  it('before the refusal has come to us, the other way round, ends alike', async () => {
    await flow.hours(3);
    const [order] = await inTurn();
    const orderId = order?.orderId ?? '';
    await accepts(orderId);
    await flow.hours(1);
    expect(await summary()).toEqual([[frischhof, 'accepted']]);
    await says('order.rejected', orderId, { sequence: 1, reason: 'sold out' });
    await flow.hours(4);
    expect(await summary()).toEqual([
      [frischhof, 'rejected'],
      [otherShop, 'placed'],
    ]);
    expect(cancels()).toHaveLength(1);
  });
});

describe('a shop that cannot be reached', () => {
  beforeEach(async () => {
    first.answer = { status: 503 };
    await flow.hours(3);
  });

  it('is told to somebody once, however often it is tried, and no new order goes there while there is another', async () => {
    await flow.hours(20, 4);
    expect(logged('shop unreachable')).toBe(1);
    expect(ofType(await world.said(), 'retailer.unreachable')).toHaveLength(1);
    expect(new Set(placedAt(first)).size).toBe(1);
  });

  it('and did not take the order in time loses it to another, once it says so', async () => {
    await flow.hours(23, 4);
    expect(await summary()).toEqual([[frischhof, 'placing']]);
    first.answer = { status: 404 };
    await flow.hours(6);
    expect(await summary()).toEqual([
      [frischhof, 'cancelled'],
      [otherShop, 'placed'],
    ]);
  });

  it('but had committed just before we gave up keeps it', async () => {
    await flow.hours(23, 4);
    const [order] = await inTurn();
    const data = { orderId: order?.orderId, sequence: 1, deliveryAt: addDuration(world.now, duration(1, 'days')) };
    first.answer = { status: 200, body: { orderId: order?.orderId, answers: [{ messageId: 'msg_late', type: 'order.accepted', timestamp: world.now, data }] } };
    await flow.hours(6);
    expect(await summary()).toEqual([[frischhof, 'accepted']]);
  });

  it('is left to the household when its time is over: they wait, or order elsewhere, and then it may not deliver any more', async () => {
    await flow.hours(25, 5);
    const [order] = await inTurn();
    expect(order).toMatchObject({ status: 'placing', stuck: { because: 'not-taken' } });
    expect(ofType(await world.said(), 'order.stuck')).toHaveLength(1);
    const path = `/households/${householdId}/orders/${order?.orderId ?? ''}/cancel`;
    const ask = () => send(householdApi, { method: 'POST', path, body: { reason: 'order-elsewhere' }, claims: memberClaims(anna) });
    expect((await ask()).status).toBe(200);
    await flow.hours(4);
    expect(await summary()).toEqual([
      [frischhof, 'cancelled'],
      [otherShop, 'placed'],
    ]);
    expect((await ask()).status).toBe(200);
    first.answer = { status: 204 };
    await flow.hours(12, 3);
    expect(first.heard.filter(({ body }) => body.includes('order.cancel-requested')).length).toBeGreaterThan(0);
    const late = await says('order.accepted', order?.orderId ?? '', { sequence: 1, deliveryAt: world.now });
    expect(late).toMatchObject({ status: 422, body: { title: 'lapsed' } });
    expect((await inTurn()).filter(({ status }) => status !== 'cancelled')).toHaveLength(1);
  });
});

it(
  'six days of outage lose no order and double none: one alert, and what may still be said is said again by hand',
  { tags: ['long'], timeout: 90_000 },
  async () => {
    first.answer = { status: 503 };
    await flow.hours(6 * 24, 6);
    first.answer = { status: 404 };
    await flow.hours(6);
    expect(logged('shop unreachable')).toBe(1);
    const states = await summary();
    expect(states).toEqual([[frischhof, 'cancelled'], ...states.slice(1)]);
    expect(states.slice(1).every(([shop]) => shop === otherShop)).toBe(true);
    expect(states.length).toBeGreaterThan(1);
    expect(new Set(placedAt(first)).size).toBe(1);
    const deliveries = (await list(kinds.delivery, retailerPk(frischhof), 'DELIVERY#')).map(({ state }) => state);
    const replay = (messageId: string) =>
      send(retailerApi, { method: 'POST', path: `/retailers/${frischhof}/deliveries/${messageId}/replay`, claims: shopClaims(frischhof) });
    const placing = deliveries.find(({ type }) => type === 'order.placed');
    expect(placing).toMatchObject({ status: 'abandoned' });
    expect(await replay(placing?.messageId ?? '')).toMatchObject({ status: 409, body: { title: 'order-moved-on' } });
  },
);

describe('a message that is sent again by hand', () => {
  it('has the same id, is noted with who asked, and not oftener than once a minute', async () => {
    await flow.hours(3);
    const [delivery] = (await list(kinds.delivery, retailerPk(frischhof), 'DELIVERY#')).map(({ state }) => state);
    const path = `/retailers/${frischhof}/deliveries/${delivery?.messageId ?? ''}/replay`;
    expect(delivery).toMatchObject({ status: 'delivered', attempts: [{ outcome: 'delivered', exchange: { millis: expect.any(Number) as number } }] });
    expect((await send(retailerApi, { method: 'POST', path, claims: shopClaims(frischhof) })).status).toBe(200);
    expect(await send(retailerApi, { method: 'POST', path, claims: shopClaims(frischhof) })).toMatchObject({ status: 429 });
    await flow.settle();
    expect(placedAt(first)).toEqual([delivery?.messageId, delivery?.messageId]);
    expect((await load(kinds.delivery, keys.delivery(frischhof, delivery?.messageId ?? ('' as never))))?.state).toMatchObject({
      status: 'delivered',
      replays: [{ by: 'retailer' }],
    });
    expect(await summary()).toEqual([[frischhof, 'placed']]);
  });
});
