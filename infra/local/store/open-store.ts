import { randomUUID } from 'node:crypto';
import { Level } from 'level';
import type { AwsHandler, AwsRequest, AwsResponse } from '../aws-request.ts';
import { NO_METER, type StoreMeter } from '../cost/store-meter.ts';
import { adoptTable } from './adopt-tables.ts';
import type { Ground, OpenTable } from './atomic-view.ts';
import { CommitQueue } from './commit-queue.ts';
import { KeyLock } from './key-lock.ts';
import { keyspace } from './keyspace.ts';
import { carryOut } from './operations.ts';
import { folderError, internalError, requestTooLarge, serializationError, StoreError, toApiError } from './store-errors.ts';
import { readDefinition, tableDescription } from './table-definition.ts';
import type { Place, Table, TableDefinition } from './table-definition.ts';
import { StoredStream } from './table-stream.ts';
import type { TableStream } from './table-stream.ts';

export interface StoreOptions {
  readonly directory: string;
  readonly tables: readonly TableDefinition[];
  /** Product time in milliseconds since 1970. */
  readonly now: () => number;
  /** Stand in the ARNs only. */
  readonly region?: string;
  readonly accountId?: string;
  /** Hears once when the disk refuses a write: from then on every write is refused until a restart. */
  readonly onFailure?: (reason: Error) => void;
  /** Counts what a caller's operations take. */
  readonly meterFor?: (caller: string) => StoreMeter;
}

export interface Store {
  /** DynamoDB's JSON protocol: `x-amz-target: DynamoDB_20120810.*`. Never rejects: what goes wrong is an answer. */
  readonly handle: AwsHandler;
  /** Throws a StoreError where the table does not exist or its definition has no StreamSpecification. */
  streamOf(table: string): TableStream;
  /** Waits for what is under way. */
  close(): Promise<void>;
}

/** Changes when a newer program could not read what an older one wrote. */
const FORMAT = '1';

/** Opens the tables of a template in a folder of their own; throws a StoreError, one sentence, when that cannot be. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { directory, now, region = 'eu-central-1', accountId = '000000000000', meterFor = () => NO_METER } = options;
  const definitions = readDefinitions(options);
  const level = new Level(directory, { cacheSize: 32 * 2 ** 20, writeBufferSize: 16 * 2 ** 20 });
  try {
    await level.open();
    const tables = await openTables(level, definitions, { region, accountId });
    const commits = new CommitQueue(level, options.onFailure ?? (() => undefined));
    return storeOn({ level, tables, locks: new KeyLock(), commits, region, now, meter: NO_METER }, meterFor);
  } catch (error) {
    await level.close();
    throw folderError(directory, error);
  }
}

function readDefinitions({ tables, now }: StoreOptions): Table[] {
  const names = tables.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new StoreError(`The template defines table ${twice} twice: give each table a name of its own.`);
  return tables.map((definition) => readDefinition(definition, now()));
}

async function openTables(level: Level, definitions: readonly Table[], place: Place): Promise<Map<string, OpenTable>> {
  const format = level.getSync(keyspace.format);
  if (format !== undefined && format !== FORMAT)
    throw new StoreError('was written by another version of Nachschub: use that version, or move the folder away.');
  if (format === undefined) await level.put(keyspace.format, FORMAT);
  const tables = new Map<string, OpenTable>();
  for (const definition of definitions) {
    const table = await adoptTable(level, definition, place);
    const stream = table.StreamViewType ? await StoredStream.open(level, table.TableName) : undefined;
    tables.set(table.TableName, { description: tableDescription(table, place), stream });
  }
  return tables;
}

function storeOn(ground: Ground, meterFor: (caller: string) => StoreMeter): Store {
  const underWay = new Set<Promise<unknown>>();
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await Promise.allSettled(underWay);
    await ground.commits.whenIdle();
    await ground.level.close();
  };
  return {
    handle: async (request) => {
      if (closing) return failed(internalError('The store is closed.'));
      const answer = answerTo({ ...ground, meter: meterFor(request.caller) }, request);
      underWay.add(answer);
      try {
        return await answer;
      } finally {
        underWay.delete(answer);
      }
    },
    streamOf: (name) => {
      const table = ground.tables.get(name);
      if (!table) throw new StoreError(`The template has no table ${name}.`);
      if (!table.stream) throw new StoreError(`Table ${name} has no stream: give it a StreamSpecification in the template.`);
      return table.stream;
    },
    close: () => (closing ??= close()),
  };
}

async function answerTo(ground: Ground, request: AwsRequest): Promise<AwsResponse> {
  try {
    const [service, operation = ''] = (request.headers['x-amz-target'] ?? '').split('.');
    return response(200, await carryOut(ground, service === 'DynamoDB_20120810' ? operation : '', parseBody(request.body)));
  } catch (error) {
    return failed(error);
  }
}

/** DynamoDB's limit of a request: 16 MB, a full BatchWriteItem. */
const MAX_REQUEST_BYTES = 16 * 2 ** 20;

function parseBody(body: Buffer): object {
  if (body.length > MAX_REQUEST_BYTES) throw requestTooLarge();
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw serializationError('The request body is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw serializationError('The request body is not a JSON object');
  return value;
}

function failed(thrown: unknown): AwsResponse {
  const { status, body } = toApiError(thrown);
  return response(status, body);
}

const response = (status: number, body: unknown): AwsResponse => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': randomUUID() },
  body: JSON.stringify(body),
});
