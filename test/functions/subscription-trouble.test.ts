/** Systems that subscribe to the journey and fail, are slow to come back, or want something again. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handler as api } from '../../functions/collect-touchpoints.ts';
import { operator, send } from './http-call.ts';
import { householdId } from './kitchen.ts';
import { openReceiver, postTo, Subscribed } from './subscribed.ts';

let s: Subscribed;
beforeEach(async () => {
  s = await Subscribed.open();
});
afterEach(() => s.close());

describe('what the product says of itself', () => {
  it('reaches whoever wants this segment', async () => {
    await s.subscribe({ filter: { types: ['segment.*'], segments: ['wavering'] } });
    await s.say({ type: 'segment.entered', data: { householdId, segment: 'wavering', because: 'rule' } });
    await s.say({ type: 'segment.entered', data: { householdId, segment: 'fans', because: 'rule' } }, 2);
    await s.say({ type: 'phase.entered', data: { householdId, productLine: 'groceries', phase: 'support', because: 'rule' } }, 3);
    await s.say({ type: 'segment.left', data: { householdId, segment: 'wavering', because: 'rule' } }, 4);
    expect(s.said().map(({ type, data }) => [type, data['segment']])).toEqual([
      ['segment.entered', 'wavering'],
      ['segment.left', 'wavering'],
    ]);
  });
});

describe('a receiver that fails', () => {
  it('for an hour is probed by one message while the others wait; when it is back they all go out, once', async () => {
    await s.subscribe();
    s.receiver.status = 500;
    await s.happen('one');
    await s.follow();
    s.world.wait(2, 'hours');
    await s.happen('two');
    await s.follow();
    expect((await s.state()).outage?.toldAt).toBe(s.world.now);
    const tried = s.receiver.heard.length;
    for (const name of ['three', 'four', 'five']) await s.happen(name);
    await s.follow();
    expect(s.receiver.heard).toHaveLength(tried);
    s.receiver.status = 204;
    s.world.wait(31, 'minutes');
    await s.whatIsDue();
    expect((await s.state()).outage).toBeUndefined();
    for (let round = 0; round < 3; round += 1) {
      await s.whatIsDue();
      s.world.wait(20, 'hours');
    }
    expect((await s.log()).map(({ status }) => status)).toEqual(Array.from({ length: 5 }, () => 'delivered'));
    const ids = s.receiver.heard.slice(tried).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('for three days is stopped, aloud; resumed by hand, it has lost nothing', async () => {
    await s.subscribe();
    s.receiver.status = 503;
    await s.happen('first');
    await s.follow();
    for (let hours = 0; hours <= 78; hours += 13) {
      s.world.wait(13, 'hours');
      await s.whatIsDue();
    }
    expect((await s.state()).disabled?.reason).toContain('no message has reached it since');
    expect(s.world.log.filter(({ message }) => message === 'subscription stopped')).toHaveLength(1);
    const tried = s.receiver.heard.length;
    await s.happen('second');
    await s.follow();
    await s.whatIsDue();
    expect(s.receiver.heard).toHaveLength(tried);
    s.receiver.status = 204;
    expect(await postTo('resume')).toMatchObject({ status: 200 });
    await s.whatIsDue();
    await s.whatIsDue();
    expect((await s.log()).map(({ status }) => status)).toEqual(['delivered', 'delivered']);
    expect(await postTo('resume')).toMatchObject({ status: 409, body: { title: 'is-running' } });
  });

  it('says that it is gone: stopped at once', async () => {
    await s.subscribe();
    s.receiver.status = 410;
    await s.happen('one');
    await s.follow();
    expect(await s.state()).toMatchObject({ disabled: { reason: 'the endpoint answered 410 Gone' } });
  });

  it('keeps no other subscription waiting', async () => {
    await s.subscribe();
    const other = await openReceiver();
    await send(api, { method: 'PUT', path: '/subscriptions/sub_other', claims: operator, body: { name: 'Other', url: other.url } });
    s.receiver.status = 500;
    await s.happen('one');
    await s.follow();
    expect([s.receiver.heard.length, other.heard.length]).toEqual([1, 1]);
    await other.close();
  });
});

describe('once more', () => {
  it('a period goes out again under the first ids; a single message as well; a test says so', async () => {
    await s.subscribe();
    await s.happen('one');
    s.world.wait(1, 'minutes');
    const second = await s.happen('two');
    await s.follow();
    s.world.wait(2, 'hours');
    expect(await postTo('replay', { from: second.receivedAt, to: s.world.now })).toMatchObject({ status: 200 });
    await s.whatIsDue();
    await s.whatIsDue();
    expect(s.receiver.heard.map(({ body }) => body)).toHaveLength(3);
    expect(s.receiver.heard[2]).toEqual(s.receiver.heard.find(({ body }) => body.includes(second.touchpointId)));
    s.world.wait(2, 'hours');
    const [first] = await s.log();
    expect(await postTo('deliveries/replay', { messageId: first?.messageId, createdAt: first?.createdAt })).toMatchObject({ status: 200 });
    expect(await postTo('test')).toMatchObject({ status: 200, body: { type: 'subscription.tested' } });
    await s.whatIsDue();
    expect(
      s
        .said()
        .map(({ type }) => type)
        .slice(3)
        .sort(),
    ).toEqual(['subscription.tested', 'touchpoint.stored']);
  });
});
