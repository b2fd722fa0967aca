/** Reads a table's stream for every mapping on it, in order, and drops what all of them are done with. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Activity } from '../activity.ts';
import type { Functions } from './functions.ts';
import type { EventSourceMapping } from './mapping-properties.ts';
import type { OpenMapping } from './sqs-mapping.ts';
import { deliver, sequenceOf, type StreamRecord } from './stream-delivery.ts';
import { compareSequences, StreamPosition } from './stream-position.ts';
import { reportTrouble } from './trouble.ts';

export interface MappedStream {
  /** In order; after nothing, from the first that is left. */
  readAfter(sequence: string | undefined, limit: number): Promise<readonly StreamRecord[]>;
  onRecord(listener: () => void): () => void;
  /** Drops everything up to and with this sequence number. */
  trim(uptoSequence: string): Promise<unknown>;
}

export interface StreamMappingsOptions {
  readonly stream: MappedStream;
  /** Those on this stream. */
  readonly mappings: readonly EventSourceMapping[];
  /** Keeps a position per mapping. */
  readonly directory: string;
  readonly invoke: Functions['invoke'];
  readonly send: (queueArn: string, body: string) => Promise<unknown>;
  readonly activity: Activity;
  /** Wall milliseconds; doubles with every attempt. */
  readonly retryDelayFirstMillis?: number;
}

const RETRY_DELAY_FIRST_MILLIS = 100;
const TROUBLE_MILLIS = 1_000;
/** Dropping costs a write, so it waits until the stream is read to its end or until this many batches have been. */
const BATCHES_PER_TRIM = 50;

export function openStreamMappings(options: StreamMappingsOptions): OpenMapping {
  const { stream, directory, activity, invoke, send, retryDelayFirstMillis = RETRY_DELAY_FIRST_MILLIS } = options;
  const abort = new AbortController();
  const readers = options.mappings
    .filter(({ enabled }) => enabled)
    .map((mapping) => ({ mapping, position: new StreamPosition(directory, mapping.id), wake: (): void => undefined, hasNew: true }));
  const isClosed = (): boolean => abort.signal.aborted;
  let trimmed: string | undefined;

  async function trim(): Promise<void> {
    const passed = readers.flatMap(({ position }) => position.passed ?? []);
    // One that has not begun still needs everything.
    if (passed.length < readers.length) return;
    const [least] = passed.sort(compareSequences);
    if (least === undefined || least === trimmed) return;
    trimmed = least;
    await stream.trim(least);
  }

  /** Reads to the end of the stream. */
  async function readAll({ mapping, position }: (typeof readers)[number]): Promise<void> {
    const advance = (sequence: string): void => position.advance(sequence);
    for (let batches = 1; ; batches += 1) {
      abort.signal.throwIfAborted();
      const records = await stream.readAfter(position.passed, mapping.batchSize);
      if (records.length === 0) return trim();
      const wanted = records.filter(mapping.matches);
      if (wanted.length > 0) await deliver(wanted, { mapping, advance, signal: abort.signal, invoke, send, retryDelayFirstMillis });
      const last = sequenceOf(records.at(-1));
      if (position.passed !== last) advance(last);
      if (batches % BATCHES_PER_TRIM === 0) await trim();
    }
  }

  async function run(reader: (typeof readers)[number]): Promise<void> {
    const hasNew = (): boolean => reader.hasNew;
    while (!isClosed()) {
      // Time must not go on while the stream holds something that a function has not seen.
      const end = activity.begin(`the stream to ${reader.mapping.functionName}`);
      try {
        while (hasNew()) {
          reader.hasNew = false;
          await readAll(reader);
        }
      } catch (error) {
        reader.hasNew = true;
        if (!isClosed()) {
          reportTrouble(`${reader.mapping.id}, the way from ${reader.mapping.sourceArn} to ${reader.mapping.functionName}`, error);
          await delay(TROUBLE_MILLIS, undefined, { signal: abort.signal }).catch(() => undefined);
        }
      } finally {
        end();
      }
      if (!hasNew() && !isClosed()) await new Promise<void>((resolve) => (reader.wake = resolve));
    }
  }

  const stop = stream.onRecord(() => {
    for (const reader of readers) {
      reader.hasNew = true;
      reader.wake();
    }
  });
  const runs = readers.map(run);
  return {
    close: async () => {
      stop();
      abort.abort();
      for (const { wake } of readers) wake();
      await Promise.all(runs);
      for (const { position } of readers) position.close();
    },
  };
}
