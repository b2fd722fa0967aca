import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane';
import type { MqttClient } from 'mqtt';
import { afterEach, describe, expect, it } from 'vitest';
import type { AwsRequest } from '../../../../infra/local/aws-request.ts';
import { BrokerHarness, nextPacket, publishOutcome } from './broker-harness.ts';

const MESSAGES = 'app/nachschub/hh_anna/messages';

let harness: BrokerHarness;
afterEach(() => harness.close());

describe('a message to a household', () => {
  it('reaches its members and nobody else, and is under way until each has acknowledged it', async () => {
    harness = await BrokerHarness.open();
    const [anna, second, bert] = [
      await harness.member('mem_anna'),
      await harness.member('mem_anna', { clientId: 'app-mem_anna-2' }),
      await harness.member('mem_bert'),
    ];
    const acks = new Map<MqttClient, () => void>();
    for (const client of [anna, second]) {
      client.handleMessage = (_packet, done) => acks.set(client, () => done());
      await client.subscribeAsync(MESSAGES, { qos: 1 });
    }
    await bert.subscribeAsync('app/nachschub/hh_bert/messages', { qos: 1 });
    const heard: string[] = [];
    for (const [name, client] of Object.entries({ anna, second, bert })) client.on('message', (topic) => heard.push(`${name} ${topic}`));
    await harness.activity.whenIdle();
    const arrived = Promise.all([anna, second].map((client) => nextPacket(client, 'packetreceive', 'publish')));
    await harness.broker.publish(MESSAGES, '{"kind":"alert"}', 1);
    expect(harness.activity.count).toBeGreaterThan(0);
    await arrived;
    await harness.underWay(2);
    acks.get(anna)?.();
    await harness.underWay(1);
    acks.get(second)?.();
    await harness.activity.whenIdle();
    expect(heard.toSorted()).toEqual([`anna ${MESSAGES}`, `second ${MESSAGES}`]);
    expect(harness.queue('app')).toEqual([{ kind: 'alert', principal: 'n/a', clientId: 'n/a' }]);
  });

  it('is under way no longer when the connection breaks before the acknowledgement', async () => {
    harness = await BrokerHarness.open();
    const anna = await harness.member('mem_anna');
    anna.handleMessage = () => undefined;
    await anna.subscribeAsync(MESSAGES, { qos: 1 });
    const arrived = nextPacket(anna, 'packetreceive', 'publish');
    await harness.broker.publish(MESSAGES, '{}', 1);
    await arrived;
    await harness.underWay(1);
    anna.stream.destroy();
    await harness.activity.whenIdle();
  });

  it('leaves nothing under way when it goes out without acknowledgement', async () => {
    harness = await BrokerHarness.open();
    const anna = await harness.member('mem_anna');
    await anna.subscribeAsync(MESSAGES, { qos: 0 });
    const arrived = nextPacket(anna, 'packetreceive', 'publish');
    await harness.broker.publish(MESSAGES, '{}', 1);
    expect(await arrived).toMatchObject({ qos: 0 });
    await harness.activity.whenIdle();
  });
});

describe('a device command', () => {
  const OWN = 'cmd/nachschub/fridge-anna';

  it('reaches the thing only on what it may receive, whatever its subscription matches', async () => {
    harness = await BrokerHarness.open();
    const anna = await harness.thing('fridge-anna');
    await anna.subscribeAsync(`${OWN}/#`, { qos: 1 });
    const arrived = nextPacket(anna, 'packetreceive', 'publish');
    // MQTT lets the filter match its own parent level, which the thing may not receive.
    await harness.broker.publish(OWN, 'parent', 1);
    await harness.broker.publish(`${OWN}/message`, 'own', 1);
    expect(await arrived).toMatchObject({ topic: `${OWN}/message` });
    await harness.activity.whenIdle();
  });

  it.each([[[0, 1]], [[1, 0]]] as const)('goes out once, at the least quality that was asked for: %j', async ([first, second]) => {
    harness = await BrokerHarness.open();
    const anna = await harness.thing('fridge-anna');
    await anna.subscribeAsync(`${OWN}/+`, { qos: first });
    await anna.subscribeAsync(`${OWN}/message`, { qos: second });
    const heard: unknown[] = [];
    anna.on('packetreceive', (packet) => packet.cmd === 'publish' && heard.push([packet.topic, packet.qos]));
    await harness.broker.publish(`${OWN}/message`, 'a', 1);
    const last = nextPacket(anna, 'packetreceive', 'publish');
    await harness.broker.publish(`${OWN}/last`, 'b', 0);
    await last;
    await harness.activity.whenIdle();
    await publishOutcome(anna, `${OWN}/sync`);
    expect(heard.filter((about) => JSON.stringify(about).includes('message'))).toEqual([[`${OWN}/message`, 0]]);
  });
});

