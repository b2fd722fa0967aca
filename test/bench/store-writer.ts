/** Writes items on condition, as the store of the functions does, some at a time; says how many it wrote in how long. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { writerSchema } from './messages.ts';

const { endpoint, accessKeyId, secretAccessKey, table, items, rounds } = writerSchema.parse(JSON.parse(process.argv[2] ?? '{}'));
const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, region: 'eu-central-1', credentials: { accessKeyId, secretAccessKey } }));

async function update(item: number, version: number): Promise<void> {
  const state = { onHand: version, unit: 'ml', demand: { shape: 28.5, rate: 1.25 }, samples: ['2026-03-02T05:00:00.000Z'], settings: { capacity: 100_000 } };
  await documents.send(
    new PutCommand({
      TableName: table,
      Item: { pk: `BENCH#${item}`, sk: 'ITEM', version, state },
      ConditionExpression: version === 1 ? 'attribute_not_exists(pk)' : 'version = :before',
      ...(version > 1 && { ExpressionAttributeValues: { ':before': version - 1 } }),
    }),
  );
}

async function writeAll(item: number): Promise<void> {
  for (let version = 2; version <= rounds + 1; version += 1) await update(item, version);
}

// The first write warms both sides up.
await Promise.all(Array.from({ length: items }, (_, item) => update(item, 1)));
const from = performance.now();
await Promise.all(Array.from({ length: items }, (_, item) => writeAll(item)));
process.send?.({ writes: items * rounds, millis: performance.now() - from });
