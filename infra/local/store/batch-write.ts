import { createKey, validateItem, validateKey, validationError } from 'dynalite/db/index.js';
import type { Item, Table } from 'dynalite/db/index.js';
import { z } from 'zod';

const itemSchema = z.custom<Item>((value) => typeof value === 'object' && value !== null);
const requestSchema = z.object({
  RequestItems: z.record(
    z.string(),
    z.array(z.object({ PutRequest: z.object({ Item: itemSchema }).optional(), DeleteRequest: z.object({ Key: itemSchema }).optional() })),
  ),
  ReturnConsumedCapacity: z.string().optional(),
});

/** One element of a batch as a request of its own. */
export interface SingleWrite {
  readonly operation: 'PutItem' | 'DeleteItem';
  readonly data: Record<string, unknown>;
}

/**
 * Takes a BatchWriteItem apart, after everything in it was checked: one bad element refuses the whole batch before anything is written.
 * dynalite's own action shares one store among all elements, which would mix their index entries; here each element gets its own view.
 */
export function singleWrites(data: Record<string, unknown>, tableOf: (name: string) => Table): SingleWrite[] {
  const { RequestItems, ReturnConsumedCapacity } = requestSchema.parse(data);
  return Object.entries(RequestItems).flatMap(([TableName, requests]) => {
    const table = tableOf(TableName);
    const keys = new Set<string>();
    return requests.map(({ PutRequest, DeleteRequest }): SingleWrite => {
      const content = PutRequest?.Item ?? DeleteRequest?.Key ?? {};
      const invalid = PutRequest ? validateItem(content, table) : validateKey(content, table);
      if (invalid) throw inWordsOfABatch(invalid);
      const key = createKey(content, table);
      if (keys.has(key)) throw validationError('Provided list of item keys contains duplicates');
      keys.add(key);
      const common = { TableName, ...(ReturnConsumedCapacity && { ReturnConsumedCapacity }) };
      return PutRequest ? { operation: 'PutItem', data: { ...common, Item: content } } : { operation: 'DeleteItem', data: { ...common, Key: content } };
    });
  });
}

const inWordsOfABatch = (invalid: Error): Error =>
  /Missing the key|Type mismatch for key/.test(invalid.message) ? validationError('The provided key element does not match the schema') : invalid;

const singleAnswerSchema = z.object({ ConsumedCapacity: z.object({ TableName: z.string(), CapacityUnits: z.number() }).optional() });

/** Nothing is ever left unprocessed here: there is no throughput to exceed. */
export function batchAnswer(answers: readonly unknown[]): object {
  const units = new Map<string, number>();
  for (const answer of answers) {
    const { ConsumedCapacity: consumed } = singleAnswerSchema.parse(answer);
    if (consumed) units.set(consumed.TableName, (units.get(consumed.TableName) ?? 0) + consumed.CapacityUnits);
  }
  const ConsumedCapacity = [...units].map(([TableName, CapacityUnits]) => ({ TableName, CapacityUnits }));
  return { UnprocessedItems: {}, ...(ConsumedCapacity.length > 0 && { ConsumedCapacity }) };
}
