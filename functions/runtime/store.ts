/**
 * One item per aggregate, one conditional write per decision: state, version, the writer's token and the events of this decision
 * are written together, and the table's stream carries the events out (DESIGN §3.2, §3.3). Nobody commits and then publishes.
 */
import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { envelop, eventEnvelopeSchema, type DomainEvent, type EventEnvelope } from '../../shared/events.ts';
import { durationBetween, type Instant, type Outcome } from '../../shared/values.ts';
import { productNow } from './clock.ts';
import { environment } from './environment.ts';
import type { AggregateKind, Key } from './aggregates.ts';
import { correlation, decidedAbout, seen } from './correlation.ts';
import { dueShard } from './due.ts';
import { logger } from './log.ts';
import { countSaid } from './metrics.ts';
import { packed, storedStateSchema } from './packed-state.ts';

export const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}), { marshallOptions: { removeUndefinedValues: true } });

/** Two writers seldom meet; eight rounds outlast a burst of clicks and end in a retry of the message, not in a lost one. */
const ROUNDS_MAX = 8;

export interface Stored<State> {
  readonly state: State;
  readonly version: number;
  readonly events: readonly EventEnvelope[];
}

export type Change<State> =
  | { readonly kind: 'changed'; readonly state: State; readonly version: number; readonly events: readonly DomainEvent[] }
  | { readonly kind: 'ignored' | 'rejected'; readonly reason: string; readonly stored: Stored<State> | undefined };

const envelopeOfItem = z.object({ version: z.int().min(1), writer: z.string(), events: z.array(eventEnvelopeSchema), state: storedStateSchema });

const read = <State>(kind: AggregateKind<State>, item: Record<string, unknown>): Stored<State> => {
  const { version, events, state } = envelopeOfItem.parse(item);
  return { version, events, state: kind.schema.parse(state) };
};

/** Reads consistently; undefined when there is no such item. */
export async function load<State>(kind: AggregateKind<State>, key: Key): Promise<Stored<State> | undefined> {
  const { Item: item } = await documents.send(new GetCommand({ TableName: environment(kind.table), Key: { pk: key.pk, sk: key.sk }, ConsistentRead: true }));
  if (item === undefined) return undefined;
  const stored = read(kind, item);
  seen(key, kind.correlation?.(stored.state));
  return stored;
}

/** All aggregates of one kind in a partition, by the beginning of their sort key; at most `limit`. */
export const list = async <State>(kind: AggregateKind<State>, pk: string, skPrefix: string, limit = 500): Promise<Stored<State>[]> => {
  const found = await query(kind, { where: 'pk = :pk AND begins_with(sk, :prefix)', values: { ':pk': pk, ':prefix': skPrefix }, limit });
  return found.slice(0, limit);
};

interface Stretch {
  /** Sort keys, both included. */
  readonly from: string;
  readonly to: string;
  readonly limit: number;
}
/** Some of one kind in a partition, the last by their sort keys first; however many stand before them, no more than these are read. */
export const listNewest = <State>(kind: AggregateKind<State>, pk: string, { from, to, limit }: Stretch): Promise<Stored<State>[]> =>
  query(kind, { where: 'pk = :pk AND sk BETWEEN :from AND :to', values: { ':pk': pk, ':from': from, ':to': to }, limit, newestFirst: true });

interface Query {
  readonly where: string;
  readonly values: Record<string, string>;
  readonly limit: number;
  readonly newestFirst?: boolean;
}
/** Page by page until there are enough; newest first it reads no more than these. */
async function query<State>(kind: AggregateKind<State>, { where, values, limit, newestFirst = false }: Query): Promise<Stored<State>[]> {
  const found: Stored<State>[] = [];
  let startKey: Record<string, unknown> | undefined;
  do {
    const page = await documents.send(
      new QueryCommand({
        TableName: environment(kind.table),
        KeyConditionExpression: where,
        ExpressionAttributeValues: values,
        ConsistentRead: true,
        ...(newestFirst && { ScanIndexForward: false, Limit: limit - found.length }),
        ExclusiveStartKey: startKey,
      }),
    );
    for (const item of page.Items ?? []) found.push(read(kind, item));
    startKey = page.LastEvaluatedKey;
  } while (startKey !== undefined && found.length < limit);
  return found;
}

