import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handler as followSupply } from '../../functions/follow-supply.ts';
import { handler } from '../../functions/household-api.ts';
import { handler as notifyHousehold } from '../../functions/notify-household.ts';
import { handler as proposeOrder } from '../../functions/propose-order.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { commandOrder } from '../../functions/runtime/order.ts';
import { change, createOnce } from '../../functions/runtime/store.ts';
import { memberSchema } from '../../shared/household/household.ts';
import { recompute } from '../../shared/order/record.ts';
import { isOffer } from '../../shared/retailer/offer.ts';
import { approvalIdSchema, euros, gtinSchema, ignored, memberIdSchema, type MemberId } from '../../shared/values.ts';
import { offerOf } from '../shared/order/order-examples.ts';
import { START } from '../shared/supply/milk.ts';
import { eventRecord, ofType, openWorld, tell, type World } from './harness.ts';
import { memberClaims, send } from './http-call.ts';
import { anna, frischhof, furnish, grantMandate, guest, householdId, milkGtin, milkNow, openShop } from './kitchen.ts';
import { basket, decide, propose, spend, theOrder } from './order-world.ts';

const ben = memberIdSchema.parse('mem_ben');
const oatGtin = gtinSchema.parse('4000521006112');
let world: World;
let path: string;
let quoteHash: string;
let needId: string;

beforeEach(async () => {
  world = await openWorld();
  const products = [milkGtin, oatGtin].map((gtin) => ({ gtin, pack: { amount: 1_000, unit: 'ml' } }));
  await furnish({ products });
  await openShop();
  const oat = offerOf({ gtin: oatGtin, sku: 'FH-3', title: 'Oat milk', price: euros(199), withdrawal: 'exists', validUntil: lasting(), publishedAt: START });
  await createOnce(kinds.offer, keys.offer(frischhof, oatGtin), oat);
  await people([ben]);
  await propose(world);
  await decide(world);
  const { order } = await theOrder();
  path = `/households/${householdId}/orders/${order.orderId}`;
  quoteHash = order.quote.hash;
  needId = order.quote.lineItems[0]?.needId ?? '';
});
afterEach(() => world.close());

const lasting = () => offerOf().validUntil;
const people = (memberIds: readonly MemberId[]) =>
  Promise.all(
    memberIds.map((memberId) =>
      createOnce(kinds.member, keys.member(householdId, memberId), memberSchema.parse({ householdId, memberId, name: 'B', role: 'adult', joinedAt: START })),
    ),
  );
const evidence = { wordingVersion: '2026-03', buttonText: 'zahlungspflichtig bestellen', language: 'de' };
const by = (memberId: string, method: string, door: string, body?: unknown) =>
  send(handler, { method, path: `${path}${door}`, claims: memberClaims(memberId), ...(body !== undefined && { body }) });
const yes = (more: object = {}) => ({ approvalId: 'apr_tap', quoteHash, evidence, ...more });
const wish = (quantity: number, more: object = {}) => ({ changeId: 'chg_a', quoteHash, lines: [{ needId, gtin: milkGtin, quantity }], ...more });
const approvals = async () => ofType(await world.said(), 'order.approved').length;
const counted = (statuses: readonly number[]) =>
  Object.fromEntries([...new Set(statuses)].sort().map((status) => [status, statuses.filter((one) => one === status).length]));

/** So many answers take a few seconds, and a busy machine takes its time. */
const MANY = { timeout: 180_000 };

