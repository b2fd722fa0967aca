import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Activity } from '../../../../infra/local/activity.ts';
import { openConductor, type Conductor } from '../../../../infra/local/conductor/conductor.ts';
import { openStore, type Store } from '../../../../infra/local/store/open-store.ts';
import { Feed } from '../../../../infra/local/window/feed.ts';
import { GrowingFile } from '../../../../infra/local/window/growing-file.ts';
import { openWindow, type Window } from '../../../../infra/local/window/open-window.ts';
import { Readings } from '../../../../infra/local/window/readings.ts';
import { Receipts } from '../../../../infra/local/window/receipts.ts';
import { snapshotSchema, type Snapshot } from '../../../../infra/local/window/snapshot.ts';
import { instantOf } from '../../../../shared/values.ts';

const START = Date.parse('2026-03-02T05:00:00.000Z');
const schema = [
  { AttributeName: 'pk', KeyType: 'HASH' },
  { AttributeName: 'sk', KeyType: 'RANGE' },
];
const properties = {
  KeySchema: schema,
  AttributeDefinitions: schema.map(({ AttributeName }) => ({ AttributeName, AttributeType: 'S' })),
  BillingMode: 'PAY_PER_REQUEST',
};
const tables = { households: 'Households', retailers: 'Retailers', journeys: 'Journeys' };

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'window-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const listening = (server: ReturnType<typeof createServer>): Promise<string> =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${z.object({ port: z.number() }).parse(server.address()).port}`)));

describe('the window over a real store', () => {
  let conductor: Conductor;
  let store: Store;
  let window: Window;
  let url: string;
  let documents: DynamoDBDocumentClient;
  const ends: (() => unknown)[] = [];

  beforeEach(async () => {
    const activity = new Activity();
    const schedules = { next: () => undefined, fire: () => Promise.resolve() };
    conductor = await openConductor({
      ...{ file: path.join(directory, 'clock.json'), startsAt: START, rate: 3_600, mode: 'real-time', activity, schedules, expected: [] },
    });
    store = await openStore({
      directory: path.join(directory, 'store'),
      tables: Object.values(tables).map((name) => ({ name, properties })),
      now: () => conductor.now(),
    });
    const endpoint = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
        const asked = { caller: 'operator', method: 'POST', path: '/', query: new URLSearchParams(), headers, body: Buffer.concat(chunks) };
        void store.handle(asked).then((answer) => response.writeHead(answer.status, answer.headers).end(answer.body));
      });
    });
    const access = { endpointUrl: await listening(endpoint), accessKeyId: 'operator', secretAccessKey: 'secret', tables };
    window = openWindow({ access, conductor, activity, dataDirectory: directory, rate: 3_600, residents: ['hh_anna', 'hh_berger', 'hh_koehler'] });
    documents = DynamoDBDocumentClient.from(
      new DynamoDBClient({ endpoint: access.endpointUrl, region: 'eu-central-1', credentials: { accessKeyId: 'operator', secretAccessKey: 'secret' } }),
    );
    const server = createServer(window.handle);
    url = await listening(server);
    ends.push(
      () => documents.destroy(),
      () => window.close(),
      () => server.closeAllConnections(),
      () => server.close(),
      () => endpoint.closeAllConnections(),
      () => endpoint.close(),
      () => conductor.close(),
      () => store.close(),
    );
  });
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });

  it('serves the page and its own files under a policy that allows nothing else', async () => {
    for (const file of ['/', '/window.css', '/window.js', '/words.js']) {
      const response = await fetch(`${url}${file}`);
      expect([file, response.status]).toEqual([file, 200]);
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
      expect(await response.text()).not.toMatch(/https?:\/\//);
    }
    expect((await fetch(`${url}/page.html`)).status).toBe(404);
    expect((await fetch(`${url}/..%2fopen-window.ts`)).status).toBe(404);
  });

  it('steers the clock for its own page and for no other origin', async () => {
    const post = (what: string, origin?: string) => fetch(`${url}/control/${what}`, { method: 'POST', headers: origin === undefined ? {} : { origin } });
    expect((await post('pause', 'https://elsewhere.example')).status).toBe(403);
    expect((await post('pause', 'null')).status).toBe(403);
    expect(conductor.mode).toBe('real-time');
    expect((await post('pause', url)).status).toBe(204);
    expect(conductor.mode).toBe('paused');
    expect((await post('resume', url)).status).toBe(204);
    expect(conductor.mode).toBe('real-time');
    expect((await fetch(`${url}/control/pause`)).status).toBe(404);
  });

  it('shows who has always lived here first, and then who moved in first, however the store keeps them', async () => {
    const moveIn = (householdId: string, createdAt: string) => {
      const address = { recipient: 'A', street: 'B', postalCode: '1', city: 'C', country: 'DE' };
      const state = { householdId, name: householdId, timeZone: 'Europe/Berlin', language: 'de', address, shops: [], createdAt };
      return documents.send(
        new PutCommand({ TableName: tables.households, Item: { pk: `HH#${householdId}`, sk: 'HOUSEHOLD', kind: 'household', version: 1, state } }),
      );
    };
    const [early, late] = ['2026-03-02T05:00:00.000Z', '2026-03-02T05:00:00.001Z'];
    await moveIn('hh_aaa', late);
    for (const householdId of ['hh_koehler', 'hh_berger', 'hh_anna']) await moveIn(householdId, early);
    const { households } = snapshotSchema.parse(await (await fetch(`${url}/snapshot`)).json());
    expect(households.map(({ householdId }) => householdId)).toEqual(['hh_anna', 'hh_berger', 'hh_koehler', 'hh_aaa']);
  });

  it('tells the feed when the clock changes, in the snapshot that /snapshot gives too', async () => {
    const response = await fetch(`${url}/feed`);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const modeSeen = async (mode: string): Promise<void> => {
      while (!text.includes(`"mode":"${mode}"`)) text += (await reader?.read())?.value ?? '';
    };
    await modeSeen('real-time');
    conductor.pause();
    await modeSeen('paused');
    await reader?.cancel();
    const snapshot = snapshotSchema.parse(await (await fetch(`${url}/snapshot`)).json());
    expect(snapshot).toMatchObject({ mode: 'paused', rate: 0, households: [], receipts: [] });
    expect(snapshot.flow.map(({ stage }) => stage)).toContain('propose');
  });
});

