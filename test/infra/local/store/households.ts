import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { AwsHandler } from '../../../../infra/local/aws-request.ts';
import type { Store } from '../../../../infra/local/store/open-store.ts';
import type { StreamRecord } from '../../../../infra/local/store/stream-record.ts';

/** The shape of the product's tables: one item per aggregate, a sparse index of what is due. */
export const households = {
  name: 'Households',
  properties: {
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
      { AttributeName: 'dueShard', AttributeType: 'S' },
      { AttributeName: 'dueAt', AttributeType: 'S' },
    ],
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'byDue',
        KeySchema: [
          { AttributeName: 'dueShard', KeyType: 'HASH' },
          { AttributeName: 'dueAt', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
    Replicas: [{ Region: 'eu-central-1', DeletionProtectionEnabled: true, GlobalSecondaryIndexes: [{ IndexName: 'byDue' }] }],
    SSESpecification: { SSEEnabled: true },
    StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
  },
};

export const productNow = Date.parse('2026-03-02T06:00:00.000Z');

export const makeDirectory = (): Promise<string> => mkdtemp(path.join(tmpdir(), 'nachschub-store-'));
export const removeDirectory = (directory: string): Promise<void> => rm(directory, { recursive: true, force: true });

/** One call without HTTP, for tests that want many. */
export async function call(handle: AwsHandler, operation: string, data: object): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await handle({
    caller: 'operator',
    method: 'POST',
    path: '/',
    query: new URLSearchParams(),
    headers: { 'x-amz-target': `DynamoDB_20120810.${operation}` },
    body: Buffer.from(JSON.stringify(data)),
  });
  return { status: answer.status, body: z.record(z.string(), z.unknown()).parse(JSON.parse(answer.body.toString())) };
}

export async function wholeStream(store: Store, table = 'Households'): Promise<StreamRecord[]> {
  const stream = store.streamOf(table);
  const records: StreamRecord[] = [];
  for (;;) {
    const more = await stream.readAfter(records.at(-1)?.dynamodb.SequenceNumber, 1000);
    if (more.length === 0) return records;
    records.push(...more);
  }
}

type Images = Map<string, unknown>;
const nameOf = (key: Record<string, unknown>): string => JSON.stringify([key['pk'], key['sk']]);

/** What the table must hold if the stream tells the truth; fails where an old image is not what the record before it left. */
export function replay(records: readonly StreamRecord[]): Images {
  const items: Images = new Map();
  for (const { eventName, dynamodb } of records) {
    const name = nameOf(dynamodb.Keys);
    if (JSON.stringify(items.get(name)) !== JSON.stringify(dynamodb.OldImage))
      throw new Error(`Record ${dynamodb.SequenceNumber} changes something else than it says`);
    if ((eventName === 'INSERT') !== (dynamodb.OldImage === undefined)) throw new Error(`Record ${dynamodb.SequenceNumber} has the wrong name`);
    if (dynamodb.NewImage) items.set(name, dynamodb.NewImage);
    else items.delete(name);
  }
  return items;
}

const itemsSchema = z.object({ Items: z.array(z.record(z.string(), z.unknown())), LastEvaluatedKey: z.record(z.string(), z.unknown()).optional() });

/** Everything that a table, or one of its indexes, holds. */
export async function scanAll(store: Store, index?: string): Promise<Images> {
  const items: Images = new Map();
  let from: Record<string, unknown> | undefined;
  do {
    const { body } = await call(store.handle, 'Scan', { TableName: 'Households', IndexName: index, ExclusiveStartKey: from });
    const page = itemsSchema.parse(body);
    for (const item of page.Items) items.set(nameOf(item), item);
    from = page.LastEvaluatedKey;
  } while (from);
  return items;
}

export const numbersOf = (records: readonly StreamRecord[]): number[] => records.map(({ dynamodb }) => Number(dynamodb.SequenceNumber));
