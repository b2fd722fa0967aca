import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handler as decideOrder } from '../../functions/decide-order.ts';
import { handler as householdApi } from '../../functions/household-api.ts';
import { handler as notifyHousehold } from '../../functions/notify-household.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { change } from '../../functions/runtime/store.ts';
import { endToken } from '../../shared/order/mandate/end-link.ts';
import { mandateTermsHash, type MandateTerms } from '../../shared/order/mandate/mandate.ts';
import { decideSpend, emptySpend } from '../../shared/order/mandate/spend.ts';
import { euros, mandateIdSchema } from '../../shared/values.ts';
import { mandateId, mandateTerms } from '../shared/order/order-examples.ts';
import { eventRecord, ofType, openWorld, tell, type World } from './harness.ts';
import { memberClaims, operator, send, type Call } from './http-call.ts';
import { anna, frischhof, furnish, grantMandate, guest, householdId, milkGtin, milkSupply, openShop } from './kitchen.ts';
import { decide, propose, spend, theOrder } from './order-world.ts';
import { ROOT } from './shop-keys.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  await furnish();
  await openShop();
});
afterEach(() => world.close());

const at = `/households/${householdId}`;
const ask = (method: Call['method'], path: string, body?: unknown, claims: Record<string, string> = memberClaims(anna)) =>
  send(householdApi, { method, path, claims, ...(body !== undefined && { body }) });
const rulesFailed = async () => ofType(await world.said(), 'order.approval-requested').map(({ data }) => data.rulesFailed.map(({ rule }) => rule));
const root = new TextEncoder().encode(ROOT);

describe('a mandate for a category', () => {
  const terms: MandateTerms = { ...mandateTerms, gtins: [], categories: ['groceries'], perOrderMax: euros(5_000) };
  const evidence = (shown: MandateTerms) => ({ wordingVersion: '2026-03', language: 'de', buttonText: 'kaufen', termsHash: mandateTermsHash(shown) });

  it('covers what is proposed for a supply of that product line', async () => {
    expect((await ask('PUT', `${at}/mandates/man_milk`, { ...terms, evidence: evidence(terms) })).status).toBe(200);
    await propose(world);
    await decide(world);
    const { order } = await theOrder();
    expect([order.status, order.quote.lineItems.map(({ category }) => category)]).toEqual(['approved', ['groceries']]);
  });

  it('asks for every other line', async () => {
    const bread = { ...terms, categories: ['bread'] };
    expect((await ask('PUT', `${at}/mandates/man_bread`, { ...bread, evidence: evidence(bread) })).status).toBe(200);
    await propose(world);
    await decide(world);
    expect(await rulesFailed()).toEqual([['every-line-product-allowed']]);
  });

  it('has to name something', async () => {
    const nothing = { ...mandateTerms, gtins: [] };
    expect((await ask('PUT', `${at}/mandates/man_nothing`, { ...nothing, evidence: evidence(nothing) })).status).toBe(400);
  });
});

