import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { handler as deliverWebhook } from '../../functions/deliver-webhook.ts';
import { handler as householdApi } from '../../functions/household-api.ts';
import { handler as retailerApi } from '../../functions/retailer-api.ts';
import { DECLARATIONS_PK, keys } from '../../functions/runtime/aggregates.ts';
import { addDuration, duration, type OrderId } from '../../shared/values.ts';
import { everythingStored } from './everything-held.ts';
import { dueRecord, eventRecord, ofType, openWorld, tell, type World } from './harness.ts';
import { memberClaims, operator, send, type Answer } from './http-call.ts';
import { anna, frischhof, furnish, grantMandate, householdId, milkGtin, openShop } from './kitchen.ts';
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
  await grantMandate();
  await propose(world);
  await decide(world);
  await tell(deliverWebhook, ...ofType(await world.said(), 'order.approved').map((event) => eventRecord(event)));
  const { order } = await theOrder();
  orderId = order.orderId;
  const lines = order.quote.lineItems.map(({ gtin, quantity }) => ({ gtin, quantity }));
  const body = JSON.stringify({
    type: 'order.delivered',
    timestamp: world.now,
    data: { orderId, sequence: 1, lines, totalMinor: order.quote.total.amountMinor },
  });
  await send(retailerApi, { method: 'POST', path: `/retailers/${frischhof}/messages`, headers: signedHeaders(frischhof, 'msg_1', body), body });
});
afterEach(async () => {
  await shop.close();
  await world.close();
});

const claims = memberClaims(anna);
const withdraw = (declarationId: string, body: object = {}) =>
  send(householdApi, {
    method: 'PUT',
    path: `/households/${householdId}/orders/${orderId}/contract-withdrawals/${declarationId}`,
    claims,
    body: { language: 'de', ...body },
  });
const person = { name: 'Anna Berg', contact: 'anna@example.org', language: 'de' };
const declare = (orderNumber: string, over: object = {}) =>
  send(householdApi, { method: 'POST', path: '/withdrawals', body: { ...person, orderNumber, ...over } });
const declarations = async () => (await send(householdApi, { method: 'GET', path: '/withdrawals', claims: operator })).body['declarations'];
const match = async () => tell(deliverWebhook, ...ofType(await world.said(), 'contract.declared').map((event) => eventRecord(event)));
const forwardedSchema = z.looseObject({ type: z.string(), data: z.looseObject({ part: z.int().optional() }) });
const forwarded = () =>
  shop.heard.map(({ body, isVerified }) => ({ ...forwardedSchema.parse(JSON.parse(body)), isVerified })).filter(({ type }) => type === 'contract.withdrawn');

describe('a member who withdraws', () => {
  it('gets a receipt with content, date and time at once, and the same one again', async () => {
    const first = await withdraw('dec_a');
    expect(first.status).toBe(200);
    const { text } = first.body as { text: string };
    for (const part of [orderId, 'Anna', 'Widerrufen: ', '2026', 'MEZ']) expect(text).toContain(part);
    world.wait(1, 'hours');
    expect(await withdraw('dec_a')).toEqual(first);
    expect(await withdraw('dec_b')).toEqual(first);
    expect(ofType(await world.said(), 'contract.withdrawn')).toHaveLength(1);
  });

  it('takes back single packs, and later the rest', async () => {
    await withdraw('dec_a', { lines: [{ gtin: milkGtin, packs: 1 }] });
    await withdraw('dec_b');
    const packs = (await theOrder()).order.quote.lineItems[0]?.quantity ?? 0;
    expect(ofType(await world.said(), 'contract.withdrawn').map(({ data }) => [data.part, data.lines])).toEqual([
      [1, [{ gtin: milkGtin, packs: 1 }]],
      [2, [{ gtin: milkGtin, packs: packs - 1 }]],
    ]);
    await tell(deliverWebhook, ...ofType(await world.said(), 'contract.withdrawn').map((event) => eventRecord(event)));
    expect(forwarded().map(({ data, isVerified }) => [data.part, isVerified])).toEqual([
      [1, true],
      [2, true],
    ]);
  });

  it('whose event was lost is heard by the shop when it is due', async () => {
    await withdraw('dec_a');
    world.wait(20, 'minutes');
    await tell(deliverWebhook, dueRecord(keys.contractWithdrawal(householdId, orderId), world.now));
    expect(forwarded()).toHaveLength(1);
  });

  it('is told when the period is over', async () => {
    world.wait(30, 'days');
    expect(await withdraw('dec_a')).toMatchObject({ status: 409, body: { title: 'period-over' } });
  });
});

