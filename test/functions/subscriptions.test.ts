/** Systems that subscribe to the journey: what they hear, once, and with which consent. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { handler as api } from '../../functions/collect-touchpoints.ts';
import { handler as deliverSubscription } from '../../functions/deliver-subscription.ts';
import { handler as recordTouchpoint } from '../../functions/record-touchpoint.ts';
import { handler as updateJourney } from '../../functions/update-journey.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { removeItem } from '../../functions/runtime/partition.ts';
import { change } from '../../functions/runtime/store.ts';
import { envelop } from '../../shared/events.ts';
import { noPrivacyYet } from '../../shared/household/privacy.ts';
import { purposes } from '../../shared/household/purposes.ts';
import { context, eventRecord, sqsRecord, tell } from './harness.ts';
import { operator, send } from './http-call.ts';
import { anna, householdId } from './kitchen.ts';
import { crm, Subscribed } from './subscribed.ts';
import { collect, openSource } from './write-key.ts';

let s: Subscribed;
beforeEach(async () => {
  s = await Subscribed.open();
});
afterEach(() => s.close());

it('hears within one round of what a tracker sends, by HTTP in and by signed webhook out; of a visitor only where it asks for visitors, and never who', async () => {
  await s.subscribe({ filter: { types: ['Product *'], visitors: true }, fields: ['productLine', 'source'] });
  const shop = await openSource();
  const viewed = (messageId: string, who: object) => ({ messageId, event: 'Product Viewed', timestamp: s.world.now, properties: { typed: 'by Eva' }, ...who });
  const sent = [viewed('a', { userId: householdId }), viewed('b', { anonymousId: 'browser-1' })];
  for (const message of [...sent, ...sent]) expect((await collect(shop, 'track', message)).status).toBe(200);
  await s.follow();
  expect(s.receiver.heard.map(({ isVerified }) => isVerified)).toEqual([true, true]);
  const told = s.said().map(({ type, data }) => [type, data['type'], data['householdId'], data['source']]);
  expect(told).toContainEqual(['touchpoint.stored', 'Product Viewed', householdId, 'src_web-shop']);
  expect(told).toContainEqual(['touchpoint.stored', 'Product Viewed', undefined, 'src_web-shop']);
  expect(JSON.stringify(s.said())).not.toMatch(/browser-1|Eva/);
  // Nobody there was asked about a purpose, and whoever does not ask for visitors hears of none.
  for (const terms of [{ filter: { visitors: true }, purpose: 'product-news' }, { filter: {} }]) {
    await s.subscribe(terms);
    await collect(shop, 'track', viewed(`c-${JSON.stringify(terms)}`, { anonymousId: 'browser-1' }));
    await s.follow();
  }
  expect(s.receiver.heard).toHaveLength(2);
});

describe('a subscription', () => {
  it('receives what it wants, signed as the field’s own library verifies it, and nothing else', async () => {
    await s.subscribe({ filter: { types: ['Product *'], channels: ['web'] }, fields: ['campaign'] });
    const seen = await s.happen('one', { campaign: { name: 'spring' }, properties: { typed: 'by Anna' }, value: { amountMinor: 100, currency: 'EUR' } });
    await s.happen('two', { channel: 'e-mail' });
    await s.happen('three', { type: 'Page Viewed' });
    await s.follow();
    expect(s.receiver.heard.map(({ isVerified }) => isVerified)).toEqual([true]);
    expect(s.said()).toEqual([
      {
        ...{ type: 'touchpoint.stored', timestamp: seen.at },
        data: {
          ...{ householdId, touchpointId: seen.touchpointId, type: 'Product Viewed', channel: 'web', initiator: 'customer', phase: 'information' },
          ...{ at: seen.at, receivedAt: seen.receivedAt, campaign: { name: 'spring' } },
        },
      },
    ]);
    const { body } = await send(api, { method: 'GET', path: `/subscriptions/${crm}/deliveries`, claims: operator });
    expect(body['deliveries']).toMatchObject([{ status: 'delivered', attempts: [{ outcome: 'delivered', httpStatus: 204 }] }]);
    const timed = z.array(z.looseObject({ attempts: z.array(z.looseObject({ exchange: z.looseObject({ millis: z.number().min(0) }) })) }));
    expect(timed.parse(body['deliveries'])).toHaveLength(1);
  });

  it('hears of what reached a household and on which screen, from the event on', async () => {
    await s.subscribe({ filter: { types: ['outreach.*'], channels: ['tv'] } });
    const reached = { householdId, reachId: 'reach-1', kind: 'win-back', purpose: 'suggestion', phase: 'support' } as const;
    const sent = (['tv', 'app'] as const).map((channel) => ({ type: 'outreach.sent' as const, data: { ...reached, channel } }));
    const events = envelop(sent, { aggregate: `HH#${householdId}/OUTREACH`, version: 1, time: s.world.now });
    for (const event of [...events, ...events]) await tell(recordTouchpoint, eventRecord(event));
    await s.follow();
    expect(s.said()).toMatchObject([{ type: 'touchpoint.stored', data: { type: 'outreach.sent', channel: 'tv', phase: 'support', householdId } }]);
  });

  it('hears each thing under one id with the same bytes, whatever comes twice, late or out of order, and however often it failed', async () => {
    await s.subscribe();
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.nat(400), { minLength: 1, maxLength: 3 }),
        fc.array(fc.constantFrom(204, 500, 503), { maxLength: 2 }),
        async (names, statuses) => {
          s.receiver.heard.length = 0;
          const happened = await Promise.all(names.map((name) => s.happen(`${s.world.now} ${name}`)));
          const records = await s.news();
          await updateJourney({ Records: [...records, ...records.toReversed()] }, context);
          await updateJourney({ Records: records.toReversed() }, context);
          for (const status of [...statuses, 204]) {
            s.receiver.status = status;
            const waiting = await s.world.taken('deliver-subscription');
            await tell(
              deliverSubscription,
              ...waiting.map((body, index) => sqsRecord(`a-${index}`, body)),
              ...waiting.map((body, index) => sqsRecord(`b-${index}`, body)),
            );
            s.world.wait(7, 'hours');
            await s.whatIsDue();
          }
          for (let round = 0; round < 4; round += 1) {
            s.world.wait(13, 'hours');
            await s.whatIsDue();
          }
          const bodies = new Map<string, Set<string>>();
          for (const { id, body } of s.receiver.heard) bodies.set(id, (bodies.get(id) ?? new Set()).add(body));
          expect([...bodies.values()].map(({ size }) => size)).toEqual(happened.map(() => 1));
          expect((await s.log()).every(({ status }) => status === 'delivered')).toBe(true);
          s.world.wait(1, 'hours');
        },
      ),
      { numRuns: 2 },
    );
  }, 60_000);

  it('is asked for a purpose before anything personal is told, and its address leads nowhere inside', async () => {
    const put = (body: object) =>
      send(api, { method: 'PUT', path: '/subscriptions/sub_x', claims: operator, body: { name: 'X', url: s.receiver.url, ...body } });
    expect(await put({ fields: ['properties'] })).toMatchObject({ status: 400 });
    for (const url of ['http://10.0.0.1/in', 'https://169.254.169.254/latest', 'https://intranet/in', 'https://a:b@crm.example/in'])
      expect(await put({ url })).toMatchObject({ status: 422, body: { title: 'url-refused' } });
    expect(await put({ fields: ['properties'], purpose: 'product-news' })).toMatchObject({ status: 200 });
  });
});

describe('consent', () => {
  const answer = (purpose: 'profiling' | 'product-news', given: boolean) =>
    change(kinds.privacy, keys.privacy(householdId), (privacy = noPrivacyYet(householdId)) => ({
      kind: 'changed',
      state: {
        ...privacy,
        answers: [
          ...privacy.answers,
          {
            ...{
              purpose,
              answer: given ? ('given' as const) : ('withdrawn' as const),
              wordingVersion: purposes[purpose].wordingVersion,
              language: 'de' as const,
            },
            ...{ at: s.world.now, memberId: anna, screen: 'app' as const },
          },
        ],
      },
      events: [],
    }));

  it('that does not stand keeps it here, also when it is withdrawn after the message was made; what it allowed goes with its text', async () => {
    await s.subscribe({ purpose: 'product-news', fields: ['properties'] });
    await s.happen('one', { properties: { page: 'offers' } });
    await s.follow();
    expect([s.receiver.heard.length, (await s.log())[0]]).toMatchObject([0, { status: 'abandoned', reason: 'no-consent' }]);
    await answer('product-news', true);
    await s.happen('two', { properties: { page: 'offers' } });
    await s.follow();
    expect(s.said().map(({ data }) => data['properties'])).toEqual([{ page: 'offers' }]);
    await s.happen('three');
    await s.follow({ queued: false });
    await answer('product-news', false);
    await s.whatIsDue();
    expect(s.receiver.heard).toHaveLength(1);
  });

  it('to a profile is asked for whatever it is used for, and an objection is told', async () => {
    await s.subscribe();
    await answer('profiling', false);
    await s.happen('one');
    await s.follow();
    await s.say({ type: 'consent.withdrawn', data: { householdId, purpose: 'profiling', wordingVersion: '2026-11', memberId: anna } });
    expect(s.said().map(({ type, data }) => [type, data])).toEqual([['consent.withdrawn', { householdId, purpose: 'profiling' }]]);
  });

  it('content that rests on another consent is told without its text', async () => {
    await answer('product-news', true);
    await s.subscribe({ purpose: 'profiling', fields: ['properties', 'campaign'] });
    await s.happen('one', { purpose: 'product-news', properties: { typed: 'text' }, campaign: { name: 'spring' } });
    await s.follow();
    expect(s.said().map(({ data }) => [data['properties'], data['campaign']])).toEqual([[undefined, { name: 'spring' }]]);
  });

  it('a household that is forgotten is told of, and nothing of it leaves any more, nor is kept in the log', async () => {
    await s.subscribe();
    const seen = await s.happen('one', { type: 'Very Private Thing' });
    await s.follow({ queued: false });
    expect(JSON.stringify(await s.log())).not.toContain('Very Private');
    await removeItem('JOURNEYS_TABLE', keys.touchpoint(seen));
    await s.say({ type: 'household.erased', data: { householdId } });
    await s.whatIsDue();
    expect(s.said()).toEqual([{ type: 'household.erased', timestamp: s.world.now, data: { householdId } }]);
    expect((await s.log()).map(({ status }) => status).sort()).toEqual(['abandoned', 'delivered']);
  });
});
