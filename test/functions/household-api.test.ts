import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handler } from '../../functions/household-api.ts';
import { handler as deliverWebhook } from '../../functions/deliver-webhook.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { load } from '../../functions/runtime/store.ts';
import { mandateTermsHash } from '../../shared/order/mandate/mandate.ts';
import { mandateTerms } from '../shared/order/order-examples.ts';
import { milkConfig } from '../shared/supply/milk.ts';
import { eventRecord, ofType, openWorld, tell, type World } from './harness.ts';
import { memberClaims, operator, send, type Call } from './http-call.ts';
import { anna, furnish, guest, household, householdId, milkGtin, milkNow, openShop, stranger } from './kitchen.ts';
import { decide, propose, spend, theOrder } from './order-world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const call = (method: string, path: string, claims: Call['claims'], body?: unknown) =>
  send(handler, { method, path, ...(claims && { claims }), ...(body !== undefined && { body }) });
const byOperator = (method: string, path: string, body?: unknown) => call(method, path, operator, body);
const byAnna = (method: string, path: string, body?: unknown) => call(method, path, memberClaims(anna), body);
const home = `/households/${householdId}`;
const { name, timeZone, language, address } = household;

describe('an operator', () => {
  it('sets a household up, and doing it twice does it once', async () => {
    await openShop();
    const steps: [path: string, body: object][] = [
      [home, { name, timeZone, language, address }],
      [`${home}/members/mem_anna`, { name: 'Anna', role: 'owner' }],
      [`${home}/shops/rt_frischhof`, { account: 'acc-anna' }],
      [`${home}/devices/fridge-anna`, { deviceType: 'fridge', name: 'Fridge' }],
    ];
    // The path says which supply of which household; the body may repeat it, but not contradict it.
    steps.push([`${home}/supplies/sup_milk`, milkConfig]);
    for (const [path, body] of steps) {
      const first = await byOperator('PUT', path, body);
      expect([path, first.status]).toEqual([path, 200]);
      world.wait(1, 'hours');
      if (!path.includes('/devices/')) expect(await byOperator('PUT', path, body)).toEqual(first);
    }
    expect((await world.said()).map(({ type }) => type).sort()).toEqual(['device.added', 'household.created', 'member.joined', 'shop.linked', 'supply.added']);
    expect((await load(kinds.device, keys.device(householdId, (await milkNow()).state.thing ?? ('' as never))))?.state.slots).toEqual({ milk: 'sup_milk' });
    const overview = await byAnna('GET', home);
    expect(overview).toMatchObject({ status: 200, body: { household: { name: 'Anna' }, members: [{ memberId: anna }], supplies: [{ supplyId: 'sup_milk' }] } });
  });

  it.each([
    ['a field that nobody knows', { name, timeZone, language, address, admin: true }, 'admin'],
    [
      'a country that is none',
      { name, timeZone, language, address: { ...address, country: 'Germany' } },
      'address.country: expected an ISO 3166 country code such as DE',
    ],
    ['a time zone that is none', { name, timeZone: 'Mars/Base', language, address }, 'timeZone: expected an IANA time zone such as Europe/Berlin'],
    ['broken JSON', '{"name":', 'body: expected JSON'],
  ])('who sends %s is told so in a sentence', async (_, body, detail) => {
    const answer = await byOperator('PUT', home, body);
    expect(answer).toMatchObject({ status: 400, contentType: 'application/problem+json' });
    expect(String(answer.body['detail'])).toContain(detail);
    expect(String(answer.body['detail']).length).toBeGreaterThan(5);
    expect(await load(kinds.household, keys.household(householdId))).toBeUndefined();
  });

  it('cannot give a thing of one household to another', async () => {
    await furnish();
    await byOperator('PUT', '/households/hh_berta', { name, timeZone, language, address });
    const device = { deviceType: 'fridge', name: 'Fridge' };
    expect((await byOperator('PUT', `${home}/devices/fridge-new`, device)).status).toBe(200);
    expect(await byOperator('PUT', `${home}/devices/app-anna`, device)).toMatchObject({ status: 400, body: { title: 'bad-request' } });
    expect(await byOperator('PUT', '/households/hh_berta/devices/fridge-new', device)).toMatchObject({ status: 409, body: { title: 'thing-taken' } });
  });
});