describe('hundreds of approvals at once', MANY, () => {
  const about = async () => ({ householdId, orderId: (await theOrder()).order.orderId });
  const approve = async (approvalId: string, memberId = anna) =>
    commandOrder(
      await about(),
      { type: 'approve', by: { kind: 'person', memberId, approvalId: approvalIdSchema.parse(approvalId) }, quoteHash, now: world.now },
      world.now,
    );

  it('that differ make one order, and every other is told that it was settled', async () => {
    const results = await Promise.all(Array.from({ length: 100 }, (_, index) => approve(`apr_${String(index)}`)));
    expect([results.filter(({ kind }) => kind === 'changed').length, results.filter(({ kind }) => kind === 'rejected').length, await approvals()]).toEqual([
      1, 99, 1,
    ]);
  });

  it('that are the same, from ten people over HTTP, make one order, and each gets its answer', async () => {
    const crowd = Array.from({ length: 10 }, (_, index) => memberIdSchema.parse(`mem_n${String(index)}`));
    await people(crowd);
    const answers = await Promise.all(crowd.flatMap((memberId) => Array.from({ length: 20 }, () => by(memberId, 'POST', '/approve', yes()))));
    expect([counted(answers.map(({ status }) => status)), await approvals()]).toEqual([{ 200: 200 }, 1]);
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  });

  it('from one person are more than anybody taps: the rest is asked to wait, and then answered alike', async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, () => by(anna, 'POST', '/approve', yes())));
    const late = answers.filter(({ status }) => status === 429);
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(60);
    expect([answers.length - late.length, late[0]?.contentType, late[0]?.body['title']]).toEqual([
      answers.filter(({ status }) => status === 200).length,
      'application/problem+json',
      'too-many-requests',
    ]);
    expect(late.length).toBeGreaterThan(0);
    world.wait(1, 'minutes');
    expect([(await by(anna, 'POST', '/approve', yes())).status, await approvals()]).toEqual([200, 1]);
  });
});

describe('somebody else at the same order', () => {
  it('is told who said yes, with the order as it stands', async () => {
    await by(anna, 'POST', '/approve', yes());
    const late = await by(ben, 'POST', '/approve', yes({ approvalId: 'apr_ben' }));
    expect(late).toMatchObject({
      status: 409,
      body: { title: 'already-approved', current: { order: { status: 'approved', approval: { by: { memberId: anna } } }, shop: { name: 'Frischhof' } } },
    });
  });

  it('hears within the same breath that there is something new', async () => {
    await by(anna, 'POST', '/approve', yes());
    await tell(notifyHousehold, ...ofType(await world.said(), 'order.approved').map((event) => eventRecord(event)));
    const { orderId } = (await theOrder()).order;
    expect(world.published.filter(({ topic }) => topic.endsWith('/changes')).map(({ payload }) => payload)).toEqual([
      { what: 'order', id: orderId, at: world.now },
    ]);
  });
});

describe('what stood on the screen', () => {
  it('is read with the order: words, version, language, quote, person, screen and time', async () => {
    await by(ben, 'POST', '/approve', yes({ screen: 'app' }));
    const { body } = await by(anna, 'GET', '');
    expect(body).toMatchObject({
      record: { approval: { at: world.now, by: { memberId: ben, approvalId: 'apr_tap', screen: 'app' }, evidence: { ...evidence, quoteHash } } },
    });
  });

  it('stays with a no, whose own words no event carries', async () => {
    await by(ben, 'POST', '/decline', { reason: 'other', comment: 'Oma bringt welche mit' });
    expect((await by(anna, 'GET', '')).body).toMatchObject({
      order: { status: 'declined', reason: 'other' },
      record: { refusal: { memberId: ben, comment: 'Oma bringt welche mit' } },
    });
    expect(JSON.stringify(await world.said())).not.toContain('Oma');
    expect((await by(ben, 'POST', '/decline', { reason: 'other', comment: 'x'.repeat(201) })).status).toBe(400);
  });
});

