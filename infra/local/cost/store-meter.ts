/** Reads what a table's operation takes off what was asked and answered: dynalite's own figures are wrong for writes to an index. */
import type { Item, Table } from 'dynalite/db/index.js';
import { z } from 'zod';
import type { Count } from './billed.ts';
import { itemWriteUnits, readUnits, storedBytes, writeUnits } from './units.ts';

export interface StoreMeter {
  /** Put or deleted; the two images may be the same. */
  wrote(table: Table, before: Item | undefined, after: Item | undefined): void;
  /** A write whose condition failed takes what the item that stands there takes. */
  refused(before: Item | undefined): void;
  answered(operation: string, request: object, answer: unknown): void;
}

export const NO_METER: StoreMeter = { wrote: () => undefined, refused: () => undefined, answered: () => undefined };

const itemSchema = z.custom<Item>((value) => typeof value === 'object' && value !== null);
const requestSchema = z.object({
  ConsistentRead: z.boolean().optional(),
  RequestItems: z.record(z.string(), z.object({ ConsistentRead: z.boolean().optional(), Keys: z.array(z.unknown()).default([]) })).optional(),
});
const answerSchema = z.object({
  Item: itemSchema.optional(),
  Items: z.array(itemSchema).optional(),
  Responses: z.record(z.string(), z.array(itemSchema)).optional(),
});

export function storeMeter(count: Count, by: string): StoreMeter {
  return {
    wrote: (table, before, after) => {
      count('dynamodb.writeUnits', writeUnits(table, before, after), by);
      count('dynamodb.writes', 1, by);
      count('dynamodb.storedBytes', storedBytes(after) - storedBytes(before), by);
    },
    refused: (before) => {
      count('dynamodb.writeUnits', itemWriteUnits(before, undefined), by);
      count('dynamodb.writes', 1, by);
    },
    answered: (operation, request, answer) => {
      const units = unitsRead(operation, request, answer);
      if (units > 0) count('dynamodb.readUnits', units, by);
    },
  };
}

function unitsRead(operation: string, request: object, answer: unknown): number {
  if (!['GetItem', 'Query', 'Scan', 'BatchGetItem'].includes(operation)) return 0;
  const { ConsistentRead: isConsistent = false, RequestItems: asked = {} } = requestSchema.parse(request);
  const { Item: item, Items: items, Responses: responses } = answerSchema.parse(answer);
  if (operation !== 'BatchGetItem') return readUnits(items ?? (item === undefined ? [] : [item]), isConsistent);
  // Each item by itself, and each that is not there.
  return Object.entries(asked).reduce((sum, [table, { Keys: keys, ConsistentRead = false }]) => {
    const found = responses?.[table] ?? [];
    const missing = readUnits([], ConsistentRead) * (keys.length - found.length);
    return sum + missing + found.reduce((units, one) => units + readUnits([one], ConsistentRead), 0);
  }, 0);
}
