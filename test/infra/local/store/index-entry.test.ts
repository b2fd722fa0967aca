import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { openStore } from '../../../../infra/local/store/open-store.ts';
import type { Store } from '../../../../infra/local/store/open-store.ts';
import { call, households, makeDirectory, productNow, removeDirectory, scanAll } from './households.ts';

let directory: string;
let store: Store;
beforeEach(async () => {
  directory = await makeDirectory();
  store = await openStore({ directory, tables: [households], now: () => productNow });
});
afterEach(async () => {
  await store.close();
  await removeDirectory(directory);
});

/** Two households whose keys dynalite's index cannot tell apart: the first 24 bits of their hashes agree. */
function alike(): [string, string] {
  const seen = new Map<string, string>();
  for (let number = 0; ; number += 1) {
    const pk = `HH#${number}`;
    const hash = createHash('md5').update('Outliers').update(pk).update('BASKET').digest('hex').slice(0, 6);
    const other = seen.get(hash);
    if (other !== undefined) return [other, pk];
    seen.set(hash, pk);
  }
}

const due = { dueShard: { S: 'DUE#1' }, dueAt: { S: '2026-03-04' } };
const put = (pk: string, more: object = due) =>
  call(store.handle, 'PutItem', { TableName: 'Households', Item: { pk: { S: pk }, sk: { S: 'BASKET' }, ...more } });
const pageSchema = z.object({
  Items: z.array(z.object({ pk: z.object({ S: z.string() }) })),
  LastEvaluatedKey: z.record(z.string(), z.unknown()).optional(),
});

async function pageByPage(operation: 'Query' | 'Scan', more: object): Promise<string[]> {
  const found: string[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const request = { TableName: 'Households', IndexName: 'byDue', Limit: 1, ExclusiveStartKey: from, ...more };
    const page = pageSchema.parse((await call(store.handle, operation, request)).body);
    found.push(...page.Items.map(({ pk }) => pk.S));
    from = page.LastEvaluatedKey;
  } while (from && found.length < 20);
  return found;
}

test('items that are due at the same moment all stand in the index, even where their hashes agree', async () => {
  const [one, other] = alike();
  await put(one);
  await put(other);
  expect((await scanAll(store, 'byDue')).size).toBe(2);
  await put(one, {});
  expect([...(await scanAll(store, 'byDue')).values()]).toMatchObject([{ pk: { S: other } }]);
});

test('each of them comes once, page by page, forwards and backwards', async () => {
  const everyone = [...alike(), 'HH#a', 'HH#b', 'HH#c'];
  for (const pk of everyone) await put(pk);
  const condition = { KeyConditionExpression: 'dueShard = :s AND dueAt <= :t', ExpressionAttributeValues: { ':s': due.dueShard, ':t': due.dueAt } };
  const forwards = await pageByPage('Query', condition);
  expect(forwards.toSorted()).toEqual(everyone.toSorted());
  expect(await pageByPage('Query', { ...condition, ScanIndexForward: false })).toEqual(forwards.toReversed());
  expect(await pageByPage('Scan', {})).toEqual(forwards);
});
