import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { BrokerHarness, closed, granted, nextPacket } from './broker-harness.ts';

const MESSAGES = 'app/nachschub/hh_anna/messages';

let harness: BrokerHarness;
beforeAll(async () => {
  harness = await BrokerHarness.open();
});
afterAll(() => harness.close());

describe('an app on a WebSocket', () => {
  it('hears its household, and is known by the address it comes from', async () => {
    const anna = await harness.connect(await harness.webSocketOptions('mem_anna'));
    expect(await granted(anna, MESSAGES)).toBe(1);
    const arrived = nextPacket(anna, 'packetreceive', 'publish');
    await harness.broker.publish(MESSAGES, '{"kind":"alert"}', 1);
    expect(await arrived).toMatchObject({ topic: MESSAGES, qos: 1 });
    expect(await harness.queued('presence', 1)).toMatchObject([{ clientId: 'app-mem_anna-1', ipAddress: '127.0.0.1' }]);
    const over = closed(anna);
    await harness.member('mem_anna');
    await over;
  });

  it('is no thing, whatever it says', async () => {
    await expect(harness.connect(await harness.webSocketOptions('mem_anna', { clientId: 'fridge-anna' }))).rejects.toMatchObject({ code: 4 });
    await expect(harness.connect(await harness.webSocketOptions('mem_anna', { password: 'x' }))).rejects.toMatchObject({ code: 4 });
  });

  it('may send no packet that is too long', async () => {
    const { socket, ended } = await open({});
    await ended.opened;
    socket.send(Buffer.from([0x10, 0xff, 0xff, 0xff, 0x7f]));
    expect(await ended.over).toBe(1006);
    const frame = await open({});
    await frame.ended.opened;
    frame.socket.send(Buffer.alloc(200_000));
    expect(await frame.ended.over).toBe(1009);
  });
});

/** What becomes of an upgrade: `open`, or the status that refuses it. */
async function open({ path = '/mqtt', protocols = ['mqtt'], origin }: { path?: string; protocols?: string[]; origin?: (host: string) => string }) {
  const { port } = await harness.webSocketOptions('mem_anna');
  const host = `127.0.0.1:${String(port)}`;
  const socket = new WebSocket(`ws://${host}${path}`, protocols, origin === undefined ? {} : { origin: origin(host) });
  const opened = new Promise<number | 'open'>((resolve, reject) => {
    socket.once('open', () => resolve('open'));
    socket.once('unexpected-response', (request, response) => {
      resolve(response.statusCode ?? 0);
      request.destroy();
    });
    socket.once('error', reject);
  });
  const over = new Promise<number>((resolve) => socket.once('close', resolve));
  socket.on('error', () => undefined);
  return { socket, ended: { opened, over } };
}

describe('an upgrade', () => {
  it.each<[string, Parameters<typeof open>[0], number | 'open']>([
    ['without an origin, as a program sends it', {}, 'open'],
    ['of a page of this machine', { origin: (host) => `http://${host}` }, 'open'],
    ['with a query', { path: '/mqtt?x=1' }, 'open'],
    ['with more protocols', { protocols: ['mqttv3.1', 'mqtt'] }, 'open'],
    ['of another site', { origin: () => 'https://evil.example' }, 403],
    ['of another port', { origin: () => 'http://127.0.0.1:1' }, 403],
    ['of nobody in particular', { origin: () => 'null' }, 403],
    ['on another path', { path: '/mqtt/x' }, 404],
    ['without a protocol', { protocols: [] }, 400],
    ['with another protocol', { protocols: ['mqttv3.1'] }, 400],
  ])('%s', async (_, how, outcome) => {
    const { socket, ended } = await open(how);
    expect(await ended.opened).toBe(outcome);
    socket.terminate();
  });
});

it.each([0, 1] as const)('a page that is closed while it is being told something leaves nothing under way (QoS %i)', async (qos) => {
  const page = await harness.connect(await harness.webSocketOptions('mem_anna'));
  await page.subscribeAsync(MESSAGES, { qos });
  // More than lies ready on the way, and nothing of it is acknowledged.
  page.once('message', () => page.stream.destroy());
  for (let count = 0; count < 40; count += 1) await harness.broker.publish(MESSAGES, JSON.stringify({ text: 'x'.repeat(100_000) }), qos);
  await closed(page);
  await harness.activity.whenIdle();
  expect(harness.activity.underWay).toEqual([]);
});