describe('somebody who is not signed in', () => {
  const shapeOf = ({ status, body, contentType }: Answer) => [
    status,
    contentType,
    Object.keys(body),
    String(body['text']).replaceAll(/(dec|ord)_[a-z0-9-]+/g, '$1'),
  ];

  it('is answered alike for an order that there is and one that there is not', async () => {
    expect(shapeOf(await declare('ord_0123456789abcdef'))).toEqual(shapeOf(await declare(orderId)));
  });

  it('gets the same receipt for the same words, and withdraws once', async () => {
    const first = await declare(orderId);
    await match();
    world.wait(1, 'hours');
    expect(await declare(` ${orderId} `)).toEqual(first);
    await match();
    expect(ofType(await world.said(), 'contract.withdrawn')).toHaveLength(1);
    expect(forwarded()).toHaveLength(1);
    expect(await declarations()).toMatchObject([{ status: 'forwarded', householdId, declarant: { name: 'Anna Berg' } }]);
  });

  it('keeps the moment of the declaration, however late it is matched', async () => {
    await declare(orderId);
    const declaredAt = world.now;
    world.wait(20, 'days');
    await match();
    expect(forwarded()).toMatchObject([{ data: { declaredAt } }]);
  });

  it.each([
    ['an unknown order', () => 'Rechnung 4711', {}, 'unknown-order'],
    ['a part in words', () => orderId, { onlyPart: 'die Butter' }, 'partial'],
  ])('is kept for support with %s', async (_, orderNumber, over, reason) => {
    await declare(orderNumber(), over);
    await match();
    expect(await declarations()).toMatchObject([{ status: 'for-support', reason }]);
    expect(forwarded()).toHaveLength(0);
  });

  it('is kept, with whoever declared it, until three years after the end of its year', async () => {
    await declare('Rechnung 4711');
    const stored = z.array(z.looseObject({ pk: z.string(), expiresAtSeconds: z.int().optional() })).parse(JSON.parse(await everythingStored()));
    const ends = Date.UTC(new Date(world.now).getUTCFullYear() + 4, 0, 1) / 1_000;
    expect(stored.filter(({ pk }) => pk === DECLARATIONS_PK).map(({ expiresAtSeconds }) => expiresAtSeconds)).toEqual([ends, ends]);
  });

  it('is slowed down at some point', async () => {
    const statuses = await Promise.all(Array.from({ length: 5 }, (_, n) => declare(`x${n}`))).then((answers) => answers.map(({ status }) => status));
    expect(new Set(statuses)).toEqual(new Set([200]));
    for (let n = 0; n < 25; n += 1) await declare(`y${n}`);
    expect(await declare('z')).toMatchObject({ status: 429 });
  });

  it('leaves no word of theirs in an event', async () => {
    await declare(orderId);
    await match();
    expect(JSON.stringify(await world.said())).not.toContain('anna@example.org');
  });
});

describe('a case', () => {
  const path = (rest = '') => `/households/${householdId}/cases/case_1${rest}`;
  const open = (text = 'Two eggs are broken') =>
    send(householdApi, { method: 'PUT', path: path(), claims, body: { about: { kind: 'order', orderId }, kind: 'damaged', noteId: 'note_1', text } });
  const write = (who: Record<string, string>, noteId: string, text: string, rest = '/messages') =>
    send(householdApi, { method: 'POST', path: path(rest), claims: who, body: { noteId, text } });
  const solve = () => send(householdApi, { method: 'POST', path: path('/solve'), claims, body: {} });

  it('is opened, answered, solved and reopened, and says so without a word of what was written', async () => {
    expect((await open()).body).toMatchObject({ status: 'open', messages: [{ name: 'Anna', text: 'Two eggs are broken' }] });
    await open();
    expect((await write(operator, 'note_2', 'We are sorry: the money comes back')).body).toMatchObject({ status: 'answered' });
    await write(operator, 'note_2', 'We are sorry: the money comes back');
    expect((await solve()).body).toMatchObject({ status: 'solved', actions: ['reopen'] });
    expect(await write(memberClaims(anna), 'note_3', 'Thanks')).toMatchObject({ status: 409, body: { title: 'already-solved' } });
    expect((await write(claims, 'note_4', 'It did not come', '/reopen')).body).toMatchObject({ status: 'reopened' });
    const said = (await world.said()).filter(({ type }) => type.startsWith('case.'));
    expect(said.map(({ type }) => type)).toEqual(['case.opened', 'case.answered', 'case.solved', 'case.reopened']);
    expect(JSON.stringify(said)).not.toContain('eggs');
  });

  it('is about something of the household', async () => {
    const body = { about: { kind: 'order', orderId: 'ord_other' }, kind: 'late', noteId: 'note_1', text: 'Late' };
    expect((await send(householdApi, { method: 'PUT', path: path(), claims, body })).status).toBe(404);
  });
});

it('a deadline of the receipt is told with the order', async () => {
  const { body } = await send(householdApi, { method: 'GET', path: `/households/${householdId}/orders/${orderId}/timeline`, claims });
  const { until, hasRight, left } = body['contract'] as { until: string; hasRight: boolean; left: unknown[] };
  expect([hasRight, left.length, until > addDuration(world.now, duration(13, 'days'))]).toEqual([true, 1, true]);
});
