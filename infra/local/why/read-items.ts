/** Every item of every table: through the running cloud when there is one, else from its folder. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { readable } from '../../../functions/runtime/stream-image.ts';
import { scanTables } from '../auditor/scan.ts';
import { accessSchema, runSchema } from '../cloud/control.ts';
import { tablesOf } from '../cloud/definitions.ts';
import { UsageError } from '../options.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { readAssembly } from '../template/read-assembly.ts';

/** @throws UsageError when there is nothing to read */
export async function readItems(data: string): Promise<unknown[]> {
  if (!existsSync(path.join(data, 'cloud.json'))) throw new UsageError(`${data} holds no run; start one with npm start, or name its folder with --data.`);
  const accessFile = path.join(data, 'access.json');
  if (existsSync(accessFile)) {
    const access = accessSchema.parse(JSON.parse(readFileSync(accessFile, 'utf8')));
    // The file of a run that was killed is still there; then nobody answers, and the folder is free.
    if (await isAnswering(access.endpointUrl)) return scanTables(access);
  }
  return readFolder(data);
}

const isAnswering = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

async function readFolder(data: string): Promise<unknown[]> {
  const { assemblyDirectory, startsAt } = runSchema.parse(JSON.parse(readFileSync(path.join(data, 'cloud.json'), 'utf8')));
  // Nothing is called here, so where the AWS APIs would answer does not matter.
  const template = readAssembly(assemblyDirectory, { endpointUrl: 'http://127.0.0.1' });
  const tables = tablesOf(template);
  const store = await openStore({ directory: path.join(data, 'store'), tables, now: () => startsAt });
  try {
    const items: unknown[] = [];
    for (const { name } of tables) items.push(...(await scan(store, name)));
    return items;
  } finally {
    await store.close();
  }
}

/** The form is the protocol's own; `unmarshall` throws on any other. */
const attributes = z.custom<Record<string, AttributeValue>>((value) => typeof value === 'object' && value !== null);
const pageSchema = z.object({ Items: z.array(attributes), LastEvaluatedKey: z.unknown().optional() });

async function scan(store: Store, table: string): Promise<unknown[]> {
  const items: unknown[] = [];
  let startKey: unknown;
  do {
    const body = Buffer.from(JSON.stringify({ TableName: table, ConsistentRead: true, ExclusiveStartKey: startKey }));
    const headers = { 'x-amz-target': 'DynamoDB_20120810.Scan' };
    const answer = await store.handle({ caller: 'operator', method: 'POST', path: '/', query: new URLSearchParams(), headers, body });
    if (answer.status !== 200) throw new Error(`the store answered ${answer.status}: ${answer.body.toString()}`);
    const page = pageSchema.parse(JSON.parse(answer.body.toString()));
    items.push(...page.Items.map((item) => unmarshall(readable(item))));
    startKey = page.LastEvaluatedKey;
  } while (startKey !== undefined);
  return items;
}
