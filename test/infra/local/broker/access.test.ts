import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrokerHarness, CONNACK_OK, connackRefused, connectPacket, publishOutcome, publishPacket, PUBACK } from './broker-harness.ts';

let harness: BrokerHarness;
beforeAll(async () => {
  harness = await BrokerHarness.open();
});
afterAll(() => harness.close());

describe('who may come in', () => {
  it('a thing under its own name, a member under one of its app', async () => {
    await harness.thing('fridge-anna');
    await harness.member('mem_anna');
    await harness.member('mem_anna', { clientId: 'app-mem_anna-2' });
    await harness.queued('presence', 3);
    expect(harness.broker.connected().toSorted()).toEqual(['app-mem_anna-1', 'app-mem_anna-2', 'fridge-anna']);
  });

  it.each([
    ['a thing as another thing', () => harness.thingOptions('fridge-anna', { clientId: 'fridge-bert' }), 5],
    ['a thing as an app', () => harness.thingOptions('fridge-anna', { clientId: 'app-mem_anna-9' }), 5],
    ['a thing without a name', () => harness.thingOptions('fridge-anna', { clientId: '' }), 2],
    ['a member as a thing', () => harness.memberOptions('mem_anna', { clientId: 'fridge-anna' }), 5],
    ['a member as another', () => harness.memberOptions('mem_anna', { clientId: 'app-mem_bert-1' }), 5],
    ['a member whose name begins another', () => harness.memberOptions('mem_anna', { clientId: 'app-mem_anna-b-1' }), 5],
    ['a member without a number', () => harness.memberOptions('mem_anna', { clientId: 'app-mem_anna-' }), 5],
    ['a member with the token of another', () => harness.memberOptions('mem_anna', { password: 'token of mem_bert' }), 4],
    ['a member without a token', () => harness.memberOptions('mem_anna', { password: '' }), 4],
    ['a member nobody can verify', () => harness.memberOptions('mem_anna', { password: 'unreachable' }), 3],
    ['nobody at all', async () => ({ ...(await harness.memberOptions('mem_anna')), username: '', password: '' }), 4],
    ['an id with a wildcard', () => harness.memberOptions('mem_anna', { clientId: 'app-mem_anna-+' }), 2],
    ['an id with #', () => harness.memberOptions('mem_anna', { clientId: 'app-mem_anna-#' }), 2],
    ['an id with *', () => harness.memberOptions('mem_anna', { clientId: 'app-mem_anna-*' }), 2],
    ['an id with $', () => harness.memberOptions('mem_anna', { clientId: '$app-mem_anna-1' }), 2],
    ['a long id', () => harness.memberOptions('mem_anna', { clientId: `app-mem_anna-${'1'.repeat(128)}` }), 2],
    ['a speaker of MQTT 5', () => harness.thingOptions('fridge-anna', { protocolVersion: 5 }), 1],
  ])('not %s', async (_, options, code) => {
    await expect(harness.connect(await options())).rejects.toMatchObject({ code });
  });

  it('not an id with NUL', async () => {
    const { socket, ended } = await harness.raw('fridge-anna');
    socket.write(connectPacket('fridge-anna\u0000'));
    expect(await ended).toEqual(connackRefused(2));
  });

  it('nobody with a will that it may not say', async () => {
    const will = { topic: 'dt/nachschub/fridge-will/presence', payload: Buffer.from('{}'), qos: 1, retain: false } as const;
    const wills = [
      { ...will, topic: 'dt/nachschub/fridge-bert/presence' },
      { ...will, topic: 'app/nachschub/hh_anna/messages' },
      { ...will, topic: '$SYS/x' },
      { ...will, topic: 'dt/nachschub/fridge-will/+' },
      { ...will, retain: true },
      { ...will, qos: 2 } as const,
    ];
    for (const bad of wills) await expect(harness.thing('fridge-will', { will: bad })).rejects.toMatchObject({ code: 5 });
    await expect(harness.member('mem_bert', { will })).rejects.toMatchObject({ code: 5 });
    await harness.thing('fridge-will', { will });
  });
});

