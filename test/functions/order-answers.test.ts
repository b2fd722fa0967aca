/** What shops say of an order beyond the plain way to the door: line by line, too early, in parts, and afterwards. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handler as deliverWebhook } from '../../functions/deliver-webhook.ts';
import { handler as followSupply } from '../../functions/follow-supply.ts';
import { handler as householdApi } from '../../functions/household-api.ts';
import { handler as reconcileOrder } from '../../functions/reconcile-order.ts';
import { handler as retailerApi } from '../../functions/retailer-api.ts';
import { composeMessage } from '../../functions/notify-household/compose-message.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { change, load } from '../../functions/runtime/store.ts';
import { isOffer } from '../../shared/retailer/offer.ts';
import { addDuration, duration, ignored, type OrderId } from '../../shared/values.ts';
import { stockAt } from '../../shared/supply/stock.ts';
import { dueRecord, eventRecord, ofType, tell, type World } from './harness.ts';
import { memberClaims, send } from './http-call.ts';
import { anna, frischhof, household, householdId, milkGtin, milkNow, milkSupply, openShop, otherShop } from './kitchen.ts';
import { theOrder, orderedWorld, type OrderedWorld } from './order-world.ts';
import { signedHeaders } from './shop-keys.ts';
import type { ShopServer } from './shop-server.ts';

const OAT = '4000521006112';

let world: World;
let shop: ShopServer;
let orderId: OrderId;
let close: OrderedWorld['close'];
beforeEach(async () => {
  ({ world, shop, orderId, close } = await orderedWorld(() => openShop('http://127.0.0.1:1', otherShop)));
});
afterEach(() => close());

const claims = memberClaims(anna);
const place = async () => tell(deliverWebhook, ...ofType(await world.said(), 'order.approved').map((event) => eventRecord(event)));
const says = (id: string, type: string, data: object, retailerId = frischhof) => {
  const body = JSON.stringify({ type, timestamp: world.now, data: { orderId, ...data } });
  return send(retailerApi, { method: 'POST', path: `/retailers/${retailerId}/messages`, headers: signedHeaders(retailerId, id, body), body });
};
const tomorrow = () => addDuration(world.now, duration(1, 'days'));
const accepted = (id = 'msg_1', retailerId = frischhof) => says(id, 'order.accepted', { sequence: 1, deliveryAt: tomorrow() }, retailerId);
const follow = async () => (await send(householdApi, { method: 'GET', path: `/households/${householdId}/orders/${orderId}/timeline`, claims })).body;
const ordered = async () => (await theOrder()).order.quote;
const packs = async () => (await ordered()).lineItems[0]?.quantity ?? 0;
const followed = async (...types: Parameters<typeof ofType>[1][]) => {
  const said = await world.said();
  await tell(followSupply, ...types.flatMap((type) => ofType(said, type).map((event) => eventRecord(event))));
};
const rule = (settings: object) =>
  change(kinds.supply, keys.supply(householdId, milkSupply), (supply) => {
    if (supply === undefined) return ignored('no milk');
    const oat = { gtin: OAT as never, pack: { amount: 1_000, unit: 'ml' as const } };
    return { kind: 'changed', state: { ...supply, products: [...supply.products, oat], settings: { ...supply.settings, ...settings } }, events: [] };
  });
const offered = (over: object = {}) => ({ gtin: OAT, sku: 'OAT', title: 'Oat drink', pack: { amount: 1, unit: 'l' }, unitPriceMinor: 120, tags: [], ...over });
const responds = async (over: object = {}, sequence = 1) =>
  says(`msg_r${String(sequence)}`, 'order.responded', {
    ...{ sequence, response: 'modified', deliveryAt: tomorrow() },
    lines: [
      {
        ...{ response: 'not-accepted', gtin: milkGtin, reason: 'out-of-stock' },
        substitute: { questionId: 'q-1', offered: offered(over), quantity: await packs(), answerBefore: addDuration(world.now, duration(2, 'hours')) },
      },
    ],
  });

describe('an answer that comes before its order was placed', () => {
  it('is kept, looks like one about nothing, and counts once the placement stands', async () => {
    const early = await accepted();
    expect(early).toMatchObject({ status: 404, body: { title: 'not-found' } });
    expect((await theOrder()).order.status).toBe('approved');
    await place();
    expect((await theOrder()).order).toMatchObject({ status: 'accepted', progress: { deliveryAt: tomorrow() } });
    expect((await load(kinds.earlyAnswers, keys.earlyAnswers(frischhof)))?.state.answers).toEqual([]);
    // Placed all the same, for the shop may not have it.
    expect(shop.heard).toHaveLength(1);
    expect(await accepted()).toMatchObject({ status: 200, body: { repeat: true } });
  });

  it('of a shop that the order is not for finds nothing, before as afterwards, and changes nothing', async () => {
    const before = await accepted('msg_x', otherShop);
    await place();
    const after = await accepted('msg_y', otherShop);
    const made = JSON.stringify({ type: 'order.accepted', timestamp: world.now, data: { orderId: 'ord_invented', sequence: 1, deliveryAt: tomorrow() } });
    const path = `/retailers/${otherShop}/messages`;
    const nowhere = await send(retailerApi, { method: 'POST', path, headers: signedHeaders(otherShop, 'msg_z', made), body: made });
    expect([before.status, before.body]).toEqual([after.status, after.body]);
    expect([nowhere.status, nowhere.body]).toEqual([after.status, after.body]);
    expect((await theOrder()).order.status).toBe('placed');
  });

  it('is forgotten after a day', async () => {
    await accepted();
    await change(kinds.earlyAnswers, keys.earlyAnswers(frischhof), (kept) =>
      kept === undefined
        ? ignored('none')
        : {
            ...{ kind: 'changed', events: [] },
            state: { ...kept, answers: kept.answers.map((one) => ({ ...one, receivedAt: addDuration(world.now, duration(-25, 'hours')) })) },
          },
    );
    await place();
    expect((await theOrder()).order.status).toBe('placed');
  });
});

describe('a response line by line', () => {
  beforeEach(place);

  it('asks a person for what no rule decides', async () => {
    expect((await responds()).status).toBe(202);
    expect(await follow()).toMatchObject({
      status: 'accepted',
      lines: [{ progress: { current: 0, reason: 'out-of-stock' } }],
      questions: [{ questionId: 'q-1' }],
    });
    expect((await follow())['questions']).not.toMatchObject([{ answer: {} }]);
  });

  it('is answered yes at once where the household has ruled so, and the shop is told', async () => {
    await rule({ ownProductsAlone: true });
    await responds();
    const { order } = await theOrder();
    const [asked] = ofType(await world.said(), 'order.substitution-offered');
    // Nobody is asked about what is decided.
    expect(asked && (await composeMessage(asked))).toBeUndefined();
    expect(order).toMatchObject({
      substitutions: [{ answer: { accepted: true, by: { kind: 'rule' } } }],
      progress: { lines: [{ current: 0, substitute: { current: await packs() } }] },
    });
    await tell(deliverWebhook, ...ofType(await world.said(), 'order.substitution-answered').map((event) => eventRecord(event)));
    const told = shop.heard.filter(({ body }) => body.includes('order.substitution-answered')).map(({ body }) => JSON.parse(body) as object);
    expect(told).toMatchObject([{ data: { questionId: 'q-1', accepted: true, offeredGtin: OAT } }]);
    await followed('order.substitution-answered');
    expect((await milkNow()).state.orders[orderId]).toMatchObject({ outstanding: (await packs()) * 1_000 });
  });

  it.each([
    ['dearer than its limit', { dearerAtMost: { percent: 5 } }, { unitPriceMinor: 150 }],
    ['of a brand that never comes', { neverBrands: ['Oatopia'] }, { brand: 'Oatopia' }],
  ])('is answered no at once for something %s', async (_, settings, over) => {
    await rule({ ownProductsAlone: true, ...settings });
    await responds(over);
    expect((await theOrder()).order).toMatchObject({ substitutions: [{ answer: { accepted: false, by: { kind: 'rule' } } }] });
  });

  it('never brings what nobody here eats, whoever says yes', async () => {
    await responds();
    await change(kinds.household, keys.household(householdId), () => ({ kind: 'changed', state: { ...household, avoid: ['gluten' as const] }, events: [] }));
    const offer = await load(kinds.offer, keys.offer(frischhof, milkGtin));
    if (offer === undefined || !isOffer(offer.state)) throw new Error('expected milk to be offered');
    const { state } = offer;
    await change(kinds.offer, keys.offer(frischhof, OAT), () => ({
      kind: 'changed',
      state: { ...state, gtin: OAT as never, tags: ['gluten' as const] },
      events: [],
    }));
    const [question] = (await follow())['questions'] as { hash: string }[];
    const path = `/households/${householdId}/orders/${orderId}/substitutions/q-1`;
    const answer = await send(householdApi, { method: 'POST', path, claims, body: { accepted: true, hash: question?.hash } });
    expect(answer).toMatchObject({ status: 409, body: { title: 'diet' } });
  });

  it('may not add what nobody ordered, unless rules allow it, and never above the quote', async () => {
    const adds = (id: string) =>
      says(id, 'order.responded', {
        ...{ sequence: 1, response: 'modified', deliveryAt: tomorrow() },
        lines: [
          { response: 'not-accepted', gtin: milkGtin, reason: 'pack-differs' },
          { response: 'added', addedTo: milkGtin, offered: offered(), quantity: 1 },
        ],
      });
    expect(await adds('msg_1')).toMatchObject({ status: 422, body: { title: 'added-not-agreed' } });
    expect(await says('msg_2', 'order.delivered', { sequence: 2, lines: [{ gtin: OAT, quantity: 1 }], totalMinor: 120 })).toMatchObject({ status: 422 });
    await rule({ ownProductsAlone: true });
    expect((await adds('msg_3')).status).toBe(202);
    const { deliveryFee, total } = await ordered();
    const above = { sequence: 3, lines: [{ gtin: OAT, quantity: 1 }], totalMinor: total.amountMinor + 1 };
    expect(await says('msg_4', 'order.delivered', above)).toMatchObject({ status: 422, body: { title: 'above-quote' } });
    expect((await says('msg_5', 'order.delivered', { ...above, totalMinor: deliveryFee.amountMinor + 120 })).status).toBe(202);
    expect((await theOrder()).order).toMatchObject({
      status: 'delivered',
      progress: { lines: [{ fulfilled: 0, substitute: { fulfilled: 1 } }], problems: [] },
    });
  });
});

describe('goods in parts, and back', () => {
  beforeEach(async () => {
    await place();
    await accepted();
  });
  const delivered = async (id: string, sequence: number, quantity: number, more: object = {}) => {
    const { deliveryFee } = await ordered();
    return says(id, 'order.delivered', { sequence, lines: [{ gtin: milkGtin, quantity }], totalMinor: deliveryFee.amountMinor + quantity * 129, ...more });
  };
  const inHouse = async () => {
    const { onHand, pantry } = stockAt((await milkNow()).state, world.now);
    return onHand + pantry;
  };

  it('count as they come, and the rest stays on its way until its day', async () => {
    const all = await packs();
    const before = await inHouse();
    await says('msg_2', 'order.back-ordered', { sequence: 2, lines: [{ gtin: milkGtin, quantity: all - 1, expectedAt: tomorrow() }], reason: 'out-of-stock' });
    await delivered('msg_3', 3, 1, { complete: false });
    await followed('order.part-delivered');
    expect([(await inHouse()) - before, (await milkNow()).state.orders[orderId]?.outstanding]).toEqual([1_000, (all - 1) * 1_000]);
    expect(await follow()).toMatchObject({ status: 'shipped', partAt: world.now, lines: [{ progress: { fulfilled: 1, backOrdered: { packs: all - 1 } } }] });
    await delivered('msg_4', 4, all);
    await followed('order.delivered');
    expect([(await inHouse()) - before, (await milkNow()).state.orders[orderId]?.outstanding]).toEqual([all * 1_000, 0]);
  });

  it('that go back leave the house, and the money for them is followed until it is there', async () => {
    const all = await packs();
    await delivered('msg_3', 3, all);
    await followed('order.delivered');
    const before = await inHouse();
    await says('msg_4', 'order.returned', { sequence: 4, lines: [{ gtin: milkGtin, quantity: 1 }] });
    await followed('order.returned');
    expect((await inHouse()) - before).toBe(-1_000);
    expect((await follow())['refund']).toMatchObject({ standing: 'expected', open: { amountMinor: 129 }, owed: [{ cause: 'returned' }] });
    world.wait(24 * 15, 'hours');
    shop.answer = { status: 500 };
    await tell(reconcileOrder, dueRecord(keys.order(householdId, orderId), world.now));
    await tell(reconcileOrder, dueRecord(keys.order(householdId, orderId), world.now));
    const [overdue, ...again] = ofType(await world.said(), 'order.refund-overdue');
    expect([overdue?.data.open.amountMinor, again]).toEqual([129, []]);
    if (overdue === undefined) throw new Error('expected a word about it');
    expect(await composeMessage(overdue)).toMatchObject({ kind: 'refund-overdue', text: expect.stringContaining('1,29') as string });
    expect((await follow())['refund']).toMatchObject({ standing: 'overdue' });
    await says('msg_5', 'order.refunded', { sequence: 5, totalMinor: 129, lines: [{ gtin: milkGtin, amountMinor: 129 }] });
    expect((await follow())['refund']).toMatchObject({ standing: 'settled', refunded: { amountMinor: 129 } });
  });

  it('that are withdrawn from are owed with their delivery', async () => {
    const all = await packs();
    await delivered('msg_3', 3, all);
    const path = `/households/${householdId}/orders/${orderId}/contract-withdrawals/dec_1a2b3c4d5e6f`;
    expect((await send(householdApi, { method: 'PUT', path, claims, body: { language: 'de' } })).status).toBe(200);
    await followed('contract.withdrawn');
    const { total } = await ordered();
    expect((await theOrder()).order).toMatchObject({ withdrawn: [{ part: 1, lines: [{ gtin: milkGtin, packs: all }] }] });
    expect((await follow())['refund']).toMatchObject({ standing: 'expected', expected: total });
  });
});
