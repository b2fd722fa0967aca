/** What the access table cannot say: bytes that no client library sends, and what becomes of those who are refused. */
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrokerHarness, CONNACK_OK, connackRefused, connectPacket, granted, publishOutcome, publishPacket, PUBACK } from './broker-harness.ts';

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
    ['a thing without a name', () => harness.thingOptions('fridge-anna', { clientId: '' }), 2],
    ['a thing that is called as an app', () => harness.thingOptions('app-mem-anna-1'), 5],
    ['a member with the token of another', () => harness.memberOptions('mem_anna', { password: 'token of mem_bert' }), 4],
    ['a member for another household', () => harness.memberOptions('mem_anna', { username: 'hh_bert' }), 4],
    ['a member without a token', () => harness.memberOptions('mem_anna', { password: '' }), 4],
    ['a member nobody can verify', () => harness.memberOptions('mem_anna', { password: 'unreachable' }), 3],
    ['nobody at all', async () => ({ ...(await harness.memberOptions('mem_anna')), username: '', password: '' }), 4],
    ['a speaker of MQTT 5', () => harness.thingOptions('fridge-anna', { protocolVersion: 5 }), 1],
  ])('not %s', async (_, options, code) => {
    await expect(harness.connect(await options())).rejects.toMatchObject({ code });
  });

  it('not an id with NUL', async () => {
    const { socket, ended } = await harness.raw('fridge-anna');
    socket.write(connectPacket('fridge-anna\u0000'));
    expect(await ended).toEqual(connackRefused(2));
  });
});

describe('what may be said', () => {
  it.each([
    ['dt/nachschub/fridge-said/1/2/3/4/5/6', 'cut off'],
    ['dt/nachschub/fridge-said/1/2/3/4/5', 'acknowledged'],
    [`dt/nachschub/fridge-said/${'x'.repeat(231)}`, 'acknowledged'],
    [`dt/nachschub/fridge-said/${'x'.repeat(232)}`, 'cut off'],
  ])('on %s: %s', async (topic, outcome) => {
    expect(await publishOutcome(await harness.thing('fridge-said'), topic)).toBe(outcome);
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
  it('at most fifty filters', async () => {
    const thing = await harness.thing('fridge-anna');
    const answers = [];
    for (let index = 0; index < 51; index += 1) answers.push(await granted(thing, `cmd/nachschub/fridge-anna/${index}`));
    expect(answers).toEqual([...Array.from({ length: 50 }, () => 1), 128]);
    await thing.unsubscribeAsync('cmd/nachschub/fridge-anna/0');
    expect(await granted(thing, 'cmd/nachschub/fridge-anna/50')).toBe(1);
  });
});
