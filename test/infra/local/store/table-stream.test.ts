import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { households, makeDirectory, numbersOf, productNow, removeDirectory, wholeStream } from './households.ts';
import { startBench } from './store-on-http.ts';
import type { Bench } from './store-on-http.ts';

const TableName = 'Households';
const milk = { pk: 'HH#hh_anna', sk: 'SUPPLY#sup_milk' };
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

const put = (content: object) => bench.documents.send(new PutCommand({ TableName, Item: { ...milk, ...content } }));
const putSeveral = async (count: number): Promise<void> => {
  for (let version = 1; version <= count; version += 1) await put({ version });
};

test('a record is what Lambda gets from a DynamoDB stream', async () => {
  await put({ version: 1 });
  await put({ version: 2, says: 2 });
  await bench.documents.send(new DeleteCommand({ TableName, Key: milk }));
  const keys = { pk: { S: milk.pk }, sk: { S: milk.sk } };
  const one = { ...keys, version: { N: '1' } };
  const two = { ...keys, version: { N: '2' }, says: { N: '2' } };
  const source = { eventVersion: '1.1', eventSource: 'aws:dynamodb', awsRegion: 'eu-central-1' };
  const common = { ApproximateCreationDateTime: productNow / 1000, Keys: keys, StreamViewType: 'NEW_AND_OLD_IMAGES' };
  const records = await wholeStream(bench.store);
  expect(records).toMatchObject([
    { ...source, eventName: 'INSERT', dynamodb: { ...common, NewImage: one, SequenceNumber: '000000000000000000001' } },
    { ...source, eventName: 'MODIFY', dynamodb: { ...common, OldImage: one, NewImage: two, SequenceNumber: '000000000000000000002' } },
    { ...source, eventName: 'REMOVE', dynamodb: { ...common, OldImage: two, SequenceNumber: '000000000000000000003' } },
  ]);
  expect(records.map(({ dynamodb }) => [dynamodb.OldImage, dynamodb.NewImage].map((image) => image === undefined))).toEqual([
    [true, false],
    [false, false],
    [false, true],
  ]);
  expect(new Set(records.map(({ eventID }) => eventID)).size).toBe(3);
  expect(records[0]?.eventSourceARN).toBe('arn:aws:dynamodb:eu-central-1:000000000000:table/Households/stream/2026-01-01T00:00:00.000');
});

test('a write that changes nothing makes no record', async () => {
  await put({ version: 1, tags: new Set(['a', 'b']), price: 1.5, nested: { a: [1, 2], b: 'x' } });
  await put({ nested: { b: 'x', a: [1, 2] }, price: 1.5, tags: new Set(['b', 'a']), version: 1 });
  await bench.documents.send(new UpdateCommand({ TableName, Key: milk, UpdateExpression: 'SET version = :v', ExpressionAttributeValues: { ':v': 1 } }));
  await bench.documents.send(new DeleteCommand({ TableName, Key: { ...milk, sk: 'none' } }));
  expect(await wholeStream(bench.store)).toHaveLength(1);
  await put({ version: 1, tags: new Set(['a', 'b']), price: 1.5, nested: { a: [2, 1], b: 'x' } });
  expect(await wholeStream(bench.store)).toHaveLength(2);
});

test('an update that names only a key creates the item, and that is a record', async () => {
  await bench.documents.send(new UpdateCommand({ TableName, Key: milk }));
  expect((await wholeStream(bench.store)).map(({ eventName, dynamodb }) => [eventName, dynamodb.NewImage])).toEqual([
    ['INSERT', { pk: { S: milk.pk }, sk: { S: milk.sk } }],
  ]);
});

test.each([
  ['KEYS_ONLY', false, false],
  ['NEW_IMAGE', false, true],
  ['OLD_IMAGE', true, false],
])('a stream of %s carries these images and no others', async (StreamViewType, withOld, withNew) => {
  const other = { name: 'Other', properties: { ...households.properties, StreamSpecification: { StreamViewType } } };
  await bench.stop();
  bench = await startBench(directory, { tables: [other] });
  await bench.documents.send(new PutCommand({ TableName: 'Other', Item: { ...milk, version: 1 } }));
  await bench.documents.send(new PutCommand({ TableName: 'Other', Item: { ...milk, version: 2 } }));
  const second = (await wholeStream(bench.store, 'Other'))[1]?.dynamodb;
  expect([second?.OldImage !== undefined, second?.NewImage !== undefined, second?.StreamViewType]).toEqual([withOld, withNew, StreamViewType]);
});

test('a table without a stream specification writes, and has no stream', async () => {
  const { StreamSpecification, ...properties } = households.properties;
  expect(StreamSpecification.StreamViewType).toBe('NEW_AND_OLD_IMAGES');
  await bench.stop();
  bench = await startBench(directory, { tables: [{ name: 'Quiet', properties }] });
  await bench.documents.send(new PutCommand({ TableName: 'Quiet', Item: milk }));
  expect(() => bench.store.streamOf('Quiet')).toThrow('Table Quiet has no stream: give it a StreamSpecification in the template.');
});

test('a reader goes on behind the number it has reached, and hears of what comes', async () => {
  const stream = bench.store.streamOf(TableName);
  await putSeveral(5);
  const first = await stream.readAfter(undefined, 2);
  expect(numbersOf(first)).toEqual([1, 2]);
  expect(numbersOf(await stream.readAfter(first[1]?.dynamodb.SequenceNumber, 10))).toEqual([3, 4, 5]);
  expect(await stream.readAfter(stream.lastSequence, 10)).toEqual([]);
  const heard = new Promise<void>((resolve) => stream.onRecord(resolve));
  await put({ version: 6 });
  await heard;
  expect(numbersOf(await stream.readAfter('000000000000000000005', 10))).toEqual([6]);
  await expect(stream.readAfter('five', 10)).rejects.toThrow('expected a sequence number of this stream');
});

test('a listener that was stopped hears no more', async () => {
  const stream = bench.store.streamOf(TableName);
  let calls = 0;
  const stop = stream.onRecord(() => (calls += 1));
  await put({ version: 1 });
  const after = new Promise<void>((resolve) => stream.onRecord(resolve));
  stop();
  await put({ version: 2 });
  await after;
  expect(calls).toBe(1);
});

test('what is trimmed is gone, numbers go on, also after a restart', async () => {
  await putSeveral(6);
  await bench.store.streamOf(TableName).trim('000000000000000000004');
  expect(numbersOf(await wholeStream(bench.store))).toEqual([5, 6]);
  expect(numbersOf(await bench.store.streamOf(TableName).readAfter('000000000000000000002', 10))).toEqual([5, 6]);
  await bench.store.streamOf(TableName).trim('000000000000000000003');
  await bench.store.streamOf(TableName).trim('000000000000000000099');
  expect(await wholeStream(bench.store)).toEqual([]);
  await bench.stop();
  bench = await startBench(directory);
  expect(bench.store.streamOf(TableName).lastSequence).toBe('000000000000000000006');
  expect(await wholeStream(bench.store)).toEqual([]);
  await put({ version: 7 });
  expect(numbersOf(await wholeStream(bench.store))).toEqual([7]);
});
