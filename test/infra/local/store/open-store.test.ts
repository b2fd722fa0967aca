import {
  ConditionalCheckFailedException,
  DescribeTableCommand,
  ListTablesCommand,
  ResourceNotFoundException,
  TransactWriteItemsCommand,
  UpdateContinuousBackupsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  GetCommand,
  paginateQuery,
  PutCommand,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeDirectory, productNow, removeDirectory, wholeStream } from './households.ts';
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

const rejection = async (attempt: Promise<unknown>): Promise<unknown> =>
  attempt.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('one item', () => {
  test('comes back as it was put, in every type', async () => {
    const item = { ...milk, version: 1, says: true, nothing: null, list: [1, { deep: ['x'] }], map: { a: { b: 2.5 } }, tags: new Set(['a', 'b']) };
    await bench.documents.send(new PutCommand({ TableName, Item: item }));
    const { Item } = await bench.documents.send(new GetCommand({ TableName, Key: milk, ConsistentRead: true }));
    expect(Item).toEqual(item);
  });

  test('is updated from what stands there, and answers the new values', async () => {
    await bench.documents.send(new PutCommand({ TableName, Item: { ...milk, version: 1, events: ['a'] } }));
    const { Attributes } = await bench.documents.send(
      new UpdateCommand({
        TableName,
        Key: milk,
        UpdateExpression: 'SET #v = #v + :one, events = list_append(events, :more) REMOVE gone',
        ConditionExpression: '#v = :one',
        ExpressionAttributeNames: { '#v': 'version' },
        ExpressionAttributeValues: { ':one': 1, ':more': ['b'] },
        ReturnValues: 'ALL_NEW',
      }),
    );
    expect(Attributes).toEqual({ ...milk, version: 2, events: ['a', 'b'] });
  });

  test('is gone after a delete, which answers what it was', async () => {
    await bench.documents.send(new PutCommand({ TableName, Item: { ...milk, version: 1 } }));
    const { Attributes } = await bench.documents.send(new DeleteCommand({ TableName, Key: milk, ReturnValues: 'ALL_OLD' }));
    expect(Attributes).toEqual({ ...milk, version: 1 });
    expect((await bench.documents.send(new GetCommand({ TableName, Key: milk }))).Item).toBeUndefined();
  });

  test('that is past its time to live stays until somebody deletes it', async () => {
    await bench.documents.send(new PutCommand({ TableName, Item: { ...milk, expiresAt: 1 } }));
    expect((await bench.documents.send(new GetCommand({ TableName, Key: milk }))).Item).toEqual({ ...milk, expiresAt: 1 });
  });
});