describe('what may be said', () => {
  it.each([
    ['dt/nachschub/fridge-said/telemetry', 'acknowledged'],
    ['dt/nachschub/fridge-said/presence', 'acknowledged'],
    ['dt/nachschub/fridge-said/a/b', 'acknowledged'],
    ['cmd/nachschub/fridge-said/sync', 'acknowledged'],
    ['cmd/nachschub/fridge-said/message', 'cut off'],
    ['dt/nachschub/fridge-said', 'cut off'],
    ['dt/nachschub/fridge-said/', 'cut off'],
    ['dt/nachschub/fridge-sai/telemetry', 'cut off'],
    ['dt/nachschub/fridge-anna/telemetry', 'cut off'],
    ['dt/other/fridge-said/telemetry', 'cut off'],
    ['app/nachschub/hh_anna/messages', 'cut off'],
    ['$aws/events/presence/connected/fridge-anna', 'cut off'],
    ['$aws/things/fridge-said/shadow/update', 'cut off'],
    ['$SYS/x', 'cut off'],
    ['$share/x/dt/nachschub/fridge-said/telemetry', 'cut off'],
    ['dt/nachschub/fridge-said/1/2/3/4/5/6', 'cut off'],
    [`dt/nachschub/fridge-said/${'x'.repeat(231)}`, 'acknowledged'],
    [`dt/nachschub/fridge-said/${'x'.repeat(232)}`, 'cut off'],
  ])('by a thing on %s: %s', async (topic, outcome) => {
    expect(await publishOutcome(await harness.thing('fridge-said'), topic)).toBe(outcome);
  });

  it.each(['dt/nachschub/fridge-anna/telemetry', 'app/nachschub/hh_anna/messages', 'cmd/nachschub/fridge-anna/message', 'x'])(
    'by a member on %s: nothing',
    async (topic) => {
      expect(await publishOutcome(await harness.member('mem_anna'), topic)).toBe('cut off');
    },
  );

  it.each([
    ['as retained', '{}', { retain: true }, 'cut off'],
    ['with QoS 2', '{}', { qos: 2 }, 'cut off'],
    ['with 128 KB', Buffer.alloc(131_072), {}, 'acknowledged'],
    ['with a byte more', Buffer.alloc(131_073), {}, 'cut off'],
  ] as const)('%s: %s', async (_, payload, more, outcome) => {
    expect(await publishOutcome(await harness.thing('fridge-said'), 'dt/nachschub/fridge-said/other', payload, more)).toBe(outcome);
  });

  it.each([
    ['NUL', 'dt/nachschub/fridge-raw/\u0000'],
    ['a wildcard', 'dt/nachschub/fridge-raw/+'],
    ['no UTF-8', Buffer.concat([Buffer.from('dt/nachschub/fridge-raw/'), Buffer.from([0xc3])])],
    ['nothing', ''],
  ])('on a topic with %s: nothing', async (_, topic) => {
    const { socket, ended } = await harness.raw('fridge-raw');
    socket.write(Buffer.concat([connectPacket('fridge-raw'), publishPacket('dt/nachschub/fridge-raw/fine', '{}')]));
    while ((await once(socket, 'data').then(([chunk]: Buffer[]) => chunk?.at(0))) !== PUBACK[0]);
    socket.write(publishPacket(topic, '{}', 8));
    expect(await ended).toEqual(Buffer.concat([CONNACK_OK, PUBACK]));
  });

  it('nothing before CONNECT, and nothing that the first bytes already call too long', async () => {
    const early = await harness.raw('fridge-raw');
    early.socket.write(publishPacket('dt/nachschub/fridge-raw/telemetry', '{}'));
    expect(await early.ended).toEqual(Buffer.alloc(0));
    const long = await harness.raw('fridge-raw');
    // A CONNECT of 256 MB less a byte, of which only the header is ever sent.
    long.socket.write(Buffer.from([0x10, 0xff, 0xff, 0xff, 0x7f]));
    expect(await long.ended).toEqual(Buffer.alloc(0));
  });
});

describe('what may be listened to', () => {
  it.each([
    ['cmd/nachschub/fridge-anna/message', 1],
    ['cmd/nachschub/fridge-anna/+', 1],
    ['cmd/nachschub/fridge-anna/#', 1],
    ['cmd/nachschub/fridge-bert/message', 128],
    ['cmd/nachschub/+/message', 128],
    ['cmd/nachschub/#', 128],
    ['cmd/nachschub/fridge-anna', 128],
    ['cmd/nachschub/fridge-anna/', 128],
    ['dt/nachschub/fridge-anna/telemetry', 128],
    ['app/nachschub/hh_anna/messages', 128],
    ['#', 128],
    ['+/nachschub/fridge-anna/message', 128],
    ['+/#', 128],
    ['$SYS/#', 128],
    ['$aws/#', 128],
    ['$share/group/cmd/nachschub/fridge-anna/message', 128],
    ['cmd/nachschub/fridge-anna/1/2/3/4/5/6', 128],
  ])('by a thing: %s %i', async (filter, granted) => {
    expect(await grantedTo(await harness.thing('fridge-anna'), filter)).toBe(granted);
  });

  it.each([
    ['app/nachschub/hh_anna/messages', 1],
    ['app/nachschub/hh_bert/messages', 128],
    ['app/nachschub/+/messages', 128],
    ['app/nachschub/hh_anna/+', 128],
    ['app/nachschub/hh_anna/#', 128],
    ['cmd/nachschub/fridge-anna/message', 128],
    ['#', 128],
    ['$share/group/app/nachschub/hh_anna/messages', 128],
  ])('by a member: %s %i', async (filter, granted) => {
    expect(await grantedTo(await harness.member('mem_anna'), filter)).toBe(granted);
  });

  it('not at QoS 2, and not more than fifty times', async () => {
    const thing = await harness.thing('fridge-anna');
    expect(await grantedTo(thing, 'cmd/nachschub/fridge-anna/message', 2)).toBe(128);
    const filters = Array.from({ length: 51 }, (_, index) => `cmd/nachschub/fridge-anna/${index}`);
    const granted = [];
    for (const filter of filters) granted.push(await grantedTo(thing, filter));
    expect(granted).toEqual([...Array.from({ length: 50 }, () => 1), 128]);
    await thing.unsubscribeAsync('cmd/nachschub/fridge-anna/0');
    expect(await grantedTo(thing, 'cmd/nachschub/fridge-anna/50')).toBe(1);
  });
});

async function grantedTo(client: Awaited<ReturnType<BrokerHarness['thing']>>, filter: string, qos: 1 | 2 = 1): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    client.subscribe(filter, { qos }, (error, _grants, suback) => {
      const [granted] = suback?.granted ?? [];
      if (typeof granted === 'number') resolve(granted);
      else reject(error ?? new Error('expected one answer'));
    });
  });
}
