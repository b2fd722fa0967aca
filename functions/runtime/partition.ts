/** Whole partitions, whatever stands in them: for the copy that a household takes home, and for its erasure. */
import { DeleteCommand, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { Key } from './aggregates.ts';
import { environment, type EnvironmentName } from './environment.ts';
import { storedStateSchema } from './packed-state.ts';
import { documents } from './store.ts';

const itemSchema = z.object({
  pk: z.string(),
  sk: z.string(),
  version: z.int().optional(),
  state: storedStateSchema,
  events: z.array(z.unknown()).default([]),
});
export type StoredItem = z.infer<typeof itemSchema>;

export interface Partition {
  readonly table: EnvironmentName;
  readonly pk: string;
}

/** Consistently, in the order of the sort keys. @param after the sort key of the last item that was read */
export async function readItems({ table, pk }: Partition, after: string | undefined, limit: number): Promise<StoredItem[]> {
  const { Items: items = [] } = await documents.send(
    new QueryCommand({
      TableName: environment(table),
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      ConsistentRead: true,
      Limit: limit,
      ...(after !== undefined && { ExclusiveStartKey: { pk, sk: after } }),
    }),
  );
  return items.map((item) => itemSchema.parse(item));
}

/** A repeat finds nothing to remove, and that is fine. */
export async function removeItem(table: EnvironmentName, { pk, sk }: Key): Promise<void> {
  await documents.send(new DeleteCommand({ TableName: environment(table), Key: { pk, sk } }));
}

/** Consistently; undefined when it is not there. */
export async function readItem(table: EnvironmentName, { pk, sk }: Key): Promise<StoredItem | undefined> {
  const { Item: item } = await documents.send(new GetCommand({ TableName: environment(table), Key: { pk, sk }, ConsistentRead: true }));
  return item === undefined ? undefined : itemSchema.parse(item);
}
