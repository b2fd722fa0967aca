import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from '../../../../infra/local/store/open-store.ts';
import type { Store } from '../../../../infra/local/store/open-store.ts';
import type { TableDefinition } from '../../../../infra/local/store/table-definition.ts';
import { call, households, makeDirectory, productNow, removeDirectory, scanAll, wholeStream } from './households.ts';

let directory: string;
let opened: Store | undefined;
beforeEach(async () => {
  directory = await makeDirectory();
});
afterEach(async () => {
  await opened?.close();
  opened = undefined;
  await removeDirectory(directory);
});

async function open(...tables: TableDefinition[]): Promise<Store> {
  await opened?.close();
  opened = undefined;
  opened = await openStore({ directory, tables, now: () => productNow });
  return opened;
}

const attribute = (AttributeName: string, AttributeType = 'S') => ({ AttributeName, AttributeType });
const hash = (AttributeName: string) => ({ AttributeName, KeyType: 'HASH' });
const properties = households.properties;
const withProperties = (changes: object): TableDefinition => ({ name: 'Households', properties: { ...properties, ...changes } });
const byThing = { IndexName: 'byThing', KeySchema: [hash('thing')], Projection: { ProjectionType: 'KEYS_ONLY' } };
const [byDue] = properties.GlobalSecondaryIndexes;

test('a table as AWS::DynamoDB::Table has it is read as well', async () => {
  const store = await open({
    name: 'Classic',
    properties: {
      TableName: 'Classic',
      AttributeDefinitions: [attribute('id', 'N')],
      KeySchema: [hash('id')],
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: 'true' },
      Tags: [{ Key: 'a', Value: 'b' }],
    },
  });
  for (const id of ['10', '9', '-1']) await call(store.handle, 'PutItem', { TableName: 'Classic', Item: { id: { N: id } } });
  expect((await call(store.handle, 'GetItem', { TableName: 'Classic', Key: { id: { N: '9.0' } } })).body).toEqual({ Item: { id: { N: '9' } } });
  expect(await wholeStream(store, 'Classic')).toHaveLength(3);
});

test.each([
  ['a property that it does not know', { KinesisStreamSpecification: { StreamArn: 'arn' } }, 'KinesisStreamSpecification'],
  ['a second region', { Replicas: [{ Region: 'eu-central-1' }, { Region: 'us-east-1' }] }, 'Replicas'],
  ['a stream of no known kind', { StreamSpecification: { StreamViewType: 'EVERYTHING' } }, 'StreamSpecification.StreamViewType'],
  ['an index key without a definition', { GlobalSecondaryIndexes: [byThing] }, 'Some index key attributes are not defined in AttributeDefinitions'],
  ['an unresolved reference', { KeySchema: { Ref: 'Keys' } }, 'KeySchema'],
])('%s is refused by name', async (_, changes, name) => {
  const attempt = open(withProperties(changes));
  await expect(attempt).rejects.toThrow('The local store cannot run table Households: ');
  await expect(attempt).rejects.toThrow(name);
});

test('a table defined twice is refused', async () => {
  await expect(open(households, households)).rejects.toThrow('The template defines table Households twice: give each table a name of its own.');
});

test('another key schema than the folder has is refused, by name or by type', async () => {
  await open(households);
  const renamed = { AttributeDefinitions: [...properties.AttributeDefinitions, attribute('id')], KeySchema: [hash('id')] };
  await expect(open(withProperties(renamed))).rejects.toThrow(
    `The data folder ${directory} holds table Households with the key pk (S), sk (S), but the template now gives it id (S): give the table back its key, or move the folder away to begin with an empty store.`,
  );
  const retyped = { AttributeDefinitions: properties.AttributeDefinitions.map((each) => (each.AttributeName === 'sk' ? attribute('sk', 'N') : each)) };
  await expect(open(withProperties(retyped))).rejects.toThrow('now gives it pk (S), sk (N)');
});

const put = (store: Store, sk: string, more: object) =>
  call(store.handle, 'PutItem', { TableName: 'Households', Item: { pk: { S: 'a' }, sk: { S: sk }, ...more } });
const sortKeys = async (store: Store, index?: string): Promise<string[]> => [...(await scanAll(store, index)).keys()].toSorted();
const named = (...sks: string[]): string[] => sks.map((sk) => JSON.stringify([{ S: 'a' }, { S: sk }]));

test('an index that is new in the template is built from the items, one that is gone leaves nothing behind', async () => {
  const first = await open(households);
  await put(first, 'thing', { thing: { S: 'fridge-anna' } });
  await put(first, 'odd', { thing: { N: '1' } });
  await put(first, 'due', { dueShard: { S: 'DUE#1' }, dueAt: { S: '2026' } });
  const second = await open(
    withProperties({ AttributeDefinitions: [...properties.AttributeDefinitions.slice(0, 2), attribute('thing')], GlobalSecondaryIndexes: [byThing] }),
  );
  expect(await sortKeys(second, 'byThing')).toEqual(named('thing'));
  await call(second.handle, 'DeleteItem', { TableName: 'Households', Key: { pk: { S: 'a' }, sk: { S: 'due' } } });
  const third = await open(households);
  expect(await sortKeys(third, 'byDue')).toEqual([]);
  expect(await sortKeys(third)).toEqual(named('odd', 'thing'));
});

test('an index that projects something else is built anew', async () => {
  const first = await open(households);
  await put(first, 'due', { dueShard: { S: 'DUE#1' }, dueAt: { S: '2026' }, version: { N: '1' } });
  const second = await open(
    withProperties({ GlobalSecondaryIndexes: [{ ...byDue, Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['version'] } }] }),
  );
  await put(second, 'later', { dueShard: { S: 'DUE#1' }, dueAt: { S: '2027' }, version: { N: '1' }, secret: { S: 'x' } });
  const entries = [...(await scanAll(second, 'byDue')).values()];
  const keys = { pk: { S: 'a' }, dueShard: { S: 'DUE#1' }, version: { N: '1' } };
  expect(entries).toEqual([
    { ...keys, sk: { S: 'due' }, dueAt: { S: '2026' } },
    { ...keys, sk: { S: 'later' }, dueAt: { S: '2027' } },
  ]);
});

test('a table that left the template is hidden, and whole when it comes back', async () => {
  const first = await open(households);
  await put(first, 'kept', {});
  const second = await open({ ...households, name: 'Journeys' });
  expect((await call(second.handle, 'Scan', { TableName: 'Households' })).status).toBe(400);
  expect((await call(second.handle, 'ListTables', {})).body).toEqual({ TableNames: ['Journeys'] });
  expect(await sortKeys(await open(households))).toEqual(named('kept'));
});
