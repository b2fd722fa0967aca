/** Reads the aggregates of a partition again and again, and transfers only those that were written since the last look. */
import { BatchGetCommand, GetCommand, QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { AggregateKind, Key } from '../../../functions/runtime/aggregates.ts';
import { storedStateSchema } from '../../../functions/runtime/packed-state.ts';

const headSchema = z.object({ sk: z.string(), version: z.int() });
const itemSchema = z.object({ sk: z.string(), version: z.int(), state: storedStateSchema });
/** The store's own limit of a batch. */
const BATCH_MAX = 100;

export interface Place {
  readonly table: string;
  readonly pk: string;
  readonly skPrefix: string;
}

export class ChangedItems<State> {
  readonly #documents: DynamoDBDocumentClient;
  readonly #schema: AggregateKind<State>['schema'];
  readonly #place: Place;
  readonly #known = new Map<string, { readonly version: number; readonly state: State }>();

  constructor(documents: DynamoDBDocumentClient, kind: AggregateKind<State>, place: Place) {
    this.#documents = documents;
    this.#schema = kind.schema;
    this.#place = place;
  }

  /** Every state, by sort key. */
  async read(): Promise<State[]> {
    const heads = await this.#heads();
    const changed = heads.filter(({ sk, version }) => this.#known.get(sk)?.version !== version).map(({ sk }) => sk);
    for (let from = 0; from < changed.length; from += BATCH_MAX) await this.#fetch(changed.slice(from, from + BATCH_MAX));
    return heads.flatMap(({ sk }) => this.#known.get(sk)?.state ?? []);
  }

  async #heads(): Promise<z.infer<typeof headSchema>[]> {
    const { table, pk, skPrefix } = this.#place;
    const heads: z.infer<typeof headSchema>[] = [];
    let startKey: Record<string, unknown> | undefined;
    do {
      const page = await this.#documents.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
          ProjectionExpression: 'sk, version',
          ExpressionAttributeValues: { ':pk': pk, ':prefix': skPrefix },
          ExclusiveStartKey: startKey,
        }),
      );
      heads.push(...z.array(headSchema).parse(page.Items ?? []));
      startKey = page.LastEvaluatedKey;
    } while (startKey !== undefined);
    return heads;
  }

  async #fetch(sks: readonly string[]): Promise<void> {
    const { table, pk } = this.#place;
    let keys: Record<string, unknown>[] = sks.map((sk) => ({ pk, sk }));
    while (keys.length > 0) {
      const { Responses: found, UnprocessedKeys: left } = await this.#documents.send(new BatchGetCommand({ RequestItems: { [table]: { Keys: keys } } }));
      for (const item of found?.[table] ?? []) {
        const { sk, version, state } = itemSchema.parse(item);
        this.#known.set(sk, { version, state: this.#schema.parse(state) });
      }
      keys = left?.[table]?.Keys ?? [];
    }
  }
}

/** One aggregate, or undefined where there is none. */
export async function readState<State>(
  documents: DynamoDBDocumentClient,
  kind: AggregateKind<State>,
  at: { readonly table: string; readonly key: Key },
): Promise<State | undefined> {
  const { Item: item } = await documents.send(new GetCommand({ TableName: at.table, Key: { ...at.key } }));
  return item === undefined ? undefined : kind.schema.parse(itemSchema.parse(item).state);
}