describe('a mandate in the app', () => {
  beforeEach(() => grantMandate());

  it('is paused, asks meanwhile, and is resumed', async () => {
    expect((await ask('POST', `${at}/mandates/${mandateId}/pause`)).body).toMatchObject({ state: 'paused' });
    await propose(world);
    await decide(world);
    expect(await rulesFailed()).toEqual([['active']]);
    expect((await ask('POST', `${at}/mandates/${mandateId}/resume`)).body).toMatchObject({ state: 'active' });
    expect((await world.said()).map(({ type }) => type).filter((type) => type.startsWith('mandate.'))).toEqual([
      'mandate.granted',
      'mandate.paused',
      'mandate.resumed',
    ]);
  });

  it('shows what it has reserved, what is left, when the month begins anew, and what it bought', async () => {
    await propose(world);
    await decide(world);
    const { order } = await theOrder();
    const total = order.quote.total.amountMinor;
    const { body } = await ask('GET', `${at}/mandates/${mandateId}`);
    expect(body).toMatchObject({
      view: {
        standing: 'active',
        month: '2026-03',
        spent: euros(0),
        reserved: euros(total),
        left: euros(6_000 - total),
        ordersThisWeek: 1,
        resetsOn: '2026-04-01',
      },
      bought: [{ orderId: order.orderId }],
      endToken: endToken(root, { householdId, mandateId }),
    });
  });

  it('shows a guest neither its link nor a way to change it', async () => {
    const { body } = await ask('GET', `${at}/mandates/${mandateId}`, undefined, memberClaims(guest));
    expect(body['endToken']).toBeUndefined();
    expect(body).toMatchObject({
      view: { actions: [{ action: 'pause', allowed: false, reason: 'guest' }, { allowed: false }, { allowed: false, reason: 'guest' }] },
    });
    expect((await ask('POST', `${at}/mandates/${mandateId}/pause`, undefined, memberClaims(guest))).status).toBe(403);
  });

  it('ends when whoever granted it leaves, before the next order is decided', async () => {
    await ask('PUT', `${at}/members/mem_ben`, { name: 'Ben', role: 'owner' }, operator);
    expect((await ask('DELETE', `${at}/members/${anna}`, undefined, operator)).status).toBe(200);
    await propose(world);
    await decide(world);
    expect((await theOrder()).order.status).toBe('awaiting-approval');
    expect((await spend())?.mandates[mandateId]).toMatchObject({ state: 'ended', ending: { memberId: anna, because: 'member-left' } });
    const left = ofType(await world.said(), 'member.left').map((event) => eventRecord(event));
    await tell(decideOrder, ...left);
    expect(ofType(await world.said(), 'mandate.ended')).toHaveLength(1);
  });

  it('lives on when a late word of leaving finds its granter back', async () => {
    await ask('PUT', `${at}/members/mem_ben`, { name: 'Ben', role: 'owner' }, operator);
    await ask('DELETE', `${at}/members/${anna}`, undefined, operator);
    await ask('PUT', `${at}/members/${anna}`, { name: 'Anna', role: 'owner' }, operator);
    await tell(decideOrder, ...ofType(await world.said(), 'member.left').map((event) => eventRecord(event)));
    expect((await spend())?.mandates[mandateId]?.state).toBe('active');
  });
});

describe('the link that ends a mandate without signing in', () => {
  const token = endToken(root, { householdId, mandateId });
  const declare = (sent: string) => send(householdApi, { method: 'POST', path: '/end-mandate', body: { token: sent } });
  beforeEach(() => grantMandate());

  it('goes out with the mandate, to the apps and nowhere else', async () => {
    const granted = ofType(await world.said(), 'mandate.granted').map((event) => eventRecord(event));
    await tell(notifyHousehold, ...granted);
    const told = world.published.map(({ payload }) => payload);
    expect(told).toContainEqual(expect.objectContaining({ kind: 'mandate-granted', link: `/app/end-mandate#${token}` }));
    expect(JSON.stringify(world.log)).not.toContain(token);
  });

  it('ends it, and a repeat has the same receipt', async () => {
    await propose(world);
    const first = await declare(token);
    expect([first.status, first.body['receivedAt']]).toEqual([200, world.now]);
    expect((await spend())?.mandates[mandateId]).toMatchObject({ state: 'ended', ending: { at: world.now, because: 'signed-link', memberId: anna } });
    world.wait(1, 'seconds');
    expect((await declare(token)).body).toEqual(first.body);
    await decide(world);
    expect((await theOrder()).order.status).toBe('awaiting-approval');
    expect(JSON.stringify(world.log)).not.toContain(token);
  });

  it('answers alike when nothing is to be ended, and changes nothing', async () => {
    const another = mandateIdSchema.parse('man_another');
    const forged = token.slice(0, -2) + (token.endsWith('AA') ? 'BB' : 'AA');
    const shape = async (sent: string) => {
      const { status, body } = await declare(sent);
      return [status, Object.keys(body).sort(), body['receivedAt']];
    };
    const expected = [200, ['receiptId', 'receivedAt'], world.now];
    const foreign = endToken(new TextEncoder().encode(ROOT.replace(/./g, 'x')), { householdId, mandateId });
    for (const sent of ['nonsense', forged, foreign, endToken(root, { householdId, mandateId: another })]) expect(await shape(sent)).toEqual(expected);
    expect((await spend())?.mandates[mandateId]?.state).toBe('active');
    expect(await shape(token)).toEqual(expected);
  });
});

