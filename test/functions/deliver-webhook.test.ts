import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handler as deliverWebhook } from '../../functions/deliver-webhook.ts';
import { prepareDelivery } from '../../functions/deliver-webhook/prepare-delivery.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { list, load } from '../../functions/runtime/store.ts';
import { orderPlacedSchema } from '../../shared/retailer/messages.ts';
import { dueRecord, eventRecord, ofType, tell, type World } from './harness.ts';
import { frischhof, householdId } from './kitchen.ts';
import { theOrder, orderedWorld, type OrderedWorld } from './order-world.ts';
import type { ShopServer } from './shop-server.ts';

let world: World;
let shop: ShopServer;
let close: OrderedWorld['close'];
beforeEach(async () => {
  ({ world, shop, close } = await orderedWorld());
});
afterEach(() => close());

const approvals = async () => ofType(await world.said(), 'order.approved').map((event) => eventRecord(event));
async function theDelivery() {
  const [delivery, ...more] = await list(kinds.delivery, `RT#${frischhof}`, 'DELIVERY#');
  if (delivery === undefined || more.length > 0) throw new Error('expected one delivery');
  return delivery.state;
}
const deliveryIsDue = async () => dueRecord(keys.delivery(frischhof, (await theDelivery()).messageId), world.now);

describe('an approved order', () => {
  it('reaches its shop as a message that the field’s own library verifies, and is placed', async () => {
    await tell(deliverWebhook, ...(await approvals()));
    expect(shop.heard.map(({ method, path, isVerified }) => [method, path, isVerified])).toEqual([['POST', '/hooks', true]]);
    const { order } = await theOrder();
    const { data, timestamp } = orderPlacedSchema.parse(JSON.parse(shop.heard[0]?.body ?? ''));
    expect([timestamp, data.orderId, data.account, data.totalMinor, data.deliverTo.city]).toEqual([
      world.now,
      order.orderId,
      'acc-anna',
      order.quote.total.amountMinor,
      'München',
    ]);
    expect(order).toMatchObject({ status: 'placed', placement: { messageId: shop.heard[0]?.id, acceptBefore: data.acceptBefore } });
    expect(await theDelivery()).toMatchObject({ status: 'delivered', attempts: [{ outcome: 'delivered', httpStatus: 204 }] });
  });

  it('is delivered once, whatever is told again', async () => {
    const told = await approvals();
    await tell(deliverWebhook, ...told);
    await tell(deliverWebhook, ...told, await deliveryIsDue(), dueRecord(keys.order(householdId, (await theOrder()).order.orderId), world.now));
    expect(shop.heard).toHaveLength(1);
    expect((await world.said()).filter(({ type }) => type === 'order.placing' || type === 'order.placed')).toHaveLength(2);
  });

  it('is delivered once when two are told of it at the same time', async () => {
    const [told] = await approvals();
    if (told === undefined) throw new Error('expected an approval');
    await Promise.all([tell(deliverWebhook, told), tell(deliverWebhook, told), tell(deliverWebhook, told)]);
    expect(shop.heard).toHaveLength(1);
    expect((await theOrder()).order.status).toBe('placed');
  });

  it('is sent when it is due although the event of its approval was lost', async () => {
    await tell(deliverWebhook, dueRecord(keys.order(householdId, (await theOrder()).order.orderId), world.now));
    expect([shop.heard.length, (await theOrder()).order.status]).toEqual([1, 'placed']);
  });

  it('is sent by the next run after a crash between announcing and sending', async () => {
    const { orderId } = (await theOrder()).order;
    await prepareDelivery({ householdId, orderId }, world.now);
    expect([shop.heard.length, (await theOrder()).order.status]).toEqual([0, 'placing']);
    world.wait(1, 'hours');
    await tell(deliverWebhook, await deliveryIsDue());
    expect([shop.heard.length, (await theOrder()).order.status]).toEqual([1, 'placed']);
  });

  it('ends, unsent, when its quote is over before it could be placed', async () => {
    world.wait(3, 'days');
    await tell(deliverWebhook, dueRecord(keys.order(householdId, (await theOrder()).order.orderId), world.now));
    expect([shop.heard.length, (await theOrder()).order.status]).toEqual([0, 'expired']);
  });
});

describe('a shop that does not take it', () => {
  it('is tried again later with the same id and the same bytes', async () => {
    shop.answer = { status: 500 };
    await tell(deliverWebhook, ...(await approvals()));
    const failed = await theDelivery();
    expect(failed).toMatchObject({ status: 'pending', attempt: 2, attempts: [{ outcome: 'failed', httpStatus: 500 }] });
    const [told] = ofType(await world.said(), 'webhook.failed');
    expect(told?.data).toMatchObject({ attempt: 1, reason: 'answered 500', retryAt: failed.status === 'pending' ? failed.dueAt : undefined });
    expect((await theOrder()).order.status).toBe('placing');
    await tell(deliverWebhook, await deliveryIsDue());
    expect(shop.heard).toHaveLength(1);
    shop.answer = { status: 200 };
    world.wait(1, 'hours');
    await tell(deliverWebhook, await deliveryIsDue());
    // Each attempt is signed anew, at its own second.
    const [first, second] = shop.heard.map(({ id, body, isVerified }) => ({ id, body, isVerified }));
    expect(first?.isVerified).toBe(true);
    expect(second).toEqual(first);
    expect((await theOrder()).order.status).toBe('placed');
  });

  it('because it is gone (410) is disabled, and the delivery abandoned at once', async () => {
    shop.answer = { status: 410 };
    await tell(deliverWebhook, ...(await approvals()));
    expect(await theDelivery()).toMatchObject({ status: 'abandoned', reason: 'endpoint-gone' });
    expect((await load(kinds.retailer, keys.retailer(frischhof)))?.state.disabled).toEqual({ at: world.now, reason: 'the endpoint answered 410 Gone' });
    expect(ofType(await world.said(), 'webhook.abandoned').map(({ data }) => [data.attempts, data.reason])).toEqual([[1, 'endpoint-gone']]);
    world.wait(1, 'hours');
    await tell(deliverWebhook, await deliveryIsDue(), ...(await approvals()));
    expect(shop.heard).toHaveLength(1);
  });

  it('because nobody listens counts as failed', async () => {
    await shop.close();
    await tell(deliverWebhook, ...(await approvals()));
    expect(await theDelivery()).toMatchObject({ status: 'pending', attempts: [{ outcome: 'failed', detail: 'connection failed: ECONNREFUSED' }] });
  });
});