describe('a failed condition', () => {
  const ifAbsent = { TableName, Item: { ...milk, version: 9 }, ConditionExpression: 'attribute_not_exists(pk)' };

  test('carries the item that stood in the way, when asked to', async () => {
    await bench.documents.send(new PutCommand({ TableName, Item: { ...milk, version: 1, writer: 'token' } }));
    const error = await rejection(bench.documents.send(new PutCommand({ ...ifAbsent, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' })));
    expect(error).toBeInstanceOf(ConditionalCheckFailedException);
    expect(error).toMatchObject({ Item: { version: { N: '1' }, writer: { S: 'token' } }, $metadata: { httpStatusCode: 400 } });
  });

  test('carries no item unless asked, or where there is none', async () => {
    await bench.documents.send(new PutCommand({ TableName, Item: { ...milk, version: 1 } }));
    const unasked = await rejection(bench.documents.send(new PutCommand(ifAbsent)));
    expect(unasked).toBeInstanceOf(ConditionalCheckFailedException);
    expect(unasked).toMatchObject({ Item: undefined });
    const onNothing = new UpdateItemCommand({
      TableName,
      Key: { pk: { S: 'HH#hh_none' }, sk: { S: 'BASKET' } },
      UpdateExpression: 'SET seen = :s',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':s': { BOOL: true } },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    const error = await rejection(bench.client.send(onNothing));
    expect(error).toBeInstanceOf(ConditionalCheckFailedException);
    expect(error).toMatchObject({ Item: undefined });
  });

  test('leaves item, index and stream as they were', async () => {
    await bench.documents.send(new PutCommand({ TableName, Item: { ...milk, version: 1 } }));
    await rejection(bench.documents.send(new PutCommand({ ...ifAbsent, Item: { ...ifAbsent.Item, dueShard: 'DUE#1', dueAt: '2026' } })));
    expect((await bench.documents.send(new GetCommand({ TableName, Key: milk }))).Item).toEqual({ ...milk, version: 1 });
    expect((await bench.documents.send(new ScanCommand({ TableName, IndexName: 'byDue' }))).Items).toEqual([]);
    expect(await wholeStream(bench.store)).toHaveLength(1);
  });
});

describe('many items', () => {
  const orders = Array.from({ length: 25 }, (_, index) => ({ pk: 'HH#hh_anna', sk: `ORDER#${String(index).padStart(3, '0')}`, index }));
  const putAll = () => bench.documents.send(new BatchWriteCommand({ RequestItems: { [TableName]: orders.map((Item) => ({ PutRequest: { Item } })) } }));

  test('are written in a batch with a stream record each, and read in a batch', async () => {
    expect((await putAll()).UnprocessedItems).toEqual({});
    await bench.documents.send(
      new BatchWriteCommand({
        RequestItems: { [TableName]: [{ DeleteRequest: { Key: { pk: 'HH#hh_anna', sk: 'ORDER#003' } } }, { PutRequest: { Item: milk } }] },
      }),
    );
    const names = (await wholeStream(bench.store)).map(({ eventName }) => eventName);
    expect(names.toSorted()).toEqual([...Array<string>(26).fill('INSERT'), 'REMOVE']);
    const Keys = orders.slice(0, 5).map(({ pk, sk }) => ({ pk, sk }));
    const { Responses } = await bench.documents.send(new BatchGetCommand({ RequestItems: { [TableName]: { Keys } } }));
    expect((Responses?.[TableName] ?? []).map(({ index }) => Number(index)).toSorted((a, b) => a - b)).toEqual([0, 1, 2, 4]);
  });

  test('are refused as a whole when one of the batch is wrong', async () => {
    const wrong = [{ PutRequest: { Item: milk } }, { PutRequest: { Item: { pk: 'HH#hh_anna' } } }];
    expect(await rejection(bench.documents.send(new BatchWriteCommand({ RequestItems: { [TableName]: wrong } })))).toMatchObject({
      name: 'ValidationException',
    });
    const twice = [{ PutRequest: { Item: milk } }, { DeleteRequest: { Key: milk } }];
    expect(await rejection(bench.documents.send(new BatchWriteCommand({ RequestItems: { [TableName]: twice } })))).toMatchObject({
      name: 'ValidationException',
    });
    expect((await bench.documents.send(new ScanCommand({ TableName }))).Items).toEqual([]);
  });

  test('are queried by range, backwards, filtered and page by page', async () => {
    await putAll();
    const KeyConditionExpression = 'pk = :pk AND sk BETWEEN :from AND :to';
    const ExpressionAttributeValues = { ':pk': 'HH#hh_anna', ':from': 'ORDER#005', ':to': 'ORDER#014' };
    const query = { TableName, KeyConditionExpression, ExpressionAttributeValues };
    const { Items = [] } = await bench.documents.send(new QueryCommand({ ...query, ScanIndexForward: false, Limit: 3 }));
    expect(Items.map(({ index }) => Number(index))).toEqual([14, 13, 12]);
    const pages: number[][] = [];
    for await (const page of paginateQuery({ client: bench.documents, pageSize: 4 }, { ...query }))
      pages.push((page.Items ?? []).map(({ index }) => Number(index)));
    expect(pages).toEqual([
      [5, 6, 7, 8],
      [9, 10, 11, 12],
      [13, 14],
    ]);
    const filtered = await bench.documents.send(
      new QueryCommand({
        ...query,
        FilterExpression: '#i > :ten',
        ProjectionExpression: '#i',
        ExpressionAttributeNames: { '#i': 'index' },
        ExpressionAttributeValues: { ...ExpressionAttributeValues, ':ten': 10 },
      }),
    );
    expect(filtered.Items).toEqual([11, 12, 13, 14].map((index) => ({ index })));
  });

  test('come in pages of a megabyte', async () => {
    for (let index = 0; index < 5; index += 1)
      await bench.documents.send(new PutCommand({ TableName, Item: { ...milk, sk: String(index), text: 'x'.repeat(350_000) } }));
    const first = await bench.documents.send(new ScanCommand({ TableName }));
    expect(first.Count).toBe(3);
    const rest = await bench.documents.send(new ScanCommand({ TableName, ExclusiveStartKey: first.LastEvaluatedKey }));
    expect([rest.Count, rest.LastEvaluatedKey]).toEqual([2, undefined]);
  });
});

describe('the sparse index', () => {
  const dueBefore = async (instant: string) => {
    const { Items = [] } = await bench.documents.send(
      new QueryCommand({
        TableName,
        IndexName: 'byDue',
        KeyConditionExpression: 'dueShard = :s AND dueAt <= :t',
        ExpressionAttributeValues: { ':s': 'DUE#3', ':t': instant },
      }),
    );
    return Items.map(({ sk, dueAt }) => [String(sk), String(dueAt)]);
  };

  test('holds an item while it has the index key, at the place where it last was put', async () => {
    await bench.documents.send(new PutCommand({ TableName, Item: { ...milk, dueShard: 'DUE#3', dueAt: '2026-03-05' } }));
    await bench.documents.send(new PutCommand({ TableName, Item: { ...milk, sk: 'BASKET', dueShard: 'DUE#3', dueAt: '2026-03-04' } }));
    await bench.documents.send(new PutCommand({ TableName, Item: { ...milk, sk: 'SPEND' } }));
    expect(await dueBefore('2026-03-09')).toEqual([
      ['BASKET', '2026-03-04'],
      ['SUPPLY#sup_milk', '2026-03-05'],
    ]);
    const move = { TableName, Key: milk, UpdateExpression: 'SET dueAt = :t', ExpressionAttributeValues: { ':t': '2026-03-01' } };
    await bench.documents.send(new UpdateCommand(move));
    await bench.documents.send(new UpdateCommand({ TableName, Key: { ...milk, sk: 'BASKET' }, UpdateExpression: 'REMOVE dueShard, dueAt' }));
    expect(await dueBefore('2026-03-09')).toEqual([['SUPPLY#sup_milk', '2026-03-01']]);
    await bench.documents.send(new DeleteCommand({ TableName, Key: milk }));
    expect(await dueBefore('2026-03-09')).toEqual([]);
  });
});

describe('what the store does not do', () => {
  test('is refused with a sentence that says what to do', async () => {
    const transaction = new TransactWriteItemsCommand({ TransactItems: [{ Delete: { TableName, Key: { pk: { S: 'a' }, sk: { S: 'b' } } } }] });
    const error = await rejection(bench.client.send(transaction));
    expect(error).toMatchObject({ name: 'UnknownOperationException' });
    expect(String(error)).toContain('the store has no transactions: write one item per decision');
  });

  test.each(['plans = :plan', 'plans <> :plan', 'NOT (version = :one OR plans IN (:one, :plan))', 'contains(plans, :plan)'])(
    'is a comparison of whole maps: %s',
    async (ConditionExpression) => {
      const values = { ':plan': { round: 1 }, ...(ConditionExpression.includes(':one') && { ':one': 1 }) };
      const put = new PutCommand({ TableName, Item: milk, ConditionExpression, ExpressionAttributeValues: values });
      const error = await rejection(bench.documents.send(put));
      expect(error).toMatchObject({
        name: 'ValidationException',
        message: 'The local store cannot compare whole maps or lists: compare their members, or a version.',
      });
    },
  );

  test('is unknown', async () => {
    const backups = new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } });
    expect(await rejection(bench.client.send(backups))).toMatchObject({ name: 'UnknownOperationException' });
    const answer = await bench.store.handle({ caller: 'x', method: 'GET', path: '/', query: new URLSearchParams(), headers: {}, body: Buffer.from('{}') });
    expect([answer.status, answer.body]).toEqual([400, expect.stringContaining('UnknownOperationException')]);
  });

  test('is a table that the template does not have', async () => {
    expect(await rejection(bench.documents.send(new GetCommand({ TableName: 'Nowhere', Key: milk })))).toBeInstanceOf(ResourceNotFoundException);
    const batch = new BatchWriteCommand({ RequestItems: { Nowhere: [{ PutRequest: { Item: milk } }] } });
    expect(await rejection(bench.documents.send(batch))).toBeInstanceOf(ResourceNotFoundException);
    expect(() => bench.store.streamOf('Nowhere')).toThrow('The template has no table Nowhere.');
  });

  test('is a body that is not JSON', async () => {
    const headers = { 'x-amz-target': 'DynamoDB_20120810.GetItem' };
    for (const body of ['{', 'null', '[]', ''])
      expect(
        (await bench.store.handle({ caller: 'x', method: 'POST', path: '/', query: new URLSearchParams(), headers, body: Buffer.from(body) })).body,
      ).toContain('SerializationException');
  });
});

test('tables are listed and described', async () => {
  expect((await bench.client.send(new ListTablesCommand())).TableNames).toEqual([TableName]);
  const { Table } = await bench.client.send(new DescribeTableCommand({ TableName }));
  expect(Table).toMatchObject({
    TableStatus: 'ACTIVE',
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    GlobalSecondaryIndexes: [{ IndexName: 'byDue', IndexStatus: 'ACTIVE' }],
    CreationDateTime: new Date(productNow),
  });
});
