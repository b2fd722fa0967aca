import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { setTimeout as delay } from 'node:timers/promises';
import mqtt from 'mqtt';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openCertificates } from '../../../../infra/local/broker/certificates.ts';
import { signLeaf } from '../../../../infra/local/broker/sign-certificate.ts';
import { BrokerHarness, closed, CONNACK_OK, connectPacket, nextPacket, principalOfMember, PUBACK, publishOutcome, publishPacket } from './broker-harness.ts';

const TOPIC = 'dt/nachschub/fridge-anna/telemetry';

let harness: BrokerHarness;
afterEach(() => harness.close());

const presenceSchema = z.strictObject({
  clientId: z.string(),
  timestamp: z.literal(1_772_431_200_000),
  eventType: z.enum(['connected', 'disconnected']),
  sessionIdentifier: z.uuid(),
  principalIdentifier: z.string(),
  ipAddress: z.literal('127.0.0.1'),
  versionNumber: z.number(),
  clientInitiatedDisconnect: z.boolean().optional(),
  disconnectReason: z.string().optional(),
});
const keyOf = ({ clientId, versionNumber, eventType }: z.infer<typeof presenceSchema>) => `${clientId} ${versionNumber} ${eventType}`;

describe('a connection', () => {
  it('is taken over by the same thing, and only by it', async () => {
    harness = await BrokerHarness.open();
    const first = await harness.thing('fridge-anna');
    const cutOff = closed(first);
    await expect(harness.thing('fridge-bert', { clientId: 'fridge-anna' })).rejects.toMatchObject({ code: 5 });
    await expect(harness.member('mem_anna', { clientId: 'fridge-anna' })).rejects.toMatchObject({ code: 4 });
    expect(await publishOutcome(first, TOPIC)).toBe('acknowledged');
    const second = await harness.thing('fridge-anna');
    await cutOff;
    expect(await publishOutcome(second, TOPIC)).toBe('acknowledged');
    expect(harness.broker.connected()).toEqual(['fridge-anna']);
  });

  it('keeps no session: what was said meanwhile is lost, and the client is told so', async () => {
    harness = await BrokerHarness.open();
    const messages = 'app/nachschub/hh_anna/messages';
    const first = await harness.member('mem_anna', { clean: false });
    await first.subscribeAsync(messages, { qos: 1 });
    await first.endAsync();
    await harness.queued('presence', 2);
    await harness.broker.publish(messages, '{}', 1);
    await harness.activity.whenIdle();
    const again = mqtt.connect(await harness.memberOptions('mem_anna', { clean: false }));
    expect(await nextPacket(again, 'packetreceive', 'connack')).toMatchObject({ returnCode: 0, sessionPresent: false });
    await again.endAsync(true);
  });

  it('may be silent for longer than it promised, as long as AWS IoT bears it', async () => {
    harness = await BrokerHarness.open();
    const { socket, ended } = await harness.raw('fridge-anna');
    // One second counts as thirty; else the broker would hang up after one and a half.
    socket.write(connectPacket('fridge-anna', 1));
    await delay(2_000);
    socket.write(publishPacket(TOPIC, '{}'));
    await harness.queued('ingest', 1);
    await harness.activity.whenIdle();
    socket.write(Buffer.from([0xe0, 0]));
    expect(await ended).toEqual(Buffer.concat([CONNACK_OK, PUBACK]));
  });

  it('leaves its will when it breaks, and none when it ends well', async () => {
    harness = await BrokerHarness.open();
    const will = { topic: 'dt/nachschub/fridge-anna/presence', payload: Buffer.from('{"connected":false}'), qos: 1, retain: false } as const;
    const polite = await harness.thing('fridge-anna', { will });
    await polite.endAsync();
    await harness.queued('presence', 2);
    const broken = await harness.thing('fridge-anna', { will });
    broken.stream.destroy();
    expect(await harness.queued('will', 1)).toEqual([{ connected: false, thing: 'fridge-anna' }]);
    await harness.activity.whenIdle();
    expect(harness.queue('will')).toHaveLength(1);
  });

  it('leaves its will even when the queue fails: then for the error action', async () => {
    harness = await BrokerHarness.open((queueArn) => (queueArn === 'arn:will' ? Promise.reject(new Error('disk full')) : Promise.resolve()));
    const will = { topic: 'dt/nachschub/fridge-anna/presence', payload: Buffer.from('{"connected":false}'), qos: 1, retain: false } as const;
    (await harness.thing('fridge-anna', { will })).stream.destroy();
    expect(await harness.queued('will-errors', 1)).toMatchObject([{ topic: will.topic, failures: [{ errorMessage: 'disk full' }] }]);
  });

  it('tells of itself as AWS does', async () => {
    harness = await BrokerHarness.open();
    const { certificateId } = await harness.broker.issueCertificate('fridge-anna');
    const first = await harness.thing('fridge-anna');
    const second = await harness.thing('fridge-anna');
    await publishOutcome(second, 'dt/nachschub/fridge-bert/telemetry');
    await closed(first);
    await (await harness.thing('fridge-anna')).endAsync();
    const third = await harness.member('mem_anna');
    third.stream.destroy();
    const events = await harness.queued('presence', 8);
    const told = events.map((event) => presenceSchema.parse(event)).toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    const fridge = { clientId: 'fridge-anna', principalIdentifier: certificateId };
    const app = { clientId: 'app-mem_anna-1', principalIdentifier: principalOfMember('mem_anna') };
    const connected = { eventType: 'connected' };
    const ended = (disconnectReason: string, clientInitiatedDisconnect = false) => ({ eventType: 'disconnected', clientInitiatedDisconnect, disconnectReason });
    expect(told).toMatchObject([
      { ...app, versionNumber: 0, ...connected },
      { ...app, versionNumber: 0, ...ended('CONNECTION_LOST') },
      { ...fridge, versionNumber: 0, ...connected },
      { ...fridge, versionNumber: 0, ...ended('DUPLICATE_CLIENTID') },
      { ...fridge, versionNumber: 1, ...connected },
      { ...fridge, versionNumber: 1, ...ended('AUTH_ERROR') },
      { ...fridge, versionNumber: 2, ...connected },
      { ...fridge, versionNumber: 2, ...ended('CLIENT_INITIATED_DISCONNECT', true) },
    ]);
    expect(new Set(told.map(({ sessionIdentifier }) => sessionIdentifier)).size).toBe(4);
  });

  it('is refused with a certificate of somebody else, or one that has expired', async () => {
    harness = await BrokerHarness.open();
    const ours = harness.directory;
    const authority = { certificatePem: await readFile(join(ours, 'ca.pem'), 'utf8'), keyPem: await readFile(join(ours, 'ca.key.pem'), 'utf8') };
    const strangers = await mkdtemp(join(tmpdir(), 'strangers-'));
    const foreign = await (await openCertificates(strangers)).issueCertificate('fridge-anna');
    await rm(strangers, { recursive: true });
    const expired = await signLeaf(authority, 'fridge-anna', 'client', -1);
    const server = await signLeaf(authority, 'fridge-anna', 'server');
    const nameless = await signLeaf(authority, 'Fridge Anna', 'client');
    const options = await harness.thingOptions('fridge-anna');
    for (const { certificatePem, keyPem } of [foreign, expired, server, nameless])
      await expect(harness.connect({ ...options, cert: certificatePem, key: keyPem })).rejects.toThrow();
    expect(harness.reports.map((line) => /certificate not accepted: (\w+)|names no thing/.exec(line)?.[0])).toEqual([
      expect.stringContaining('not accepted'),
      'certificate not accepted: CERT_HAS_EXPIRED',
      'certificate not accepted: INVALID_PURPOSE',
      'names no thing',
    ]);
    await harness.connect(options);
  });

  it('is refused by a client that trusts another authority, or wants another name', async () => {
    harness = await BrokerHarness.open();
    const options = await harness.thingOptions('fridge-anna');
    const strangers = await mkdtemp(join(tmpdir(), 'strangers-'));
    const { caPem } = await openCertificates(strangers);
    await rm(strangers, { recursive: true });
    await expect(harness.connect({ ...options, ca: caPem })).rejects.toThrow(/certificate/);
    await expect(harness.connect({ ...options, servername: 'example.com' })).rejects.toThrow(/altnames/);
  });

  it('is not offered below TLS 1.2', async () => {
    harness = await BrokerHarness.open();
    const socket = connectTls({
      host: '127.0.0.1',
      port: harness.broker.port,
      rejectUnauthorized: false,
      maxVersion: 'TLSv1.1',
      minVersion: 'TLSv1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    const [error] = (await once(socket, 'error')) as [Error];
    expect(error.message).toMatch(/protocol|alert/i);
  });
});
