/** Takes batches from a queue and hands them to a function, as Lambda's pollers do. */
import type { SQSRecord } from 'aws-lambda';
import { failedItems } from './batch-response.ts';
import type { Functions } from './functions.ts';
import type { EventSourceMapping } from './mapping-properties.ts';
import { reportTrouble } from './trouble.ts';

export interface MappedQueues {
  /** Hides what it yields for the queue's own visibility timeout. */
  receive(arn: string, max: number): Promise<readonly SQSRecord[]>;
  remove(arn: string, receiptHandles: readonly string[]): Promise<unknown>;
  /** Makes what was received visible again after this long. */
  release(arn: string, receiptHandle: string, afterSeconds: number): unknown;
  onMessage(arn: string, listener: () => void): () => void;
}

export interface OpenMapping {
  /** Takes nothing new; resolves when what is under way has ended. */
  readonly close: () => Promise<void>;
}

/** How long a burst has to settle before a batch goes that may wait for more (`MaximumBatchingWindowInSeconds`). */
const GATHER_MILLIS = 5;
/** As many copies of a function as stay warm here. */
const CONCURRENCY_DEFAULT = 2;
/**
 * A message that failed waits on AWS until its visibility ends, which is six times the function's limit: there nobody's clock stands still for it.
 * Here product time does, three minutes of wall time for each try, so it comes back after this and twice as long each time. It is received no
 * more often than on AWS: the queue's `maxReceiveCount` counts as before.
 */
const RETRY_SECONDS = { first: 0.2, most: 5 } as const;
const retrySeconds = ({ attributes }: SQSRecord): number =>
  Math.min(RETRY_SECONDS.first * 2 ** (Number(attributes.ApproximateReceiveCount) - 1), RETRY_SECONDS.most);

/** A broken queue is asked again after this, not in a tight circle. */
const TROUBLE_MILLIS = 1_000;

/** A message whose body is no JSON still matches a filter that does not look at the body. */
function forFilter(record: SQSRecord): unknown {
  try {
    return { ...record, body: JSON.parse(record.body) as unknown };
  } catch {
    return record;
  }
}

/** @param received hears of each batch, with the size of each of its messages in bytes */
export function openSqsMapping(
  mapping: EventSourceMapping,
  queues: MappedQueues,
  invoke: Functions['invoke'],
  received: (bytes: readonly number[]) => void = () => undefined,
): OpenMapping {
  const { sourceArn, functionName, batchSize, gathers, reportsItemFailures, matches } = mapping;
  if (!mapping.enabled) return { close: () => Promise.resolve() };
  const concurrencyMax = mapping.concurrencyMax ?? CONCURRENCY_DEFAULT;
  const running = new Set<Promise<void>>();
  let closed = false;
  let signalled = false;
  let timer: NodeJS.Timeout | undefined;

  async function work(records: readonly SQSRecord[]): Promise<void> {
    const wanted = records.filter((record) => matches(forFilter(record)));
    const ids = wanted.map(({ messageId }) => messageId);
    const failed = wanted.length === 0 ? [] : failedItems(await invoke(functionName, { Records: wanted }), ids, reportsItemFailures);
    for (const record of records) if (failed.includes(record.messageId)) queues.release(sourceArn, record.receiptHandle, retrySeconds(record));
    // What a filter leaves out is removed, as Lambda does.
    const done = records.filter(({ messageId }) => !failed.includes(messageId));
    if (done.length > 0)
      await queues.remove(
        sourceArn,
        done.map(({ receiptHandle }) => receiptHandle),
      );
  }

  /** One poller: batch after batch until the queue has no more. */
  async function poll(): Promise<void> {
    while (!closed) {
      signalled = false;
      const records = await queues.receive(sourceArn, batchSize);
      if (records.length === 0) return;
      received(records.map(({ body }) => Buffer.byteLength(body)));
      // There may be more than this poller can carry in time.
      if (records.length === batchSize) wake();
      await work(records);
    }
  }

  function start(): void {
    timer = undefined;
    if (closed || running.size >= concurrencyMax) return;
    const run = poll()
      .catch((error: unknown) => {
        if (closed) return;
        reportTrouble(`${mapping.id}, the way from ${sourceArn} to ${functionName}`, error);
        timer ??= setTimeout(start, TROUBLE_MILLIS);
      })
      .finally(() => {
        running.delete(run);
        // A message may have come while the queue was answering that it has none.
        if (signalled) wake();
      });
    running.add(run);
  }

  function wake(): void {
    signalled = true;
    if (closed || timer !== undefined || running.size >= concurrencyMax) return;
    timer = setTimeout(start, gathers ? GATHER_MILLIS : 0);
  }

  const stop = queues.onMessage(sourceArn, wake);
  return {
    close: async () => {
      closed = true;
      stop();
      clearTimeout(timer);
      await Promise.all(running);
    },
  };
}
