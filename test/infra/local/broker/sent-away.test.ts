/** Connections that are ended from outside: by the API, and because a certificate is revoked. */
import { DeleteConnectionCommand, IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openEndpoint } from '../../../../infra/local/endpoint/endpoint.ts';
import { BrokerHarness, closed, publishOutcome } from './broker-harness.ts';

const will = { topic: 'dt/nachschub/fridge-anna/presence', payload: Buffer.from('{"connected":false}'), qos: 1, retain: false } as const;
const TELEMETRY = 'dt/nachschub/fridge-anna/telemetry';

let harness: BrokerHarness;
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
  await harness.close();
});

/** The SDK, pointed at an endpoint that hands its calls to the broker. */
async function sdk() {
  harness = await BrokerHarness.open();
  const endpoint = await openEndpoint({ handlers: { 'iot-data': harness.broker.handleIotData }, principals: new Map([['key', 'disconnect-member']]) });
  const client = new IoTDataPlaneClient({ endpoint: endpoint.url, region: 'eu-central-1', credentials: { accessKeyId: 'key', secretAccessKey: 'b' } });
  opened.push(endpoint, {
    close: () => {
      client.destroy();
      return Promise.resolve();
    },
  });
  return client;
}

describe('DeleteConnection', () => {
  it('ends an app’s connection at once, and says why', async () => {
    const client = await sdk();
    const anna = await harness.member('mem_anna');
    const ended = closed(anna);
    await client.send(new DeleteConnectionCommand({ clientId: 'app-mem_anna-1' }));
    await ended;
    expect((await harness.queued('presence', 2)).at(-1)).toMatchObject({ clientId: 'app-mem_anna-1', disconnectReason: 'API_INITIATED_DISCONNECT' });
    expect(harness.broker.connected()).toEqual([]);
    await harness.member('mem_anna');
  });

  it.each([
    [false, 1],
    [true, 0],
  ])('says the last will unless that is prevented (%s)', async (preventWillMessage, count) => {
    const client = await sdk();
    const anna = await harness.thing('fridge-anna', { will });
    const ended = closed(anna);
    await client.send(new DeleteConnectionCommand({ clientId: 'fridge-anna', preventWillMessage, cleanSession: true }));
    await ended;
    await harness.queued('presence', 2);
    await harness.activity.whenIdle();
    expect(harness.queue('will')).toHaveLength(count);
  });

  it('finds nobody who is not connected', async () => {
    const client = await sdk();
    await expect(client.send(new DeleteConnectionCommand({ clientId: 'fridge-anna' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      $metadata: { httpStatusCode: 404 },
    });
  });
});

describe('a certificate that is revoked', () => {
  it('ends the thing’s connection without its will, and opens none any more', async () => {
    harness = await BrokerHarness.open();
    const options = await harness.thingOptions('fridge-anna', { will });
    const [anna, bert] = [await harness.connect(options), await harness.thing('fridge-bert')];
    const ended = closed(anna);
    await harness.broker.revoke('fridge-anna');
    await ended;
    await expect(harness.connect(options)).rejects.toThrow();
    expect(harness.reports.at(-1)).toBe('refused a connection: the certificate of fridge-anna is revoked');
    expect(await publishOutcome(bert, 'dt/nachschub/fridge-bert/telemetry')).toBe('acknowledged');
    expect((await harness.queued('presence', 3)).at(-1)).toMatchObject({ clientId: 'fridge-anna', disconnectReason: 'AUTH_ERROR' });
    await harness.activity.whenIdle();
    expect(harness.queue('will')).toEqual([]);
  });

  it('stays revoked when the broker is opened again, and another one takes its place', async () => {
    harness = await BrokerHarness.open();
    const old = await harness.thingOptions('fridge-anna');
    await harness.broker.revoke('fridge-anna');
    await harness.broker.close();
    opened.push(await harness.reopen());
    await expect(harness.connect(old)).rejects.toThrow();
    const renewed = await harness.thingOptions('fridge-anna');
    expect(renewed.cert).not.toEqual(old.cert);
  });

  it('is every one that the thing has had', async () => {
    harness = await BrokerHarness.open();
    const first = await harness.thingOptions('fridge-anna');
    // As when it is renewed: the thing may still hold the one before.
    await rm(join(harness.directory, 'things', 'fridge-anna', 'certificate.pem'));
    const second = await harness.thingOptions('fridge-anna');
    for (const options of [first, second]) expect(await publishOutcome(await harness.connect(options), TELEMETRY)).toBe('acknowledged');
    await harness.broker.revoke('fridge-anna');
    for (const options of [first, second]) await expect(harness.connect(options)).rejects.toThrow();
    await expect(harness.broker.revoke('../fridge')).rejects.toThrow();
  });
});
