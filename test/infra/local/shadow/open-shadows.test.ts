import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ConflictException,
  DeleteThingShadowCommand,
  GetThingShadowCommand,
  IoTDataPlaneClient,
  PublishCommand,
  RequestEntityTooLargeException,
  ResourceNotFoundException,
  UpdateThingShadowCommand,
} from '@aws-sdk/client-iot-data-plane';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../../../infra/local/endpoint/aws-answer.ts';
import { openEndpoint, type Endpoint } from '../../../../infra/local/endpoint/endpoint.ts';
import { openShadows, type Shadows } from '../../../../infra/local/shadow/open-shadows.ts';
import { iotDataWithShadows } from '../../../../infra/local/shadow/shadow-handler.ts';

const NOW = 1_772_431_200;
let now = NOW;
let directory: string;
let said: [topic: string, payload: unknown][];
let shadows: Shadows;
let endpoint: Endpoint;
let client: IoTDataPlaneClient;

const open = () =>
  openShadows({ directory, now: () => now * 1_000, publish: (topic, payload) => Promise.resolve(void said.push([topic, JSON.parse(payload)])) });
beforeEach(async () => {
  now = NOW;
  said = [];
  directory = await mkdtemp(join(tmpdir(), 'shadows-'));
  shadows = open();
  const others = () => Promise.reject(new AwsError('ResourceNotFoundException', 'not a shadow', { status: 404 }));
  // Whichever service stands there now, as after a restart.
  const current = {
    get: (...asked: Parameters<Shadows['get']>) => shadows.get(...asked),
    update: (...asked: Parameters<Shadows['update']>) => shadows.update(...asked),
  };
  const handler = iotDataWithShadows({ ...current, remove: (name) => shadows.remove(name) }, others);
  endpoint = await openEndpoint({ handlers: { 'iot-data': handler }, principals: new Map([['KEY', 'update-display']]) });
  client = new IoTDataPlaneClient({
    endpoint: endpoint.url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'KEY', secretAccessKey: 'x' },
    maxAttempts: 1,
  });
});
afterEach(async () => {
  client.destroy();
  await endpoint.close();
  await rm(directory, { recursive: true, force: true });
});

const topic = (suffix: string, thing = 'tv-anna') => `$aws/things/${thing}/shadow/name/display/${suffix}`;
const say = (suffix: string, payload: unknown = '', thing?: string) =>
  shadows.handleMessage({ topic: topic(suffix, thing), payload: Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload)) });
const shadow = { thingName: 'tv-anna', shadowName: 'display' };
const write = (document: unknown, where: { thingName: string; shadowName?: string } = shadow) =>
  client.send(new UpdateThingShadowCommand({ ...where, payload: Buffer.from(JSON.stringify(document)) }));
const read = async (where: { thingName: string; shadowName?: string } = shadow) =>
  JSON.parse(Buffer.from((await client.send(new GetThingShadowCommand(where))).payload ?? []).toString()) as Record<string, unknown>;

describe('a device over MQTT', () => {
  it('is told what is accepted, what is still to be done, and both documents', async () => {
    await say('update', { state: { desired: { cards: [1] }, reported: { cards: [] } }, clientToken: 't-1' });
    const stamped = { timestamp: NOW };
    const state = { desired: { cards: [1] }, reported: { cards: [] } };
    const metadata = { desired: { cards: [stamped] }, reported: { cards: [] } };
    expect(said).toEqual([
      [topic('update/accepted'), { state, metadata, version: 1, timestamp: NOW, clientToken: 't-1' }],
      [topic('update/delta'), { version: 1, timestamp: NOW, state: { cards: [1] }, metadata: { cards: [stamped] }, clientToken: 't-1' }],
      [topic('update/documents'), { previous: {}, current: { state, metadata, version: 1 }, timestamp: NOW, clientToken: 't-1' }],
    ]);
  });

  it('gets the whole document, with the delta', async () => {
    await say('update', { state: { desired: { a: 1 } } });
    said = [];
    await say('get', { clientToken: 't-2' });
    expect(said).toEqual([
      [
        topic('get/accepted'),
        { state: { desired: { a: 1 }, delta: { a: 1 } }, metadata: { desired: { a: { timestamp: NOW } } }, version: 1, timestamp: NOW, clientToken: 't-2' },
      ],
    ]);
  });

  it.each([
    ['get', '', 404, "No shadow exists with name: 'display'"],
    ['delete', '', 404, "No shadow exists with name: 'display'"],
    ['update', '{', 400, 'Invalid JSON'],
    ['update', '{"state":{}, "version": 4}', 409, 'Version conflict'],
    ['update', JSON.stringify({ state: { reported: { a: 'x'.repeat(9_000) } } }), 413, 'The payload exceeds the maximum size allowed'],
  ])('is refused %s %s', async (operation, payload, code, message) => {
    await say(operation, payload);
    expect(said).toEqual([[topic(`${operation}/rejected`), { code, message, timestamp: NOW }]]);
  });

  it('hears nothing about topics that are no requests', async () => {
    await say('update/accepted', '{}');
    await shadows.handleMessage({ topic: 'dt/nachschub/tv-anna/telemetry', payload: Buffer.from('{}') });
    expect(said).toEqual([]);
  });
});