describe('a stop', () => {
  beforeEach(() => grantMandate());
  const scopes = [['household'], [milkSupply], [frischhof]] as const;

  it.each(scopes)('of %s makes the next order ask, and lifted lets it be bought', async (stopId) => {
    expect((await ask('PUT', `${at}/stops/${stopId}`, { because: 'away' })).body).toMatchObject({
      stops: [{ kind: 'member', stopId, memberId: anna, because: 'away' }],
    });
    await propose(world);
    await decide(world);
    expect(await rulesFailed()).toEqual([['not-stopped']]);
    expect((await spend())?.open).toEqual({});
    expect((await ask('DELETE', `${at}/stops/${stopId}`)).body).toEqual({ stops: [] });
    expect((await world.said()).map(({ type }) => type).filter((type) => type.startsWith('spending.'))).toEqual(['spending.stopped', 'spending.resumed']);
  });

  it('of another item lets this one pass, and is of something that is there', async () => {
    expect((await ask('PUT', `${at}/stops/sup_unknown`, { because: 'other' })).status).toBe(404);
    expect((await ask('PUT', `${at}/stops/rt_unknown`, { because: 'other' })).status).toBe(404);
    await ask('PUT', `${at}/stops/household`, { because: 'other' });
    await ask('DELETE', `${at}/stops/household`);
    await propose(world);
    await decide(world);
    expect((await theOrder()).order.status).toBe('approved');
  });

  it('is not for guests', async () => {
    expect((await ask('PUT', `${at}/stops/household`, { because: 'away' }, memberClaims(guest))).status).toBe(403);
    expect((await ask('DELETE', `${at}/stops/household`, undefined, memberClaims(guest))).status).toBe(403);
  });

  it('that comes between judgement and reservation is seen by the reservation', async () => {
    await propose(world);
    const { order } = await theOrder();
    await ask('PUT', `${at}/stops/household`, { because: 'away' });
    const { orderId } = order;
    const result = await change(kinds.spend, keys.spend(householdId), (before) =>
      decideSpend(before ?? emptySpend(householdId), { type: 'reserve', orderId, mandateId, quote: order.quote, now: world.now, timeZone: 'Europe/Berlin' }),
    );
    expect(result).toMatchObject({ kind: 'rejected', reason: 'not-covered: not-stopped' });
  });
});

describe('the page that grants', () => {
  it('reads what the house buys, where, and what that costs', async () => {
    const { status, body } = await ask('GET', `${at}/mandate-choices`);
    expect([status, body['shops']]).toEqual([200, [{ retailerId: frischhof, name: 'Frischhof' }]]);
    expect(body).toMatchObject({ items: [{ supplyId: milkSupply, category: 'groceries', retailers: [frischhof], products: [{ gtin: milkGtin }] }] });
  });

  it('previews over the last orders', async () => {
    await propose(world);
    await decide(world);
    const { order } = await theOrder();
    const terms = { ...mandateTerms, gtins: [milkGtin] };
    const covered = await ask('POST', `${at}/mandates/preview`, { ...terms, perOrderMax: euros(5_000) });
    expect(covered.body).toEqual({ orders: [{ orderId: order.orderId, proposedAt: order.proposedAt, covered: true, declined: false, rulesFailed: [] }] });
    const small = await ask('POST', `${at}/mandates/preview`, { ...terms, perOrderMax: euros(1) });
    expect(small.body).toMatchObject({ orders: [{ covered: false, rulesFailed: [{ rule: 'per-order-cap' }] }] });
  });
});

describe('the statement of a month', () => {
  it('shows what was spent, from the order itself', async () => {
    await grantMandate();
    await propose(world);
    await decide(world);
    const { order } = await theOrder();
    const { status, body } = await ask('GET', `${at}/statements/2026-03`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      months: ['2026-03'],
      statement: { complete: false, spent: { count: 1, sum: order.quote.total, items: [{ orderId: order.orderId, because: 'on-the-way', by: mandateId }] } },
    });
  });

  it('is of a month that exists', async () => {
    expect((await ask('GET', `${at}/statements/2026-13`)).status).toBe(400);
  });

  it('is the household’s alone', async () => {
    expect((await ask('GET', `${at}/statements/2026-03`, undefined, memberClaims('mem_stranger'))).status).toBe(404);
  });
});