describe('a growing file', () => {
  it('yields each whole line once, whatever the pieces it was written in', async () => {
    const file = path.join(directory, 'lines');
    const growing = new GrowingFile(file);
    expect(await growing.newLines()).toEqual([]);
    writeFileSync(file, 'one\ntwo ü');
    expect(await growing.newLines()).toEqual(['one']);
    appendFileSync(file, ' more\nthree\n');
    expect(await growing.newLines()).toEqual(['two ü more', 'three']);
    expect(await growing.newLines()).toEqual([]);
  });

  it('begins with the tail, and anew when the file was cut', async () => {
    const file = path.join(directory, 'lines');
    writeFileSync(file, `${'x'.repeat(50)}\nlast\n`);
    const growing = new GrowingFile(file, 10);
    expect(await growing.newLines()).toEqual(['last']);
    truncateSync(file, 0);
    appendFileSync(file, 'new\n');
    expect(await growing.newLines()).toEqual(['new']);
  });
});

it('counts what became of the readings, and skips lines of other kinds', async () => {
  const file = path.join(directory, 'journal.ndjson');
  const outcomes = [
    ['fridge-anna', 1, 1, 'applied'],
    ['fridge-anna', 1, 1, 'ignored', 'repeat'],
    ['fridge-anna', 1, 2, 'quarantined', 'no-such-slot'],
  ];
  writeFileSync(file, `${JSON.stringify({ journal: 'readings', outcomes })}\n{"journal":"other"}\nnonsense\n`);
  const readings = new Readings(file);
  expect(await readings.read()).toEqual({ applied: 1, ignored: 1, quarantined: 1 });
  expect(await readings.read()).toEqual({ applied: 1, ignored: 1, quarantined: 1 });
});

it('tells the shop’s book with the newest first, and names the goods of an order throughout', async () => {
  const file = path.join(directory, 'ledger.ndjson');
  const at = instantOf(START);
  const order = { orderId: 'ord_1', lines: [{ title: 'Weidemilch 1 l', quantity: 2 }], totalMinor: 436 };
  const entries = [
    { at, kind: 'order-received', order },
    { at, kind: 'message-taken', messageId: 'msg_1', status: 202 },
    { at, kind: 'message-made', message: { type: 'order.accepted', orderId: 'ord_1' } },
  ];
  writeFileSync(file, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  const receipts = await new Receipts(file).read();
  expect(receipts.map(({ sentence }) => sentence.en)).toEqual(['Accepted: 2 × Weidemilch 1 l', 'Received 2 × Weidemilch 1 l, 4.36 €']);
  expect(receipts[1]?.sentence.de).toMatch(/^Erhalten: 2 × Weidemilch 1 l, 4,36\s€$/);
});

describe('the feed', () => {
  const snapshot: Snapshot = { now: instantOf(START), mode: 'paused', rate: 0, households: [], moreHouseholds: false, receipts: [], flow: [], alerts: [] };

  it('takes nothing while nobody looks, and no more than two snapshots a second', async () => {
    const takenAt: number[] = [];
    const take = () => {
      takenAt.push(performance.now());
      return Promise.resolve(snapshot);
    };
    const feed = new Feed({ take, isRunning: () => false, onFailure: () => undefined });
    feed.changed();
    expect(takenAt).toEqual([]);
    let seen = 0;
    await new Promise<void>((resolve) => {
      feed.listen(() => {
        seen += 1;
        if (seen === 3) resolve();
        // However often something changes in between.
        for (let change = 0; change < 50; change += 1) feed.changed();
      });
    });
    feed.close();
    const [first = 0, second = 0, third = 0] = takenAt;
    expect(takenAt).toHaveLength(3);
    expect(Math.min(second - first, third - second)).toBeGreaterThan(480);
  });
  it.each<[string, (feed: Feed) => Promise<void>]>([
    ['before anything was taken', () => Promise.resolve()],
    ['while a change waits for its turn', (feed) => seenBy(feed).then(() => feed.changed())],
    ['after it has seen one', (feed) => seenBy(feed)],
  ])('begins anew for who comes after the last has left, %s', async (_, meanwhile) => {
    const feed = new Feed({ take: () => Promise.resolve(snapshot), isRunning: () => false, onFailure: () => undefined });
    const leave = feed.listen(() => undefined);
    await meanwhile(feed);
    leave();
    await seenBy(feed);
    feed.close();
  });

  it('looks again by itself after a snapshot that could not be taken, even while time stands', async () => {
    let tries = 0;
    const take = () => {
      tries += 1;
      return tries === 1 ? Promise.reject(new Error('throttled')) : Promise.resolve(snapshot);
    };
    const feed = new Feed({ take, isRunning: () => false, onFailure: () => undefined });
    await seenBy(feed);
    feed.close();
    expect(tries).toBe(2);
  });
});

/** Resolves with the first snapshot that a new listener gets. */
const seenBy = (feed: Feed): Promise<void> =>
  new Promise((resolve) => {
    const leave = feed.listen(() => {
      leave();
      resolve();
    });
  });