describe('a function over HTTP', () => {
  it('writes with the version that it read, and is refused with one that has gone by', async () => {
    await expect(read()).rejects.toBeInstanceOf(ResourceNotFoundException);
    await write({ state: { desired: { a: 1 } } });
    expect(await read()).toMatchObject({ version: 1, state: { desired: { a: 1 } } });
    await write({ state: { desired: { a: 2 } }, version: 1 });
    await expect(write({ state: { desired: { a: 3 } }, version: 1 })).rejects.toBeInstanceOf(ConflictException);
    expect(await read()).toMatchObject({ version: 2, state: { desired: { a: 2 } } });
    await expect(write({ state: { desired: { a: 'x'.repeat(8_192) } } })).rejects.toBeInstanceOf(RequestEntityTooLargeException);
    await expect(write({ state: 1 })).rejects.toMatchObject({ name: 'InvalidRequestException', message: 'State node must be an object' });
  });

  it('is heard by the device, but its refusals are not', async () => {
    await write({ state: { desired: { a: 1 } } });
    await write({ state: 1 }).catch(() => undefined);
    expect(said.map(([heard]) => heard)).toEqual([topic('update/accepted'), topic('update/delta'), topic('update/documents')]);
  });

  it('reaches things, names and the classic shadow apart', async () => {
    const places = [
      shadow,
      { thingName: 'tv-anna', shadowName: 'other' },
      { thingName: 'tv-anna', shadowName: 'classic' },
      { thingName: 'tv-anna' },
      { thingName: 'tv:b', shadowName: 'display' },
    ];
    for (const [a, place] of places.entries()) await write({ state: { desired: { a } } }, place);
    expect(await Promise.all(places.map(async (place) => (await read(place))['state']))).toEqual(places.map((_, a) => ({ desired: { a }, delta: { a } })));
  });

  it('cannot leave its folder', async () => {
    await expect(write({ state: {} }, { thingName: '../../etc', shadowName: 'x' })).rejects.toMatchObject({ name: 'InvalidRequestException' });
    expect(await readdir(directory)).toEqual([]);
  });

  it('is answered by the broker where no shadow is meant', async () => {
    await expect(client.send(new PublishCommand({ topic: 'x' }))).rejects.toMatchObject({ message: 'not a shadow' });
  });
});

describe('a shadow', () => {
  it('goes on counting when it is made anew within two days of its end, and begins at 1 after that', async () => {
    await write({ state: { desired: { a: 1 } } });
    await client.send(new DeleteThingShadowCommand(shadow));
    expect(said.at(-1)).toEqual([topic('delete/accepted'), { version: 1, timestamp: NOW }]);
    await expect(read()).rejects.toBeInstanceOf(ResourceNotFoundException);
    now += 48 * 3_600;
    await write({ state: { desired: { a: 1 } } });
    expect((await read())['version']).toBe(2);
    await client.send(new DeleteThingShadowCommand(shadow));
    now += 48 * 3_600 + 1;
    await write({ state: { desired: { a: 1 } } });
    expect((await read())['version']).toBe(1);
  });

  it('loses no update of many at once', async () => {
    await Promise.all(Array.from({ length: 40 }, (_, index) => write({ state: { reported: { [`k${index}`]: index } } })));
    const { version, state } = await read();
    expect([version, Object.keys((state as { reported: object }).reported).length]).toEqual([40, 40]);
  });

  it('stands as it was after a crash, even one in the middle of a write', async () => {
    await write({ state: { desired: { a: 1 } } });
    await write({ state: { reported: { a: 1 } } });
    const before = await read();
    await writeFile(join(directory, 'tv-anna', 'named', 'display.json.draft'), '{"version": 3, "desi');
    shadows = open();
    expect(await read()).toEqual(before);
    await write({ state: { desired: { b: 2 } }, version: 2 });
    expect(await read()).toMatchObject({ version: 3, state: { desired: { a: 1, b: 2 } } });
  });
});
