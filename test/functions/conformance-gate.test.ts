/** A shop is asked for nothing before it has passed its run, and whoever moves it elsewhere has it pass anew. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handler as proposeOrder } from '../../functions/propose-order.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { load } from '../../functions/runtime/store.ts';
import { handler as householdApi } from '../../functions/household-api.ts';
import { handler } from '../../functions/retailer-api.ts';
import { conformanceChecks, type ConformanceReport } from '../../shared/retailer/conformance.ts';
import { TEST_ORDER_PREFIX } from '../../shared/retailer/test-orders.ts';
import { openWorld, tell, type World } from './harness.ts';
import { memberClaims, operator, send } from './http-call.ts';
import { anna, frischhof, furnish, householdId, openShop } from './kitchen.ts';
import { basketIsDue, orders, propose } from './order-world.ts';
import { signedHeaders } from './shop-keys.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  await furnish();
  await openShop();
});
afterEach(() => world.close());

const place = { webhookUrl: 'https://shop.example/hooks', apiUrl: 'https://shop.example' };
const findings: ConformanceReport['findings'] = conformanceChecks.map((check) => ({ check, passed: true, expected: 'yes', came: 'yes' }));
const path = `/retailers/${frischhof}`;
const move = () => send(handler, { method: 'PUT', path, claims: operator, body: { name: 'Frischhof', ...place } });
const report = (body: object, claims = operator) => send(handler, { method: 'PUT', path: `${path}/conformance`, claims, body });
const passedAt = async () => (await load(kinds.retailer, keys.retailer(frischhof)))?.state.conformance?.passedAt;

describe('a shop', () => {
  it('that moved gets no order until its new address has passed', async () => {
    await move();
    expect(await passedAt()).toBeUndefined();
    await propose(world);
    expect(await orders()).toEqual([]);
    const found = () => send(householdApi, { method: 'GET', path: `/households/${householdId}/products`, query: 'search=milk', claims: memberClaims(anna) });
    expect((await found()).body).toEqual({ products: [] });

    expect(await report({ ...place, findings })).toMatchObject({ status: 200, body: { retailerId: frischhof, conformance: { passedAt: world.now } } });
    expect((await found()).body).not.toEqual({ products: [] });
    world.wait(1, 'days');
    await tell(proposeOrder, basketIsDue(world));
    expect((await orders()).map(({ order }) => order.retailerId)).toEqual([frischhof]);
  });

  it('stays live when it is put again where it was', async () => {
    await move();
    await report({ ...place, findings });
    const since = await passedAt();
    expect(since).toBe(world.now);
    world.wait(1, 'days');
    await move();
    expect(await passedAt()).toBe(since);
    // The same report again says nothing new.
    await report({ ...place, findings });
    expect(await passedAt()).toBe(since);
  });

  it.each([
    ['one check that failed', { findings: findings.map((finding, index) => ({ ...finding, passed: index !== 4 })) }, 'not-passed'],
    ['one check left out', { findings: findings.slice(1) }, 'not-passed'],
    ['no check at all', { findings: [] }, 'not-passed'],
    ['another address', { webhookUrl: 'https://shop.example/other', findings }, 'another-address'],
    ['another place to ask', { apiUrl: 'https://other.example', findings }, 'another-address'],
  ])('does not go live by a report with %s', async (_, over, title) => {
    await move();
    expect(await report({ ...place, ...over })).toMatchObject({ status: 422, body: { title } });
    expect(await passedAt()).toBeUndefined();
  });

  it('is not let live by anybody but an operator', async () => {
    await move();
    expect((await report({ ...place, findings }, memberClaims(anna))).status).toBe(403);
    expect(await passedAt()).toBeUndefined();
  });

  it('hears that its answer about a test order would be taken, or why not', async () => {
    const orderId = `${TEST_ORDER_PREFIX}a1-1`;
    const says = (data: object) => {
      const body = JSON.stringify({ type: 'order.rejected', timestamp: world.now, data });
      return send(handler, { method: 'POST', path: `${path}/messages`, headers: signedHeaders(frischhof, 'msg_t', body), body });
    };
    expect(await says({ orderId, sequence: 1, reason: 'a test' })).toMatchObject({ status: 200, body: { test: true } });
    expect((await says({ orderId, sequence: 0, reason: 'a test' })).status).toBe(422);
  });
});