describe('a change of an order that waits', () => {
  it('shows what can be chosen and what it costs now', async () => {
    const { body } = await by(anna, 'GET', '/alternatives');
    expect(body).toMatchObject({
      quoteHash,
      needs: [
        {
          needId,
          choices: [
            { gtin: milkGtin, unitPrice: euros(129) },
            { gtin: oatGtin, unitPrice: euros(199) },
          ],
        },
      ],
    });
  });

  it('is one change however often it is sent; the old hash is refused with what stands there now, the new one approved', async () => {
    const changed = await by(anna, 'POST', '/change', wish(2));
    expect(changed).toMatchObject({ status: 200, body: { order: { status: 'awaiting-approval', quote: { lineItems: [{ quantity: 2 }] } } } });
    expect((await by(anna, 'POST', '/change', wish(2))).body).toEqual(changed.body);
    const { order, record } = await theOrder();
    expect(order.quote.hash).not.toBe(quoteHash);
    expect(await by(ben, 'POST', '/approve', yes())).toMatchObject({
      status: 409,
      body: { title: 'quote-changed', current: { order: { quote: { hash: order.quote.hash } } } },
    });
    expect((await by(ben, 'POST', '/approve', yes({ quoteHash: order.quote.hash }))).status).toBe(200);
    const approved = (await theOrder()).record;
    expect([record.changes?.map(({ before }) => before.hash), recompute(approved).differences]).toEqual([[quoteHash], []]);
    expect(ofType(await world.said(), 'order.requoted').map(({ data }) => [data.changeId, data.memberId])).toEqual([['chg_a', anna]]);
  });

  it('from two devices at once is one, and the other sees it', async () => {
    const answers = await Promise.all([by(anna, 'POST', '/change', wish(2)), by(ben, 'POST', '/change', wish(3, { changeId: 'chg_b' }))]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await theOrder()).order.changes).toHaveLength(1);
  });

  it('takes another product at its price of now, and the record proves it', async () => {
    await change(kinds.offer, keys.offer(frischhof, oatGtin), (offer) =>
      offer && isOffer(offer) ? { kind: 'changed', state: { ...offer, price: euros(209) }, events: [] } : ignored('none'),
    );
    const { body } = await by(anna, 'POST', '/change', wish(2, { lines: [{ needId, gtin: oatGtin, quantity: 3 }] }));
    expect(body).toMatchObject({ order: { quote: { lineItems: [{ gtin: oatGtin, quantity: 3, lineTotal: euros(627), withdrawal: 'exists' }] } } });
    expect(recompute((await theOrder()).record).differences).toEqual([]);
  });

  it.each<[string, object, number, string]>([
    ['to nothing', { lines: [{ needId: 'need', gtin: milkGtin, quantity: 0 }] }, 422, 'nothing-left'],
    ['to what is not allowed', { lines: [{ needId: 'need', gtin: '4006381333948', quantity: 1 }] }, 422, 'not-allowed'],
    ['of a need of somebody else', { lines: [{ needId: 'need_x', gtin: milkGtin, quantity: 1 }] }, 422, 'unknown-need'],
    ['of another quote than was seen', { quoteHash: 'a'.repeat(64) }, 409, 'quote-changed'],
    ['with more than anybody carries', { lines: [{ needId: 'need', gtin: milkGtin, quantity: 100 }] }, 400, 'bad-request'],
  ])('%s is refused and changes nothing', async (_, more, status, title) => {
    const body: unknown = JSON.parse(JSON.stringify(wish(2, more)).replace('"need"', JSON.stringify(needId)));
    expect(await by(anna, 'POST', '/change', body)).toMatchObject({ status, body: { title } });
    expect((await theOrder()).order.quote.hash).toBe(quoteHash);
  });

  it('is not for guests, nor for an order that was answered', async () => {
    expect((await by(guest, 'POST', '/change', wish(2))).status).toBe(403);
    await by(anna, 'POST', '/approve', yes());
    expect(await by(anna, 'POST', '/change', wish(2))).toMatchObject({ status: 409, body: { title: 'already-approved' } });
  });

  it('leaves the mandates alone', async () => {
    await grantMandate();
    const before = await spend();
    await by(anna, 'POST', '/change', wish(2));
    expect(await spend()).toEqual(before);
  });

  it('told to the basket and the supplies frees only what was taken out', async () => {
    await by(anna, 'POST', '/change', wish(2));
    const events = ofType(await world.said(), 'order.requoted').map((event) => eventRecord(event));
    await tell(proposeOrder, ...events);
    await tell(followSupply, ...events);
    expect([Object.keys((await basket())?.needs ?? {}), Object.values((await milkNow()).state.orders).map(({ standing }) => standing)]).toEqual([
      [needId],
      ['asking'],
    ]);
  });
});