describe('who may what', () => {
  beforeEach(() => furnish());

  it('what belongs to somebody else does not exist, like what does not exist', async () => {
    const theirs = await call('GET', home, memberClaims(stranger));
    expect(theirs).toMatchObject({ status: 404, body: { title: 'not-found' } });
    expect(await call('GET', '/households/hh_nobody', memberClaims(stranger))).toEqual(theirs);
    expect((await call('GET', `${home}/orders`, memberClaims(stranger))).status).toBe(404);
    expect((await call('GET', `${home}/journey`, memberClaims('not-an-id'))).status).toBe(404);
  });

  it.each([
    ['a member does what operators do', 'PUT', home, memberClaims(anna), { name, timeZone, language, address }],
    ['an operator grants a mandate', 'DELETE', `${home}/mandates/man_1`, operator, undefined],
    ['a token with another scope looks in', 'GET', home, { token_use: 'access', scope: 'openid nachschub/collect', username: anna }, undefined],
  ])('%s: forbidden', async (_, method, path, claims, body) => {
    expect((await call(method, path, claims, body)).status).toBe(403);
  });

  it('a call without a token is not let in', async () => {
    expect((await call('GET', home, undefined)).status).toBe(401);
  });

  it('guests may look but not buy', async () => {
    const claims = memberClaims(guest);
    expect((await call('GET', home, claims)).status).toBe(200);
    for (const [path, body] of [
      ['orders/ord_1/decline', { reason: 'no' }],
      [
        'orders/ord_1/approve',
        { approvalId: 'apr_1', quoteHash: '0'.repeat(64), evidence: { wordingVersion: '2026-03', buttonText: 'kaufen', language: 'de' } },
      ],
    ] as const) {
      expect(await call('POST', `${home}/${path}`, claims, body)).toMatchObject({ status: 403, body: { detail: 'guests may look but not buy' } });
    }
  });
});

