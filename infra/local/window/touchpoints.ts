/** A household's touchpoints: counted by type over its whole story, the latest kept whole. */
import { QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { kinds } from '../../../functions/runtime/aggregates.ts';
import type { Touchpoint } from '../../../shared/journey/touchpoint.ts';

const itemSchema = z.object({ sk: z.string(), state: kinds.touchpoint.schema });
/** Touchpoints may be written a little after later ones: each look goes back this far and counts nothing twice. */
const LOOK_BACK_MILLIS = 86_400_000;
const LATEST_MAX = 400;

export class Touchpoints {
  readonly #documents: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #pk: string;
  readonly #seen = new Set<string>();
  #latest: Touchpoint[] = [];
  /** By type, approvals apart by who gave them. */
  readonly counts = new Map<string, number>();

  constructor(documents: DynamoDBDocumentClient, table: string, pk: string) {
    this.#documents = documents;
    this.#table = table;
    this.#pk = pk;
  }

  get total(): number {
    return this.#seen.size;
  }

  /** The newest first. */
  async read(): Promise<readonly Touchpoint[]> {
    const last = this.#latest[0]?.at;
    const from = last === undefined ? 'TP#' : `TP#${new Date(Date.parse(last) - LOOK_BACK_MILLIS).toISOString()}`;
    let startKey: Record<string, unknown> | undefined;
    do {
      const page = await this.#documents.send(
        new QueryCommand({
          TableName: this.#table,
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
          ExpressionAttributeValues: { ':pk': this.#pk, ':from': from, ':to': 'TP#~' },
          ExclusiveStartKey: startKey,
        }),
      );
      for (const { state } of z.array(itemSchema).parse(page.Items ?? [])) this.#note(state);
      startKey = page.LastEvaluatedKey;
    } while (startKey !== undefined);
    this.#latest = this.#latest.sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, LATEST_MAX);
    return this.#latest;
  }

  #note(touchpoint: Touchpoint): void {
    const { touchpointId, type, initiator } = touchpoint;
    if (this.#seen.has(touchpointId)) return;
    this.#seen.add(touchpointId);
    this.#latest.push(touchpoint);
    const counted = type === 'order.approved' ? `${type} by ${initiator}` : type;
    this.counts.set(counted, (this.counts.get(counted) ?? 0) + 1);
  }
}