/**
 * Loads, decides and saves; when somebody else wrote in between, decides again on what they wrote.
 * `decide` must be pure: it may run several times. Throws when the item stays contended, so that the message is repeated.
 */
export async function change<State>(
  kind: AggregateKind<State>,
  key: Key,
  decide: (state: State | undefined, stored: Stored<State> | undefined) => Outcome<State, DomainEvent>,
): Promise<Change<State>> {
  for (let round = 1; round <= ROUNDS_MAX; round += 1) {
    const stored = await load(kind, key);
    const outcome = decide(stored?.state, stored);
    if (outcome.kind !== 'changed') return { ...outcome, stored };
    const version = (stored?.version ?? 0) + 1;
    if (await save(kind, key, { outcome, version, earlier: stored?.events ?? [], at: productNow() })) return { ...outcome, version };
  }
  throw new Error(`${key.pk}/${key.sk} was written by others ${String(ROUNDS_MAX)} times in a row`);
}

/** Writes an item that never changes, unless it is there already; a repeat keeps the first. */
export async function createOnce<State>(
  kind: AggregateKind<State>,
  key: Key,
  state: State,
  events: readonly DomainEvent[] = [],
): Promise<'created' | 'exists'> {
  const created = await save(kind, key, { outcome: { state, events }, version: 1, earlier: [], at: productNow() });
  return created ? 'created' : 'exists';
}

interface Writing<State> {
  readonly outcome: { readonly state: State; readonly events: readonly DomainEvent[] };
  readonly version: number;
  readonly earlier: readonly EventEnvelope[];
  readonly at: Instant;
}

async function save<State>(kind: AggregateKind<State>, key: Key, { outcome, version, earlier, at }: Writing<State>): Promise<boolean> {
  const writer = randomUUID();
  const story = correlation() ?? kind.correlation?.(outcome.state);
  const said = envelop(outcome.events, { aggregate: `${key.pk}/${key.sk}`, version, time: at, correlation: story });
  const due = kind.due?.(outcome.state);
  const expiresAtSeconds = kind.expiresAtSeconds?.(outcome.state);
  const item = {
    pk: key.pk,
    sk: key.sk,
    version,
    writer,
    // The stream's filter passes only items that spoke in this very write.
    ...(said.length > 0 && { says: version }),
    ...(due !== undefined && { dueAt: due.at, dueFor: due.worker, dueShard: dueShard(key) }),
    ...kind.indexed?.(outcome.state),
    ...(expiresAtSeconds !== undefined && { expiresAtSeconds }),
    // All of this write, for from here the stream takes them.
    events: [...youngOf(kind, earlier, at), ...said].slice(-Math.max(kind.eventsKept, said.length)),
    state: kind.packed === true ? packed(outcome.state) : outcome.state,
  };
  const isNew = 'attribute_not_exists(pk)';
  const isUnchanged = 'version = :before';
  try {
    await documents.send(
      new PutCommand({
        TableName: environment(kind.table),
        Item: item,
        ConditionExpression: version === 1 ? isNew : isUnchanged,
        ...(version > 1 && { ExpressionAttributeValues: { ':before': version - 1 } }),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    tellOperators(story, said);
    return true;
  } catch (error) {
    // A write that the SDK repeated after a lost answer fails its own condition: then our token stands there already.
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    const isOurs = error.Item?.['writer']?.S === writer;
    if (isOurs) tellOperators(story, said);
    return isOurs;
  }
}

const youngOf = <State>({ eventsKeptFor: age }: AggregateKind<State>, events: readonly EventEnvelope[], now: Instant): readonly EventEnvelope[] =>
  age === undefined ? events : events.filter(({ time }) => durationBetween(time, now) < age);

/** One line for each decision that says something: which function told which fact, in the words of the catalogue. */
function tellOperators(story: string | undefined, said: readonly EventEnvelope[]): void {
  if (said.length === 0) return;
  decidedAbout(said[0]?.correlationid ?? story);
  countSaid(said);
  logger.info('said', { events: said.map(({ type, id }) => ({ type, id })) });
}