describe('the data plane', () => {
  const request = (path: string, more: Partial<AwsRequest> = {}): AwsRequest => ({
    caller: 'notify-household',
    method: 'POST',
    path,
    query: new URLSearchParams({ qos: '1' }),
    headers: {},
    body: Buffer.from('{"kind":"alert"}'),
    ...more,
  });
  const path = `/topics/${encodeURIComponent(MESSAGES)}`;

  it('publishes what the SDK sends', async () => {
    harness = await BrokerHarness.open();
    const anna = await harness.member('mem_anna');
    await anna.subscribeAsync(MESSAGES, { qos: 1 });
    const arrived = nextPacket(anna, 'packetreceive', 'publish');
    const server = createServer((incoming, outgoing) => {
      const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://127.0.0.1');
      void incoming.toArray().then(async (chunks: Buffer[]) => {
        const answer = await harness.broker.handleIotData(request(pathname, { query: searchParams, body: Buffer.concat(chunks) }));
        outgoing.writeHead(answer.status, answer.headers).end(answer.body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const sdk = new IoTDataPlaneClient({
      endpoint: `http://127.0.0.1:${port}`,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    });
    await sdk.send(new PublishCommand({ topic: MESSAGES, qos: 1, payload: Buffer.from('{"kind":"alert"}') }));
    sdk.destroy();
    server.close();
    expect(await arrived).toMatchObject({ topic: MESSAGES, qos: 1, payload: Buffer.from('{"kind":"alert"}') });
    expect(harness.queue('app')).toEqual([{ kind: 'alert', principal: 'notify-household', clientId: 'n/a' }]);
    await harness.activity.whenIdle();
  });

  it.each([
    ['a wildcard', request('/topics/app%2F%2B'), 'InvalidRequestException'],
    ['QoS 2', request(path, { query: new URLSearchParams({ qos: '2' }) }), 'InvalidRequestException'],
    ['no QoS at all', request(path, { query: new URLSearchParams({ qos: '' }) }), 'InvalidRequestException'],
    ['a retained message', request(path, { query: new URLSearchParams({ retain: 'true' }) }), 'InvalidRequestException'],
    ['a payload that is too large', request(path, { body: Buffer.alloc(131_073) }), 'InvalidRequestException'],
    ['a topic that is not encoded', request('/topics/%zz'), 'InvalidRequestException'],
    ['nobody’s connection', request('/connections/fridge-nobody', { method: 'DELETE' }), 'ResourceNotFoundException'],
    ['a connection with a wildcard', request('/connections/%2B', { method: 'DELETE' }), 'InvalidRequestException'],
    ['half a flag', request('/connections/a', { method: 'DELETE', query: new URLSearchParams({ cleanSession: '1' }) }), 'InvalidRequestException'],
    ['another operation', request('/retainedMessage/x', { method: 'GET' }), 'ResourceNotFoundException'],
  ])('refuses %s', async (_, bad, code) => {
    harness = await BrokerHarness.open();
    await expect(harness.broker.handleIotData(bad)).rejects.toMatchObject({ code });
    expect(harness.queue('app')).toEqual([]);
    expect(harness.activity.count).toBe(0);
  });

  it('fails when a rule cannot keep the message, so that the caller says it again', async () => {
    harness = await BrokerHarness.open((queueArn) => (queueArn === 'arn:app' ? Promise.reject(new Error('disk full')) : Promise.resolve()));
    await expect(harness.broker.handleIotData(request(path))).rejects.toThrow('disk full');
    expect(harness.activity.count).toBe(0);
  });
});
