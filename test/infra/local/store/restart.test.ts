import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { PutCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import type { Store } from '../../../../infra/local/store/open-store.ts';
import { openStore } from '../../../../infra/local/store/open-store.ts';
import { households, makeDirectory, numbersOf, productNow, removeDirectory, replay, scanAll, wholeStream } from './households.ts';
import { startBench } from './store-on-http.ts';

const TableName = 'Households';
let directory: string;
let writer: ChildProcess | undefined;
beforeEach(async () => {
  directory = await makeDirectory();
});
afterEach(async () => {
  writer?.kill('SIGKILL');
  await removeDirectory(directory);
});

type Confirmed = Map<string, { kind: string; turn: number }>;
const confirmationSchema = z.tuple([z.enum(['put', 'gone']), z.string(), z.number()]);

/** Lets a process write and kills it in the middle; answers what it had been told is safe. */
async function writeAndKill(life: string, confirmations: number): Promise<Confirmed> {
  const script = fileURLToPath(new URL('write-until-killed.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, directory, life], { stdio: ['ignore', 'pipe', 'inherit'] });
  writer = child;
  const confirmed: Confirmed = new Map();
  let count = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const [kind, name, turn] = confirmationSchema.parse(JSON.parse(line));
    confirmed.set(name, { kind, turn });
    count += 1;
    if (count === confirmations) child.kill('SIGKILL');
  }
  expect(count).toBeGreaterThanOrEqual(confirmations);
  return confirmed;
}

const itemSchema = z.object({
  turn: z.object({ N: z.string() }),
  dueShard: z.object({ S: z.string() }).optional(),
  dueAt: z.object({ S: z.string() }).optional(),
});

/** Items, index and stream must tell one story, and that story must contain what was confirmed. */
async function expectAgreement(store: Store, confirmed: Confirmed): Promise<number> {
  const [records, items, due] = [await wholeStream(store), await scanAll(store), await scanAll(store, 'byDue')];
  expect(numbersOf(records)).toEqual(records.map((_, index) => index + 1));
  expect(replay(records)).toEqual(items);
  const indexed = [...items].filter(([, item]) => {
    const { dueShard, dueAt } = itemSchema.parse(item);
    return dueShard !== undefined && dueAt !== undefined;
  });
  expect(due).toEqual(new Map(indexed));
  for (const [name, { kind, turn }] of confirmed) {
    const item = items.get(JSON.stringify([{ S: `HH#${name}` }, { S: 'BASKET' }]));
    // What was under way when the kill came may stand as well, so an item can be newer than its last confirmation.
    const stands = item === undefined ? 0 : Number(itemSchema.parse(item).turn.N);
    const written = records.some(({ dynamodb }) => dynamodb.Keys['pk']?.['S'] === `HH#${name}` && dynamodb.NewImage?.['turn']?.['N'] === String(turn));
    expect(kind === 'gone' ? stands === 0 || stands > turn : written && (stands === 0 || stands >= turn), `${kind} ${name} ${turn}`).toBe(true);
  }
  return records.length;
}

test('a process killed in the middle of its writing leaves item, index and stream agreeing, and so does the next one', async () => {
  const confirmed: Confirmed = new Map();
  let records = 0;
  for (const [life, confirmations] of [150, 400].entries()) {
    for (const [name, outcome] of await writeAndKill(String(life), confirmations)) confirmed.set(name, outcome);
    const store = await openStore({ directory, tables: [households], now: () => productNow });
    const found = await expectAgreement(store, confirmed);
    expect(found).toBeGreaterThan(records);
    records = found;
    await store.close();
  }
}, 120_000);

test('items, index, stream and the tables themselves are there after a restart, and numbers go on', async () => {
  const first = await startBench(directory);
  const item = { pk: 'HH#hh_anna', sk: 'BASKET', version: 1, dueShard: 'DUE#0', dueAt: '2026-03-04' };
  await first.documents.send(new PutCommand({ TableName, Item: item }));
  await first.stop();
  const second = await startBench(directory, { now: () => productNow + 86_400_000 });
  expect((await second.documents.send(new ScanCommand({ TableName }))).Items).toEqual([item]);
  const due = new QueryCommand({
    TableName,
    IndexName: 'byDue',
    KeyConditionExpression: 'dueShard = :s',
    ExpressionAttributeValues: { ':s': 'DUE#0' },
  });
  expect((await second.documents.send(due)).Items).toEqual([item]);
  await second.documents.send(new PutCommand({ TableName, Item: { ...item, version: 2 } }));
  const records = await wholeStream(second.store);
  expect(numbersOf(records)).toEqual([1, 2]);
  expect(records.map(({ dynamodb }) => dynamodb.ApproximateCreationDateTime)).toEqual([productNow / 1000, productNow / 1000 + 86_400]);
  await second.stop();
});

test('what was asked before the store was closed is still answered, what is asked later is not', async () => {
  const bench = await startBench(directory);
  const puts = Array.from({ length: 20 }, (_, index) => bench.documents.send(new PutCommand({ TableName, Item: { pk: 'a', sk: String(index) } })));
  await Promise.all(puts);
  await bench.store.close();
  await expect(bench.documents.send(new ScanCommand({ TableName }))).rejects.toThrow('The store is closed.');
  await bench.stop();
  const again = await startBench(directory);
  expect((await again.documents.send(new ScanCommand({ TableName }))).Count).toBe(20);
  await again.stop();
});
