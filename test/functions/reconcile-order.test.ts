import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handler as deliverWebhook } from '../../functions/deliver-webhook.ts';
import { handler as followSupply } from '../../functions/follow-supply.ts';
import { handler as reconcileOrder } from '../../functions/reconcile-order.ts';
import { keys, kinds, storedOrderSchema } from '../../functions/runtime/aggregates.ts';
import { change, load } from '../../functions/runtime/store.ts';
import { ASK_AGAIN_AFTER } from '../../shared/order/order-due.ts';
import { addDuration, duration, ignored, type OrderId } from '../../shared/values.ts';
import { dueRecord, eventRecord, ofType, tell, type World } from './harness.ts';
import { householdId, milkGtin, milkNow } from './kitchen.ts';
import { theOrder, orderedWorld, type OrderedWorld } from './order-world.ts';
import type { ShopServer } from './shop-server.ts';

let world: World;
let shop: ShopServer;
let orderId: OrderId;
let close: OrderedWorld['close'];
beforeEach(async () => {
  ({ world, shop, orderId, close } = await orderedWorld());
  await tell(deliverWebhook, ...ofType(await world.said(), 'order.approved').map((event) => eventRecord(event)));
  world.wait(25, 'hours');
});
afterEach(() => close());

const look = () => tell(reconcileOrder, dueRecord(keys.order(householdId, orderId), world.now));
const answers = (...said: object[]) => ({ status: 200, body: { orderId, answers: said } });
const accepted = () => {
  const data = { orderId, sequence: 1, deliveryAt: addDuration(world.now, duration(1, 'days')) };
  return { messageId: 'msg_a', type: 'order.accepted', timestamp: world.now, data };
};

describe('a shop that is silent after its last moment', () => {
  it('and says that it never took the order ends it, by a signed question', async () => {
    shop.answer = { status: 404 };
    await look();
    expect(shop.heard.at(-1)).toMatchObject({ method: 'GET', path: `/api/orders/${orderId}`, isVerified: true, body: '' });
    expect((await theOrder()).order).toMatchObject({ status: 'cancelled', reason: 'the shop did not take it in time' });
    await look();
    expect(ofType(await world.said(), 'order.cancelled')).toHaveLength(1);
  });

  it('and has said something is heard, once', async () => {
    shop.answer = answers(accepted());
    await look();
    await look();
    expect((await theOrder()).order.status).toBe('accepted');
    expect(ofType(await world.said(), 'order.accepted')).toHaveLength(1);
  });

  it.each([
    ['cannot be understood', { status: 200, body: { orderId: 'ord_other', answers: [] } }],
    ['fails', { status: 503 }],
    ['has nothing to say', undefined],
  ])('and %s is asked again later', async (_, answer) => {
    shop.answer = answer ?? answers();
    await look();
    const { order } = await theOrder();
    expect(order).toMatchObject({ status: 'placed', nextReconcileAt: addDuration(world.now, ASK_AGAIN_AFTER) });
    shop.answer = answers(accepted());
    world.wait(30, 'minutes');
    await look();
    expect((await theOrder()).order.status).toBe('accepted');
  });

  it('but knows the order has it, although no answer to our webhook ever came back', async () => {
    const { order } = await theOrder();
    const heldUp = { ...order, status: 'placing' };
    await change(kinds.order, keys.order(householdId, orderId), (stored) =>
      stored === undefined ? ignored('gone') : { kind: 'changed', state: storedOrderSchema.parse({ ...stored, order: heldUp }), events: [] },
    );
    shop.answer = answers();
    await look();
    expect((await theOrder()).order.status).toBe('placed');
    await look();
    expect(ofType(await world.said(), 'order.placed')).toHaveLength(2);
  });

  it('but says 404 before the last moment is not believed: the order stays', async () => {
    world.now = addDuration(world.now, duration(-3, 'hours'));
    shop.answer = { status: 404 };
    await look();
    expect((await theOrder()).order.status).toBe('placed');
  });
});

describe('the supplies of an order', () => {
  it('count what is on its way and what has come, whatever comes twice or out of order', async () => {
    const told = async () => (await world.said()).filter(({ type }) => type.startsWith('order.') && type !== 'order.placing' && type !== 'order.placed');
    await tell(followSupply, ...(await told()).map((event) => eventRecord(event)));
    const packs = (await theOrder()).order.quote.lineItems[0]?.quantity ?? 0;
    expect((await milkNow()).state.orders[orderId]).toMatchObject({ standing: 'on-order', outstanding: packs * 1_000, received: 0 });
    const { version } = await milkNow();
    await tell(followSupply, ...(await told()).reverse().map((event) => eventRecord(event)));
    expect((await milkNow()).version).toBe(version);

    const data = { orderId, sequence: 2, lines: [{ gtin: milkGtin, quantity: packs }], totalMinor: (await theOrder()).order.quote.total.amountMinor };
    shop.answer = answers(accepted(), { messageId: 'msg_b', type: 'order.delivered', timestamp: world.now, data });
    await look();
    await tell(followSupply, ...(await told()).reverse().map((event) => eventRecord(event)));
    expect((await milkNow()).state.orders[orderId]).toMatchObject({ standing: 'received', outstanding: 0, received: packs * 1_000 });
    const arrived = await milkNow();
    await tell(followSupply, ...(await told()).map((event) => eventRecord(event)));
    expect(await milkNow()).toEqual(arrived);
    expect((await load(kinds.order, keys.order(householdId, orderId)))?.state.order.status).toBe('delivered');
  });
});
