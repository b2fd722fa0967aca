/** A payment that a shop could not collect, as the household lives it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handler as deliverWebhook } from '../../functions/deliver-webhook.ts';
import { handler as followSupply } from '../../functions/follow-supply.ts';
import { handler as householdApi } from '../../functions/household-api.ts';
import { handler as retailerApi } from '../../functions/retailer-api.ts';
import { composeMessage } from '../../functions/notify-household/compose-message.ts';
import { addDuration, duration, type OrderId } from '../../shared/values.ts';
import { eventRecord, ofType, openWorld, tell, type World } from './harness.ts';
import { memberClaims, send } from './http-call.ts';
import { anna, frischhof, furnish, grantMandate, householdId, milkNow, openShop, otherShop } from './kitchen.ts';
import { decide, propose, theOrder } from './order-world.ts';
import { signedHeaders } from './shop-keys.ts';
import { openShopServer, type ShopServer } from './shop-server.ts';

let world: World;
let shop: ShopServer;
let orderId: OrderId;
beforeEach(async () => {
  world = await openWorld();
  shop = await openShopServer();
  await furnish();
  await openShop(shop.url);
  await openShop('http://127.0.0.1:1', otherShop);
  await grantMandate();
  await propose(world);
  await decide(world);
  ({ orderId } = (await theOrder()).order);
});
afterEach(async () => {
  await shop.close();
  await world.close();
});

const claims = memberClaims(anna);
const place = async () => tell(deliverWebhook, ...ofType(await world.said(), 'order.approved').map((event) => eventRecord(event)));
const says = (id: string, type: string, data: object, retailerId = frischhof) => {
  const body = JSON.stringify({ type, timestamp: world.now, data: { orderId, ...data } });
  return send(retailerApi, { method: 'POST', path: `/retailers/${retailerId}/messages`, headers: signedHeaders(retailerId, id, body), body });
};
const tomorrow = () => addDuration(world.now, duration(1, 'days'));
const follow = async () => (await send(householdApi, { method: 'GET', path: `/households/${householdId}/orders/${orderId}/timeline`, claims })).body;
const followed = async (...types: Parameters<typeof ofType>[1][]) => {
  const said = await world.said();
  await tell(followSupply, ...types.flatMap((type) => ofType(said, type).map((event) => eventRecord(event))));
};

describe('a declined payment', () => {
  beforeEach(place);

  it('waits as the shop says, and the household is told', async () => {
    await says('msg_1', 'payment.declined', { sequence: 1, reason: 'expired', retryBefore: tomorrow() });
    const [declined] = ofType(await world.said(), 'order.payment-declined');
    if (declined === undefined) throw new Error('expected a word about it');
    expect(await composeMessage(declined)).toMatchObject({ kind: 'payment-declined' });
    expect(await follow()).toMatchObject({ status: 'placed', payment: { reason: 'expired', retryBefore: tomorrow() } });
    await says('msg_2', 'order.accepted', { sequence: 2, deliveryAt: tomorrow() });
    expect((await follow())['payment']).toBeUndefined();
  });

  it('that ends the order does not order the same again at once', async () => {
    await says('msg_1', 'payment.declined', { sequence: 1, reason: 'insufficient-funds' });
    expect(await follow()).toMatchObject({ status: 'cancelled', payment: { reason: 'insufficient-funds' } });
    const lowBefore = ofType(await world.said(), 'supply.low').length;
    await followed('order.cancelled');
    expect(ofType(await world.said(), 'supply.low')).toHaveLength(lowBefore);
    expect((await milkNow()).state.need).toMatchObject({ standing: 'expired' });
  });
});
