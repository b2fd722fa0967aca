import batchGetItem from 'dynalite/actions/batchGetItem.js';
import deleteItem from 'dynalite/actions/deleteItem.js';
import describeTable from 'dynalite/actions/describeTable.js';
import getItem from 'dynalite/actions/getItem.js';
import listTables from 'dynalite/actions/listTables.js';
import putItem from 'dynalite/actions/putItem.js';
import query from 'dynalite/actions/query.js';
import scan from 'dynalite/actions/scan.js';
import updateItem from 'dynalite/actions/updateItem.js';
import type { Callback, Store as DynaliteStore } from 'dynalite/db/index.js';
import batchGetItemRules from 'dynalite/validations/batchGetItem.js';
import batchWriteItemRules from 'dynalite/validations/batchWriteItem.js';
import deleteItemRules from 'dynalite/validations/deleteItem.js';
import describeTableRules from 'dynalite/validations/describeTable.js';
import getItemRules from 'dynalite/validations/getItem.js';
import { checkTypes, checkValidations } from 'dynalite/validations/index.js';
import type { Validation } from 'dynalite/validations/index.js';
import listTablesRules from 'dynalite/validations/listTables.js';
import putItemRules from 'dynalite/validations/putItem.js';
import queryRules from 'dynalite/validations/query.js';
import scanRules from 'dynalite/validations/scan.js';
import updateItemRules from 'dynalite/validations/updateItem.js';
import { z } from 'zod';
import { atomicView, MAX_ITEM_SIZE_BYTES } from './atomic-view.ts';
import type { Ground } from './atomic-view.ts';
import { batchAnswer, singleWrites } from './batch-write.ts';
import { comparesDocument } from './document-comparison.ts';
import { ApiError, isConditionFailure, tableNotFound, toApiError, unknownOperation, validationError } from './store-errors.ts';

type Action = (store: DynaliteStore, data: Record<string, unknown>, callback: Callback<unknown>) => void;

const OPERATIONS = new Map<string, { rules: Validation; action: Action | 'batch' }>([
  ['GetItem', { rules: getItemRules, action: getItem }],
  ['BatchGetItem', { rules: batchGetItemRules, action: batchGetItem }],
  ['Query', { rules: queryRules, action: query }],
  ['Scan', { rules: scanRules, action: scan }],
  ['PutItem', { rules: putItemRules, action: putItem }],
  ['UpdateItem', { rules: updateItemRules, action: updateItem }],
  ['DeleteItem', { rules: deleteItemRules, action: deleteItem }],
  ['BatchWriteItem', { rules: batchWriteItemRules, action: 'batch' }],
  ['DescribeTable', { rules: describeTableRules, action: describeTable }],
  ['ListTables', { rules: listTablesRules, action: listTables }],
]);

/** Operations that AWS has and this store refuses, with what to do instead. */
const REFUSED = new Map<string, string>([
  ...['TransactWriteItems', 'TransactGetItems'].map((name): [string, string] => [
    name,
    'the store has no transactions: write one item per decision, conditional on its version, and make steps over two items safe to repeat',
  ]),
  ...['ExecuteStatement', 'BatchExecuteStatement', 'ExecuteTransaction'].map((name): [string, string] => [
    name,
    'the store has no PartiQL: use Query or PutItem',
  ]),
  ...['CreateTable', 'UpdateTable', 'DeleteTable', 'UpdateTimeToLive'].map((name): [string, string] => [
    name,
    'tables come from the template alone: change it there',
  ]),
]);

const optionsSchema = z.object({ ReturnValuesOnConditionCheckFailure: z.enum(['ALL_OLD', 'NONE']).default('NONE') });

/** Carries out one request; throws an ApiError. */
export async function carryOut(ground: Ground, name: string, request: object): Promise<unknown> {
  const operation = OPERATIONS.get(name);
  if (!operation)
    throw unknownOperation(`${name || 'A request without an operation'} is not available here: ${REFUSED.get(name) ?? 'this store does not know it'}.`);
  const options = optionsSchema.safeParse(request);
  if (!options.success) throw validationError('ReturnValuesOnConditionCheckFailure can only be ALL_OLD or NONE');
  const data = checked(operation.rules, request);
  const oldItemWanted = options.data.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
  const answer = await (operation.action === 'batch' ? writeBatch(ground, data) : act(ground, operation.action, data, oldItemWanted));
  ground.meter.answered(name, request, answer);
  return answer;
}

/** Where dynalite leaves the conditions that it parsed. */
const parsedSchema = z.object({ _condition: z.object({ expression: z.unknown() }).optional(), _filter: z.object({ expression: z.unknown() }).optional() });

function checked(rules: Validation, request: object): Record<string, unknown> {
  let data: Record<string, unknown>;
  try {
    data = checkTypes(request, rules.types);
    checkValidations(data, rules.types, rules.custom, { options: { maxItemSize: MAX_ITEM_SIZE_BYTES } });
  } catch (error) {
    throw toApiError(error);
  }
  const { _condition, _filter } = parsedSchema.parse(data);
  if (comparesDocument(_condition?.expression) || comparesDocument(_filter?.expression))
    throw validationError('The local store cannot compare whole maps or lists: compare their members, or a version.');
  return data;
}

function act(ground: Ground, action: Action, data: Record<string, unknown>, oldItemWanted: boolean): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const refuse = (thrown: unknown): void => {
      const error = toApiError(thrown);
      if (isConditionFailure(error)) ground.meter.refused(view.itemBefore());
      const item = oldItemWanted && isConditionFailure(error) ? view.itemBefore() : undefined;
      reject(item ? new ApiError(error.status, { ...error.body, Item: item }) : error);
    };
    const view = atomicView(ground, data, refuse);
    try {
      action(view.store, data, (error, result) => (error ? refuse(error) : resolve(result)));
    } catch (error) {
      refuse(error);
    }
  });
}

async function writeBatch(ground: Ground, data: Record<string, unknown>): Promise<unknown> {
  const tableOf = (name: string) => {
    const table = ground.tables.get(name);
    if (!table) throw tableNotFound(name);
    return table.description;
  };
  const writes = singleWrites(data, tableOf);
  return batchAnswer(
    await Promise.all(writes.map(({ operation, data: single }) => act(ground, operation === 'PutItem' ? putItem : deleteItem, single, false))),
  );
}
