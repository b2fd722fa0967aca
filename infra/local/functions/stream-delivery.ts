/** Hands records of a stream to a function until they are done with: delivered, or given up as the mapping says. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { failedItems } from './batch-response.ts';
import type { Functions } from './functions.ts';
import type { InvokeResult } from './instance.ts';
import type { EventSourceMapping } from './mapping-properties.ts';

/** An element of `Records`, as a function gets it from a table's stream. */
export interface StreamRecord {
  readonly eventSourceARN?: string;
  readonly dynamodb?: { readonly SequenceNumber?: string; readonly ApproximateCreationDateTime?: number };
}

export interface DeliveryOptions {
  readonly mapping: EventSourceMapping;
  readonly invoke: Functions['invoke'];
  /** Durable when it resolves. */
  readonly send: (queueArn: string, body: string) => Promise<unknown>;
  /** Everything up to this sequence number is done with. */
  readonly advance: (sequence: string) => void;
  readonly signal: AbortSignal;
  readonly retryDelayFirstMillis: number;
}

const RETRY_DELAY_MAX_MILLIS = 5_000;

export function sequenceOf(record: StreamRecord | undefined): string {
  const sequence = record?.dynamodb?.SequenceNumber;
  if (sequence === undefined) throw new Error('expected a stream record with a sequence number');
  return sequence;
}

/** Throws the signal's reason when it is told to stop; the records then come again after the next start. */
export async function deliver(records: readonly StreamRecord[], options: DeliveryOptions): Promise<void> {
  const { mapping, invoke, advance, signal, retryDelayFirstMillis } = options;
  const firstTriedAt = Date.now();
  let rest = records;
  for (let attempt = 1; rest.length > 0; attempt += 1) {
    signal.throwIfAborted();
    const result = await invoke(mapping.functionName, { Records: rest });
    signal.throwIfAborted();
    const ids = rest.map(sequenceOf);
    const [firstFailed] = failedItems(result, ids, mapping.reportsItemFailures);
    if (firstFailed === undefined) {
      advance(sequenceOf(rest.at(-1)));
      return;
    }
    const done = ids.indexOf(firstFailed);
    if (done > 0) {
      // The first failure is a checkpoint: what stands before it is done with, and what comes after it is told again.
      advance(sequenceOf(rest[done - 1]));
      rest = rest.slice(done);
      attempt = 1;
    } else if (mapping.bisects && rest.length > 1) {
      // Splitting does not count as a retry: the search for the bad record must not use up the patience with it.
      const middle = Math.ceil(rest.length / 2);
      await deliver(rest.slice(0, middle), options);
      return deliver(rest.slice(middle), options);
    } else if (isExhausted(mapping, attempt, firstTriedAt)) {
      await giveUp(rest, attempt, result, options);
      advance(sequenceOf(rest.at(-1)));
      return;
    }
    await delay(Math.min(retryDelayFirstMillis * 2 ** (attempt - 1), RETRY_DELAY_MAX_MILLIS), undefined, { signal });
  }
}

/** Age counts from the first attempt: time that this machine was switched off is not held against a record. */
const isExhausted = ({ retriesMax, recordAgeMaxSeconds }: EventSourceMapping, attempt: number, firstTriedAt: number): boolean =>
  (retriesMax >= 0 && attempt > retriesMax) || (recordAgeMaxSeconds >= 0 && Date.now() - firstTriedAt > recordAgeMaxSeconds * 1_000);

/** Lambda developer guide, “Discarded batches”: the message names the records, it does not hold them. */
async function giveUp(records: readonly StreamRecord[], attempts: number, result: InvokeResult, { mapping, send }: DeliveryOptions): Promise<void> {
  if (mapping.onFailureArn === undefined) return;
  const arrival = (record: StreamRecord | undefined): string => new Date((record?.dynamodb?.ApproximateCreationDateTime ?? 0) * 1_000).toISOString();
  await send(
    mapping.onFailureArn,
    JSON.stringify({
      requestContext: {
        requestId: randomUUID(),
        functionArn: mapping.functionName,
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount: attempts,
      },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', ...(result.ok ? {} : { functionError: 'Unhandled' }) },
      version: '1.0',
      timestamp: new Date().toISOString(),
      DDBStreamBatchInfo: {
        shardId: 'shardId-00000000000000000000-00000000',
        startSequenceNumber: sequenceOf(records[0]),
        endSequenceNumber: sequenceOf(records.at(-1)),
        approximateArrivalOfFirstRecord: arrival(records[0]),
        approximateArrivalOfLastRecord: arrival(records.at(-1)),
        batchSize: records.length,
        streamArn: mapping.sourceArn,
      },
    }),
  );
}
