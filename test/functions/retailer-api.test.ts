import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handler as deliverWebhook } from '../../functions/deliver-webhook.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { load } from '../../functions/runtime/store.ts';
import { handler } from '../../functions/retailer-api.ts';
import { isOffer } from '../../shared/retailer/offer.ts';
import { addDuration, duration, type OrderId } from '../../shared/values.ts';
import { START } from '../shared/supply/milk.ts';
import { eventRecord, ofType, tell, type World } from './harness.ts';
import { memberClaims, operator, send, type Call } from './http-call.ts';
import { frischhof, milkGtin, openShop, otherShop } from './kitchen.ts';
import { theOrder, orderedWorld, type OrderedWorld } from './order-world.ts';
import { signedHeaders } from './shop-keys.ts';

let world: World;
let orderId: OrderId;
let close: OrderedWorld['close'];
beforeEach(async () => {
  ({ world, orderId, close } = await orderedWorld(() => openShop('http://127.0.0.1:1', otherShop)));
  await tell(deliverWebhook, ...ofType(await world.said(), 'order.approved').map((event) => eventRecord(event)));
});
afterEach(() => close());

const startsLikeAKey: unknown = expect.stringMatching(/^whsec_/);
const message = (type: string, data: object) => JSON.stringify({ type, timestamp: world.now, data });
const accepted = () => message('order.accepted', { orderId, sequence: 1, deliveryAt: addDuration(world.now, duration(1, 'days')) });
const says = (id: string, body: string, more: Partial<Call> = {}, retailerId = frischhof) =>
  send(handler, { method: 'POST', path: `/retailers/${retailerId}/messages`, headers: signedHeaders(retailerId, id, body), body, ...more });

describe('a signed message', () => {
  it('is stored, and its repeat answers that it is one', async () => {
    expect(await says('msg_a', accepted())).toMatchObject({ status: 202, body: { stored: true } });
    expect((await theOrder()).order.status).toBe('accepted');
    expect(await says('msg_a', accepted())).toMatchObject({ status: 200, body: { repeat: true } });
    expect(ofType(await world.said(), 'order.accepted')).toHaveLength(1);
  });

  it('verifies the same when the gateway hands the body over in base64', async () => {
    expect((await says('msg_a', accepted(), { base64: true })).status).toBe(202);
    expect((await theOrder()).order.status).toBe('accepted');
  });

  it.each([
    ['of another body', (body: string) => ({ body: body.replace('"sequence":1', '"sequence":2') })],
    ['that is missing', () => ({ headers: {} })],
    ['of another shop', (body: string) => ({ headers: signedHeaders(otherShop, 'msg_a', body) })],
    ['of another id', (body: string) => ({ headers: { ...signedHeaders(frischhof, 'msg_a', body), 'webhook-id': 'msg_b' } })],
    ['that is too old', (body: string) => ({ headers: { ...signedHeaders(frischhof, 'msg_a', body), 'webhook-timestamp': '1700000000' } })],
  ])('with a signature %s is refused and changes nothing', async (_, more) => {
    const body = accepted();
    expect(await says('msg_a', body, more(body))).toMatchObject({ status: 401, contentType: 'application/problem+json', body: { title: 'signature-refused' } });
    expect((await theOrder()).order.status).toBe('placed');
  });

  it('from a shop that does not exist answers like a wrong signature', async () => {
    const answer = await send(handler, { method: 'POST', path: '/retailers/rt_nobody/messages', headers: signedHeaders(frischhof, 'msg_a', '{}'), body: '{}' });
    const wrong = await says('msg_a', accepted(), { headers: {} });
    expect(answer).toEqual(wrong);
  });

  it('about an order that was never sent to this shop finds nothing', async () => {
    const answer = await says('msg_a', accepted(), {}, otherShop);
    expect(answer).toMatchObject({ status: 404, body: { title: 'not-found' } });
    expect((await theOrder()).order.status).toBe('placed');
  });

  it.each([
    ['no JSON', 'hello', 400, 'bad-json'],
    ['a type that we do not know', '{"type":"order.sung","timestamp":"2026-03-02T06:00:00.000Z","data":{}}', 422, 'unknown-message'],
  ])('with %s is refused for good', async (_, body, status, title) => {
    expect(await says('msg_a', body)).toMatchObject({ status, body: { title } });
  });

  it('leaves the order the same in whichever order its answers come', async () => {
    const shipped = message('order.shipped', { orderId, sequence: 2, tracking: 'T1' });
    await says('msg_b', shipped);
    await says('msg_a', accepted());
    await says('msg_b', shipped);
    expect((await theOrder()).order).toMatchObject({ status: 'shipped', progress: { tracking: 'T1' } });
  });
});