describe('an order that waits for a person', () => {
  let path: string;
  let quoteHash: string;
  beforeEach(async () => {
    await furnish();
    await openShop();
    await propose(world);
    await decide(world);
    const { order } = await theOrder();
    path = `${home}/orders/${order.orderId}`;
    quoteHash = order.quote.hash;
  });
  const yes = (more: object = {}) => ({
    ...{ approvalId: 'apr_tap', quoteHash, evidence: { wordingVersion: '2026-03', buttonText: 'zahlungspflichtig bestellen', language: 'de' } },
    ...more,
  });

  it('is listed with what may be done', async () => {
    const answer = await send(handler, { method: 'GET', path: `${home}/orders`, query: 'status=awaiting-approval', claims: memberClaims(anna) });
    expect(answer.body).toMatchObject({
      orders: [{ order: { quote: { hash: quoteHash } }, actions: ['approve', 'change', 'decline', 'withdraw'], shop: { name: 'Frischhof' } }],
    });
    const none = await send(handler, { method: 'GET', path: `${home}/orders`, query: 'status=placed', claims: memberClaims(anna) });
    expect(none.body).toEqual({ orders: [] });
  });

  it('is approved once by twenty taps at the same time, with what stood on the screen', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => byAnna('POST', `${path}/approve`, yes())));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    expect(ofType(await world.said(), 'order.approved').map(({ data }) => data.by)).toEqual([{ kind: 'person', memberId: anna, approvalId: 'apr_tap' }]);
    const { record } = await theOrder();
    expect(record.approval?.evidence).toEqual({ wordingVersion: '2026-03', buttonText: 'zahlungspflichtig bestellen', language: 'de', quoteHash });
    expect(Object.keys((await spend())?.open ?? {})).toEqual([]);
  });

  it('is approved by one of two people only', async () => {
    const answers = await Promise.all(['apr_a', 'apr_b'].map((approvalId) => byAnna('POST', `${path}/approve`, yes({ approvalId }))));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(ofType(await world.said(), 'order.approved')).toHaveLength(1);
  });

  it.each([
    ['with the hash of another quote', { quoteHash: 'a'.repeat(64) }, 409],
    ['under a button with other words', { evidence: { wordingVersion: '2026-03', buttonText: 'OK', language: 'de' } }, 422],
    ['under the right words in the wrong language', { evidence: { wordingVersion: '2026-03', buttonText: 'kaufen', language: 'en' } }, 422],
    ['with a field that nobody knows', { price: 1 }, 400],
  ])('is not approved %s', async (_, more, status) => {
    const answer = await byAnna('POST', `${path}/approve`, yes(more));
    expect([answer.status, typeof answer.body['detail']]).toEqual([status, 'string']);
    expect((await theOrder()).order.status).toBe('awaiting-approval');
  });

  it('is not approved when the time to answer is over', async () => {
    world.wait(2, 'days');
    expect((await byAnna('POST', `${path}/approve`, yes())).status).toBe(409);
    expect((await theOrder()).order.status).toBe('awaiting-approval');
  });

  it('is declined, and a repeat answers as the first time', async () => {
    const first = await byAnna('POST', `${path}/decline`, { reason: 'enough milk' });
    expect(first).toMatchObject({ status: 200, body: { order: { status: 'declined', reason: 'enough milk' }, actions: [] } });
    expect(await byAnna('POST', `${path}/decline`, { reason: 'enough milk' })).toEqual(first);
    expect((await byAnna('POST', `${path}/approve`, yes())).status).toBe(409);
  });

  it('cannot be withdrawn any more once the first byte has left', async () => {
    await byAnna('POST', `${path}/approve`, yes());
    await tell(deliverWebhook, ...ofType(await world.said(), 'order.approved').map((event) => eventRecord(event)));
    expect((await theOrder()).order.status).toBe('placing');
    expect((await byAnna('POST', `${path}/withdraw`, { reason: 'too late' })).status).toBe(409);
  });

  it('of another household is not there', async () => {
    expect((await byAnna('GET', `${home}/orders/ord_other`)).status).toBe(404);
    expect((await call('GET', path, memberClaims(stranger))).status).toBe(404);
  });
});

describe('a mandate', () => {
  beforeEach(() => furnish());
  const terms = { ...mandateTerms, gtins: [milkGtin] };
  const evidence = { wordingVersion: '2026-03', language: 'de', buttonText: 'kaufen', termsHash: mandateTermsHash(terms) };
  const path = `${home}/mandates/man_kitchen`;

  it('is granted under the words of the law for the terms that were shown, once, and ended', async () => {
    const first = await byAnna('PUT', path, { ...terms, evidence });
    expect(first).toMatchObject({ status: 200, body: { state: 'active', grantedBy: anna, evidence: { memberId: anna } } });
    expect((await byAnna('PUT', path, { ...terms, evidence })).body).toEqual(first.body);
    expect(await byAnna('DELETE', path)).toMatchObject({ status: 200, body: { state: 'ended' } });
    expect((await byAnna('DELETE', path)).status).toBe(200);
    expect((await world.said()).map(({ type }) => type).filter((type) => type.startsWith('mandate.'))).toEqual(['mandate.granted', 'mandate.ended']);
  });

  it.each([
    ['other terms than were shown', { perOrderMax: { amountMinor: 99_999, currency: 'EUR' } }, 409],
    ['a button with other words', { evidence: { ...evidence, buttonText: 'weiter' } }, 422],
    ['a field that nobody knows', { unlimited: true }, 400],
  ])('with %s is not granted', async (_, more, status) => {
    expect((await byAnna('PUT', path, { ...terms, evidence, ...more })).status).toBe(status);
    expect(await spend()).toBeUndefined();
  });

  it('that does not exist cannot be ended', async () => {
    expect((await byAnna('DELETE', `${home}/mandates/man_none`)).status).toBe(404);
  });
});
