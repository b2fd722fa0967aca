/** Segment's tracking API, as its libraries and other people's trackers speak it: what is kept, once, in which partition, and what is refused without taking the rest with it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handler } from '../../functions/collect-touchpoints.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { list, load, createOnce } from '../../functions/runtime/store.ts';
import { knownAround } from '../../functions/runtime/who-is-who.ts';
import { noPrivacyYet } from '../../shared/household/privacy.ts';
import type { Touchpoint } from '../../shared/journey/touchpoint.ts';
import { addDuration, duration } from '../../shared/values.ts';
import { START } from '../shared/supply/milk.ts';
import { everythingStored } from './everything-held.ts';
import { openWorld, type World } from './harness.ts';
import { memberClaims, operator, send } from './http-call.ts';
import { anna, fridge, furnish, householdId } from './kitchen.ts';
import { basicAuth, collect, openSource, type OpenedSource } from './write-key.ts';

let world: World;
let shop: OpenedSource;
beforeEach(async () => {
  world = await openWorld();
  await furnish();
  shop = await openSource();
  world.wait(1, 'hours');
});
afterEach(() => world.close());

const at = (partition: string): Promise<Touchpoint[]> => list(kinds.touchpoint, partition, 'TP#').then((found) => found.map(({ state }) => state));
const ofAnna = () => at(`HH#${householdId}`);
const viewed = { messageId: 'm-1', userId: householdId, event: 'Product Viewed', timestamp: START };

describe('a message', () => {
  it('is kept once, and its repeat with another clock lands on the first', async () => {
    for (const sentAt of [addDuration(START, duration(1, 'hours')), addDuration(START, duration(2, 'hours'))]) {
      expect(await collect(shop, 'track', { ...viewed, sentAt })).toMatchObject({ status: 200, body: { success: true } });
    }
    expect((await ofAnna()).map(({ source, type, at: when, phase }) => [source, type, when, phase])).toEqual([
      ['src_web-shop', 'Product Viewed', START, 'information'],
    ]);
  });

  it('is put right by what the sender’s clock is wrong by, and never into the future', async () => {
    const wrongBy = (hours: number) => (when: typeof START) => addDuration(when, duration(hours, 'hours'));
    for (const [messageId, wrong] of [
      ['fast', wrongBy(5)],
      ['slow', wrongBy(-700)],
    ] as const) {
      await collect(shop, 'track', { ...viewed, messageId, timestamp: wrong(START), sentAt: wrong(world.now) });
    }
    await collect(shop, 'track', { ...viewed, messageId: 'ahead', timestamp: wrongBy(9)(START) });
    expect((await ofAnna()).map(({ messageId, at: when }) => [messageId, when]).sort()).toEqual([
      ['ahead', world.now],
      ['fast', START],
      ['slow', START],
    ]);
  });

  it('stands in the partition of whom it names, and unknown members are passed over', async () => {
    const batch = [
      {
        type: 'page',
        anonymousId: 'browser-1',
        name: 'Start',
        messageId: 'a',
        integrations: { All: true },
        context: { library: { name: 'x' }, ip: '192.0.2.1' },
      },
      { type: 'track', userId: 'user-7', event: 'Cart Viewed', messageId: 'b', _metadata: { nodeVersion: '24' } },
      { type: 'screen', context: { device: { id: fridge } }, messageId: 'c' },
      { type: 'track', userId: 'user-7', event: 'Odd', messageId: 'd', context: { device: { id: 'some-phone' } } },
      { type: 'group', userId: 'user-7', groupId: householdId, messageId: 'e' },
    ];
    expect((await collect(shop, 'batch', { batch, sentAt: world.now })).body).toEqual({ success: true, stored: 5, repeated: 0, refused: [] });
    const ids = async (partition: string) => (await at(partition)).map(({ messageId }) => messageId);
    expect(await ids('ANON#browser-1')).toEqual(['a']);
    expect((await ids('PERSON#userId:user-7')).sort()).toEqual(['b', 'd']);
    expect(await ids(`THING#${fridge}`)).toEqual(['c']);
    expect(await ids(`HH#${householdId}`)).toEqual(['e']);
  });

  it('without an id is known by its content', async () => {
    const { messageId: _, ...without } = viewed;
    for (const sentAt of ['2026-03-02T09:00:00Z', '2026-03-02T10:00:00Z']) await collect(shop, 'track', { ...without, sentAt });
    await collect(shop, 'track', { ...without, event: 'Cart Viewed' });
    expect((await ofAnna()).map(({ type }) => type).sort()).toEqual(['Cart Viewed', 'Product Viewed']);
  });

  it('keeps value, campaign, product line and flat properties, and says how many it left out', async () => {
    const properties = {
      ...{
        revenue: '12.35',
        currency: 'eur',
        productLine: 'groceries',
        coupon: 'SPRING',
        url: 'https://shop.example/cart?q=anna@example.org&utm_campaign=easter',
      },
      ...{ products: [{ sku: '1' }, { sku: '2' }], shipping: { method: 'bike', address: { street: 'Gasse 1' } }, contact: 'write to anna@example.org.' },
    };
    await collect(shop, 'track', { ...viewed, event: 'Order Completed', properties, context: { campaign: { source: 'newsletter' } } });
    expect((await ofAnna())[0]).toMatchObject({
      ...{ phase: 'closing', value: { amountMinor: 1_235, currency: 'EUR' }, productLine: 'groceries', campaign: { name: 'easter', source: 'newsletter' } },
      properties: { url: 'https://shop.example/cart', coupon: 'SPRING', products: 2, 'shipping.method': 'bike', dropped: 2 },
    });
  });
});

describe('addresses and numbers', () => {
  it('are kept as a keyed hash, the same for all spellings, and tie people together', async () => {
    const traits = { email: 'Berta.Beispiel@example.org', phone: '+49 89 1234567', customerNumber: 'K-77', name: 'Berta Beispiel' };
    await collect(shop, 'identify', { userId: 'user-7', anonymousId: 'browser-1', messageId: 'i-1', traits });
    await collect(shop, 'identify', { anonymousId: 'browser-2', messageId: 'i-2', traits: { email: ' berta.beispiel@EXAMPLE.org' } });
    await collect(shop, 'track', { userId: 'berta.beispiel@example.org', event: 'Signed In', messageId: 't-1' });
    const [first] = await at('PERSON#userId:user-7');
    const email = first?.ids?.find(({ type }) => type === 'email')?.value ?? '';
    expect(email).toMatch(/^hidden:[0-9a-f]{40}$/);
    expect((await at(`PERSON#email:${email}`)).map(({ messageId }) => messageId).sort()).toEqual(['i-2', 't-1']);
    const known = await knownAround(['userId:user-7']);
    expect(known).toEqual(await knownAround(['anonymousId:browser-2']));
    expect(known).toHaveLength(1);
    expect(await everythingStored()).not.toMatch(/beispiel|1234567/i);
  });

  it('of nobody are no ids', async () => {
    const { body } = await collect(shop, 'batch', { batch: [{ type: 'page', userId: 'null', anonymousId: 'undefined', messageId: 'n' }] });
    expect(body).toMatchObject({ stored: 0, refused: [{ index: 0, messageId: 'n', reason: expect.stringContaining('expected whom it is about') as unknown }] });
  });
});

describe('one bad message', () => {
  const big = 'x'.repeat(33_000);
  it('does not take the good ones with it, is noted once without a word of it, and is counted', async () => {
    const batch = [
      { ...viewed, type: 'recorded' },
      { ...viewed, type: 'track', messageId: 'good' },
      { type: 'track', messageId: 'far', userId: 'hh_nobody', event: 'X' },
      { type: 'track', messageId: 'big', userId: householdId, event: 'X', properties: { big } },
      { type: 'track', messageId: 'when', userId: householdId, event: 'X', timestamp: 'yesterday' },
      'PERSONAL',
    ];
    for (const repeated of [0, 1]) {
      const { status, body } = await collect(shop, 'batch', { batch });
      expect([status, body['stored'], body['repeated']]).toEqual([200, 1 - repeated, repeated]);
      expect(body['refused']).toMatchObject([{ index: 0 }, { index: 2 }, { index: 3 }, { index: 4 }, { index: 5 }]);
    }
    const answer = await send(handler, { method: 'GET', path: `/sources/${shop.sourceId}/refused`, claims: operator });
    expect(answer.body['refused']).toHaveLength(5);
    expect(JSON.stringify(answer.body)).toContain('expected at most 32768');
    expect(JSON.stringify(answer.body)).not.toMatch(/PERSONAL|xxxx/);
    expect(await send(handler, { method: 'GET', path: `/sources/${shop.sourceId}/refused`, claims: memberClaims(anna) })).toMatchObject({ status: 403 });
  });

  it('alone is refused by the status, which names the limit', async () => {
    expect(await collect(shop, 'track', { ...viewed, properties: { big } })).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('32768') as unknown },
    });
    expect((await collect(shop, 'track', { ...viewed, userId: 'hh_nobody' })).status).toBe(404);
    const batch = Array.from({ length: 20 }, (_, index) => ({ ...viewed, type: 'track', messageId: `m${index}`, properties: { big } }));
    expect(await collect(shop, 'batch', { batch })).toMatchObject({
      status: 400,
      body: { title: 'too-large', detail: expect.stringContaining('512000') as unknown },
    });
  });
});

describe('a write key', () => {
  it('is good from the next call on, and refused from the next after it was revoked; nobody can read it again', async () => {
    const second = await openSource(shop.sourceId, {}, 'second');
    expect((await collect(second, 'track', viewed)).status).toBe(200);
    const path = `/sources/${shop.sourceId}/keys/second`;
    expect((await send(handler, { method: 'PUT', path, claims: operator })).status).toBe(409);
    expect((await send(handler, { method: 'DELETE', path, claims: operator })).status).toBe(200);
    expect((await collect(second, 'track', viewed)).status).toBe(401);
    expect((await collect(shop, 'track', viewed)).status).toBe(200);
    expect((await send(handler, { method: 'PUT', path, claims: memberClaims(anna) })).status).toBe(403);
    const secret = shop.writeKey.split('.')[2] ?? '';
    expect(await everythingStored()).not.toContain(secret);
    expect(JSON.stringify((await send(handler, { method: 'GET', path: '/sources', claims: operator })).body)).not.toMatch(/hash|salt/);
  });

  it.each([
    ['none', {}],
    ['another secret', basicAuth('src_web-shop.first.AAAA')],
    ['another source', basicAuth('src_other.first.AAAA')],
    ['a dot too many', basicAuth('src_web-shop.first.AAAA.B')],
    ['no key at all', basicAuth('hello')],
  ])('%s proves nothing', async (_, headers) => {
    expect((await send(handler, { method: 'POST', path: '/v1/track', headers, body: viewed })).status).toBe(401);
    expect(await ofAnna()).toEqual([]);
  });

  it('may stand in the body, as browsers send it, whatever they call the content', async () => {
    const headers = { 'content-type': 'text/plain' };
    expect(await send(handler, { method: 'POST', path: '/v1/track', headers, body: JSON.stringify({ ...viewed, writeKey: shop.writeKey }) })).toMatchObject({
      status: 200,
    });
  });

  it('sends what its source may send, as often, in its words', async () => {
    const crm = await openSource('src_crm', { types: ['track'], channel: 'crm', initiator: 'company', phase: 'support', perMinute: 3 });
    expect((await collect(crm, 'page', { userId: householdId })).status).toBe(400);
    await collect(crm, 'track', { ...viewed, event: 'Looked after' });
    expect((await ofAnna())[0]).toMatchObject({ source: 'src_crm', channel: 'crm', initiator: 'company', phase: 'support' });
    await collect(crm, 'track', { ...viewed, messageId: 'm-2' });
    expect((await collect(crm, 'track', { ...viewed, messageId: 'm-3' })).status).toBe(429);
    world.wait(1, 'minutes');
    expect((await collect(crm, 'track', { ...viewed, messageId: 'm-3' })).status).toBe(200);
  });
});

describe('a purpose', () => {
  const told = { ...viewed, context: { touchpoint: { purpose: 'optional-telemetry' } } };
  it('keeps nothing without its consent, and leaves no trace of what came', async () => {
    const { status, body } = await collect(shop, 'track', told);
    expect([status, body['stored'], body['refused']]).toEqual([200, 0, [{ index: 0, reason: 'no consent stands for optional-telemetry' }]]);
    expect(await ofAnna()).toEqual([]);
    expect(await load(kinds.claim, keys.claim(shop.sourceId, viewed.messageId))).toBeUndefined();
    const answer = { purpose: 'optional-telemetry', answer: 'given', wordingVersion: '2026-11', language: 'de', memberId: anna, screen: 'app', at: START };
    await createOnce(kinds.privacy, keys.privacy(householdId), kinds.privacy.schema.parse({ ...noPrivacyYet(householdId), answers: [answer] }));
    expect((await collect(shop, 'track', told)).body).toMatchObject({ stored: 1 });
    expect((await ofAnna())[0]?.purpose).toBe('optional-telemetry');
    expect((await collect(shop, 'track', { ...told, userId: 'somebody', messageId: 'm-9' })).body).toMatchObject({ stored: 0 });
  });
});