describe('offers', () => {
  const publish = (publishedAt: string, priceMinor: number, withdrawn?: readonly unknown[]) => {
    const offer = { gtin: milkGtin, sku: 'FH-1', title: 'Milk', pack: { amount: 1, unit: 'l' }, priceMinor, vatPercent: 7, available: true };
    const validUntil = addDuration(START, duration(9, 'days'));
    const terms = { deliveryFeeMinor: 100, freeDeliveryFromMinor: 3_000, minimumOrderMinor: 0, leadTimeDays: 2 };
    return message('offers.published', {
      ...{ publishedAt, terms, ...(withdrawn && { withdrawn }) },
      offers: [
        { ...offer, validUntil },
        { ...offer, gtin: '4006381333930', validUntil },
      ],
    });
  };
  const milk = async () => (await load(kinds.offer, keys.offer(frischhof, milkGtin)))?.state;
  const price = async () => {
    const kept = await milk();
    return kept && isOffer(kept) ? kept.price.amountMinor : undefined;
  };

  it('are taken line by line, a bad line is named, and an older message does not bring an old price back', async () => {
    const later = addDuration(START, duration(2, 'hours'));
    const answer = await says('msg_o', publish(later, 149));
    expect(answer).toMatchObject({ status: 202, body: { taken: 1, superseded: 0, refused: [{ index: 1, gtin: '4006381333930' }] } });
    expect(await price()).toBe(149);
    expect((await load(kinds.retailer, keys.retailer(frischhof)))?.state).toMatchObject({ offersPublishedAt: later, terms: { leadTimeDays: 2 } });
    expect(await says('msg_again', publish(later, 149))).toMatchObject({ body: { taken: 1, superseded: 0 } });
    const older = await says('msg_p', publish(addDuration(START, duration(1, 'hours')), 99));
    expect(older).toMatchObject({ status: 202, body: { taken: 1, superseded: 1 } });
    expect(await price()).toBe(149);
  });

  it('that are withdrawn stay away, whichever message comes first, and a bad line among them is named', async () => {
    const oat = '4006381333948';
    const at = (hours: number) => addDuration(START, duration(hours, 'hours'));
    expect(await says('msg_w', publish(at(3), 149, [milkGtin, oat, '4006381333932']))).toMatchObject({
      status: 202,
      body: {
        ...{ taken: 0, withdrawn: 2 },
        refused: [
          { index: 2, list: 'withdrawn', gtin: '4006381333932' },
          { index: 0, gtin: milkGtin, reason: expect.stringContaining('withdrawn') as string },
          { index: 1, gtin: '4006381333930' },
        ],
      },
    });
    expect(await says('msg_v', publish(at(2), 99, [oat]))).toMatchObject({ body: { taken: 1, withdrawn: 1, superseded: 2 } });
    expect(await milk()).toMatchObject({ available: false, publishedAt: at(3) });
    expect((await load(kinds.offer, keys.offer(frischhof, oat)))?.state).toEqual({ retailerId: frischhof, gtin: oat, withdrawn: true, publishedAt: at(3) });
    await says('msg_x', publish(at(4), 159));
    expect(await milk()).toMatchObject({ available: true, price: { amountMinor: 159 } });
  });
});

describe('an operator', () => {
  const put = (claims: Call['claims'], body: object) => send(handler, { method: 'PUT', path: '/retailers/rt_new', body, ...(claims && { claims }) });
  const body = { name: 'New', webhookUrl: 'https://new.example/hooks', apiUrl: 'https://new.example/api' };

  it('sets a shop up and is shown its keys, which stand nowhere', async () => {
    const first = await put(operator, body);
    expect(first).toMatchObject({
      status: 200,
      body: { keys: { toRetailer: startsLikeAKey, fromRetailer: startsLikeAKey } },
    });
    expect(await put(operator, body)).toEqual(first);
    const records = await world.stream('Retailers');
    expect(JSON.stringify(records)).not.toContain('whsec_');
    expect(JSON.stringify(world.log)).not.toContain('whsec_');
    expect(records.filter(({ dynamodb }) => dynamodb?.Keys?.['pk']?.S === 'RT#rt_new')).toHaveLength(1);
  });

  it('is the only one who may', async () => {
    expect((await put(memberClaims('mem_anna'), body)).status).toBe(403);
    expect((await put(undefined, body)).status).toBe(401);
    expect((await put(operator, { ...body, keyGeneration: 7 })).status).toBe(400);
  });

  it('reads the log of what was delivered', async () => {
    const answer = await send(handler, { method: 'GET', path: `/retailers/${frischhof}/deliveries`, claims: operator });
    expect(answer).toMatchObject({ status: 200, body: { deliveries: [{ orderId, status: 'delivered' }] } });
  });
});
