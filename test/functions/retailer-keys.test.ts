/** The keys between a shop and us, through the API that shows and changes them and the messages that they sign. */
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { handler as deliverWebhook } from '../../functions/deliver-webhook.ts';
import { handler } from '../../functions/retailer-api.ts';
import { privateKeyOf, publicKeyOf } from '../../shared/retailer/ed25519.ts';
import { sign, verify } from '../../shared/retailer/webhook.ts';
import type { OrderId } from '../../shared/values.ts';
import { eventRecord, ofType, tell, type World } from './harness.ts';
import { operator, send, shopClaims } from './http-call.ts';
import { frischhof } from './kitchen.ts';
import { orderedWorld, type OrderedWorld } from './order-world.ts';
import type { ShopServer } from './shop-server.ts';

let world: World;
let shop: ShopServer;
let orderId: OrderId;
let close: OrderedWorld['close'];
beforeEach(async () => {
  ({ world, shop, orderId, close } = await orderedWorld());
});
afterEach(() => close());

const path = `/retailers/${frischhof}/keys`;
const list = z.array(z.string());
const shownSchema = z.object({
  generation: z.int(),
  previousKeyUntil: z.string().optional(),
  toRetailer: list,
  fromRetailer: list,
  ourPublicKeys: list,
  publicKeys: list,
});
const read = async () => shownSchema.parse((await send(handler, { method: 'GET', path, claims: shopClaims(frischhof) })).body);
const rotate = (generation: number) => send(handler, { method: 'POST', path, body: { generation }, claims: shopClaims(frischhof) });
const accepted = () => JSON.stringify({ type: 'order.accepted', timestamp: world.now, data: { orderId, sequence: 1, deliveryAt: world.now } });
const says = (id: string, signature: (body: string, at: Date) => string) => {
  const [body, at] = [accepted(), new Date()];
  const headers = { 'webhook-id': id, 'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)), 'webhook-signature': signature(body, at) };
  return send(handler, { method: 'POST', path: `/retailers/${frischhof}/messages`, headers, body });
};
const place = async () => tell(deliverWebhook, ...ofType(await world.said(), 'order.approved').map((event) => eventRecord(event)));

describe('a change of keys', () => {
  it('leaves both generations good for a day, both ways, and after it only the new one', async () => {
    const before = await read();
    const after = shownSchema.parse((await rotate(1)).body);
    expect(after).toMatchObject({ generation: 2, toRetailer: [expect.stringMatching(/^whsec_/), before.toRetailer[0]] });
    await place();
    // The shop's server still checks with the key of before.
    expect(shop.heard).toMatchObject([{ isVerified: true }]);
    const [next = '', old = ''] = after.fromRetailer;
    expect((await says('msg_old', (body, at) => new Webhook(old).sign('msg_old', at, body))).status).toBe(202);
    expect((await says('msg_new', (body, at) => new Webhook(next).sign('msg_new', at, body))).status).toBe(202);
    world.wait(24, 'hours');
    expect((await says('msg_late', (body, at) => new Webhook(old).sign('msg_late', at, body))).status).toBe(401);
    expect(await read()).toMatchObject({ generation: 2, toRetailer: [after.toRetailer[0]] });
  });
  it('is made once for two who ask at a time, and not again before it is over', async () => {
    const both = await Promise.all([rotate(1), rotate(1)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect(await read()).toMatchObject({ generation: 2 });
    expect(await rotate(2)).toMatchObject({ status: 409, body: { title: 'rotation-under-way' } });
    expect(await rotate(7)).toMatchObject({ status: 409, body: { title: 'another-generation' } });
  });
});

describe('a shop that holds no secret of ours', () => {
  it('checks our messages with our public key', async () => {
    const { ourPublicKeys } = await read();
    await place();
    const [heard] = shop.heard;
    expect(heard).toBeDefined();
    const body = new TextEncoder().encode(heard?.body);
    expect(verify({ secrets: ourPublicKeys, headers: heard?.headers ?? {}, body, now: Math.floor(Date.now() / 1_000) })).toMatchObject({ ok: true });
  });
  it('is not told our private key; whoever operates the product tries it out with that', async () => {
    const answer = async (claims: typeof operator) => (await send(handler, { method: 'GET', path: `/retailers/${frischhof}/keys`, claims })).body;
    expect(await answer(shopClaims(frischhof))).not.toHaveProperty('ourPrivateKeys');
    const { ourPrivateKeys, ourPublicKeys } = z.looseObject({ ourPrivateKeys: list, ourPublicKeys: list }).parse(await answer(operator));
    expect(ourPrivateKeys.map(publicKeyOf)).toEqual(ourPublicKeys);
  });
  it('signs with its own key, once it has told us the public one', async () => {
    const secret = privateKeyOf(new Uint8Array(32).fill(9));
    const signed = (id: string) => (body: string, at: Date) =>
      sign({ secret, id, timestamp: Math.floor(at.getTime() / 1_000), body: new TextEncoder().encode(body) });
    await place();
    expect((await says('msg_a', signed('msg_a'))).status).toBe(401);
    const put = (publicKeys: string[]) => send(handler, { method: 'PUT', path: `/retailers/${frischhof}/public-keys`, body: { publicKeys }, claims: operator });
    expect(await put([publicKeyOf(secret)])).toMatchObject({ status: 200, body: { publicKeys: [publicKeyOf(secret)] } });
    expect((await says('msg_a', signed('msg_a'))).status).toBe(202);
    expect((await put(['whpk_QUJD'])).status).toBe(400);
  });
});
