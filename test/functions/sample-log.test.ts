/** What the workbench sends stands in the shop's own log, marked; it is no order of anybody, and is not sent again by itself or by hand. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { handler } from '../../functions/retailer-api.ts';
import { keepSamples, samplesAsDeliveries } from '../../infra/local/workbench/sample-log.ts';
import type { Exchange } from '../../infra/local/workbench/exchange.ts';
import { sampleOrder } from '../../infra/local/conformance/sample-messages.ts';
import { ACCESS_KEY, openWorld, type World } from './harness.ts';
import { send, shopClaims } from './http-call.ts';
import { frischhof, furnish, openShop } from './kitchen.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  await furnish();
  await openShop();
});
afterEach(() => world.close());

const claims = shopClaims(frischhof);
const get = async (what: string) => (await send(handler, { method: 'GET', path: `/retailers/${frischhof}/${what}`, claims })).body;

it('reads as a delivery that is over, and as nobody’s order', async () => {
  const order = sampleOrder('a-1', world.now);
  const answer = { kind: 'answered', status: 202, body: '{"ok":true}', millis: 12 } as const;
  const sent: Exchange = { id: 'msg_sample', type: 'order.placed', body: order.body, timestamp: 1_772_442_000, signature: 'v1,x', answer };
  const access = {
    ...{ endpointUrl: process.env['AWS_ENDPOINT_URL'] ?? '', accessKeyId: ACCESS_KEY, secretAccessKey: 'not looked at' },
    tables: { households: 'Households', retailers: 'Retailers', journeys: 'Journeys' },
  };
  await keepSamples(access, samplesAsDeliveries(frischhof, { sample: 'order', orderId: order.orderId, exchanges: [sent] }, world.now));
  expect(await get('deliveries')).toMatchObject({
    deliveries: [
      { messageId: 'msg_sample', sample: true, status: 'delivered', attempts: [{ httpStatus: 202, exchange: { millis: 12, answer: '{"ok":true}' } }] },
    ],
  });
  expect(await get('orders')).toEqual({ orders: [] });
  const again = await send(handler, { method: 'POST', path: `/retailers/${frischhof}/deliveries/msg_sample/replay`, claims });
  expect(again).toMatchObject({ status: 409, body: { title: 'is-a-sample' } });
});
