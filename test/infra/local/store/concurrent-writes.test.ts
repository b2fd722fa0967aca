import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { call, makeDirectory, numbersOf, removeDirectory, replay, scanAll, wholeStream } from './households.ts';
import { startBench } from './store-on-http.ts';
import type { Bench } from './store-on-http.ts';

const TableName = 'Households';
const milk = { pk: 'HH#hh_anna', sk: 'SUPPLY#sup_milk' };
const milkKey = { pk: { S: milk.pk }, sk: { S: milk.sk } };
let directory: string;
let bench: Bench;

beforeEach(async () => {
  directory = await makeDirectory();
  bench = await startBench(directory);
});
afterEach(async () => {
  await bench.stop();
  await removeDirectory(directory);
});

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const numberIn = (image: Record<string, Record<string, unknown>> | undefined, name: string): number => Number(image?.[name]?.['N'] ?? 0);

test('five hundred conditional updates of one item at once leave versions without a gap, and the stream is their history', async () => {
  const add = (writer: number) =>
    bench.documents.send(
      new UpdateCommand({
        TableName,
        Key: milk,
        UpdateExpression: 'ADD version :one SET writer = :writer',
        ConditionExpression: 'attribute_not_exists(writer) OR writer <> :writer',
        ExpressionAttributeValues: { ':one': 1, ':writer': writer + 1 },
        ReturnValues: 'UPDATED_NEW',
      }),
    );
  const answers = await Promise.all(range(500).map(add));
  const versions = answers.map(({ Attributes }) => Number(Attributes?.['version'])).toSorted((a, b) => a - b);
  expect(versions).toEqual(range(500).map((index) => index + 1));
  const records = await wholeStream(bench.store);
  expect(numbersOf(records)).toEqual(versions);
  expect(records.map(({ dynamodb }) => numberIn(dynamodb.NewImage, 'version'))).toEqual(versions);
  expect(records.map(({ dynamodb }) => numberIn(dynamodb.OldImage, 'version'))).toEqual(range(500));
  expect(new Set(records.map(({ dynamodb }) => numberIn(dynamodb.NewImage, 'writer'))).size).toBe(500);
});

const oldItemSchema = z.object({ Item: z.object({ version: z.object({ N: z.string() }) }).optional() });

test('racers that read the version and write the next one lose no update', async () => {
  let refusals = 0;
  const raise = async (): Promise<void> => {
    let version = 0;
    for (;;) {
      const { status, body } = await call(bench.store.handle, 'UpdateItem', {
        TableName,
        Key: milkKey,
        UpdateExpression: 'SET #v = :next',
        ConditionExpression: version === 0 ? 'attribute_not_exists(pk)' : '#v = :was',
        ExpressionAttributeNames: { '#v': 'version' },
        ExpressionAttributeValues: { ':next': { N: String(version + 1) }, ...(version > 0 && { ':was': { N: String(version) } }) },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      if (status === 200) return;
      refusals += 1;
      version = Number(oldItemSchema.parse(body).Item?.version.N ?? 0);
    }
  };
  const racer = async () => {
    for (let turn = 0; turn < 50; turn += 1) await raise();
  };
  await Promise.all(range(6).map(racer));
  expect(refusals).toBeGreaterThan(100);
  const records = await wholeStream(bench.store);
  expect(records.map(({ dynamodb }) => numberIn(dynamodb.NewImage, 'version'))).toEqual(range(300).map((index) => index + 1));
});

test('of fifty that want to create an item, one does', async () => {
  const put = (writer: number) =>
    bench.documents.send(new PutCommand({ TableName, Item: { ...milk, writer }, ConditionExpression: 'attribute_not_exists(pk)' }));
  const outcomes = await Promise.allSettled(range(50).map(put));
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected' && outcome.reason instanceof ConditionalCheckFailedException);
  expect(refused).toHaveLength(49);
  expect(await wholeStream(bench.store)).toHaveLength(1);
});

test('puts, updates, deletes and batches over each other leave items, index and stream agreeing', async () => {
  const due = (turn: number) => (turn % 3 === 0 ? {} : { dueShard: { S: `DUE#${turn % 2}` }, dueAt: { S: `2026-03-${10 + (turn % 7)}` } });
  const act = (turn: number) => {
    const key = { pk: { S: `HH#${turn % 5}` }, sk: { S: 'BASKET' } };
    if (turn % 4 === 0) return call(bench.store.handle, 'DeleteItem', { TableName, Key: key });
    if (turn % 4 === 1) return call(bench.store.handle, 'PutItem', { TableName, Item: { ...key, turn: { N: String(turn) }, ...due(turn) } });
    if (turn % 4 === 2) {
      const others = range(4).map((offset) => ({ PutRequest: { Item: { ...key, pk: { S: `HH#${(turn + offset) % 5}` }, ...due(turn + offset) } } }));
      return call(bench.store.handle, 'BatchWriteItem', { RequestItems: { [TableName]: others } });
    }
    const expression = turn % 8 === 3 ? 'SET turn = :t REMOVE dueShard' : 'SET turn = :t';
    return call(bench.store.handle, 'UpdateItem', {
      TableName,
      Key: key,
      UpdateExpression: expression,
      ExpressionAttributeValues: { ':t': { N: String(turn) } },
    });
  };
  const statuses = (await Promise.all(range(800).map(act))).map(({ status }) => status);
  expect(new Set(statuses)).toEqual(new Set([200]));
  const records = await wholeStream(bench.store);
  expect(numbersOf(records)).toEqual(range(records.length).map((index) => index + 1));
  const items = await scanAll(bench.store);
  expect(replay(records)).toEqual(items);
  const indexed = [...items].filter(([, item]) => z.object({ dueShard: z.unknown(), dueAt: z.unknown() }).safeParse(item).success);
  const withBoth = indexed.filter(([, item]) => JSON.stringify(item).includes('"dueShard"') && JSON.stringify(item).includes('"dueAt"'));
  expect(await scanAll(bench.store, 'byDue')).toEqual(new Map(withBoth));
});
