import type { Level } from 'level';
import { everythingIn, keyspace } from './keyspace.ts';
import { StoreError } from './store-errors.ts';
import { sequenceOf, sequenceSchema, streamRecordSchema } from './stream-record.ts';
import type { StreamRecord } from './stream-record.ts';

/** The stream of one table: one shard, sequence numbers without a gap, in the order in which the writes were committed. */
export interface TableStream {
  /** The newest record ever written, trimmed or not: where a reader that wants only what comes next begins. */
  readonly lastSequence: string;
  /** Records behind a sequence number, or from the oldest one kept; at most `limit`. Reads only what is committed. */
  readAfter(sequence: string | undefined, limit: number): Promise<StreamRecord[]>;
  /** Calls back after records were committed, possibly once for several; answers how to stop that. */
  onRecord(listener: () => void): () => void;
  /** Deletes the records up to and with this sequence number: all consumers have processed them. A number from the past or from before is harmless. */
  trim(uptoSequence: string): Promise<void>;
}

export class StoredStream implements TableStream {
  readonly #level: Level;
  readonly #table: string;
  readonly #prefix: string;
  readonly #listeners = new Set<() => void>();
  #trimmed: number;
  #given: number;
  #committed: number;

  private constructor(level: Level, table: string, trimmed: number, last: number) {
    this.#level = level;
    this.#table = table;
    this.#prefix = keyspace.stream(table);
    this.#trimmed = trimmed;
    this.#given = last;
    this.#committed = last;
  }

  /** Finds its place again. Refuses a stream with a gap: then the disk has lost writes that had been confirmed. */
  static async open(level: Level, table: string): Promise<StoredStream> {
    const trimmed = Number(level.getSync(keyspace.trimmed(table)) ?? 0);
    const prefix = keyspace.stream(table);
    let last = trimmed;
    for await (const key of level.keys({ gt: prefix + sequenceOf(trimmed), lt: everythingIn(prefix).lt })) {
      if (key !== prefix + sequenceOf(last + 1)) throw new StoreError(`is damaged (the stream of table ${table} lacks record ${last + 1})`);
      last += 1;
    }
    return new StoredStream(level, table, trimmed, last);
  }

  get lastSequence(): string {
    return sequenceOf(this.#committed);
  }

  /** The next number, for the commit queue alone: its record is part of the very next batch. */
  nextSequence(): string {
    this.#given += 1;
    return sequenceOf(this.#given);
  }

  keyOf(sequence: string): string {
    return this.#prefix + sequence;
  }

  /** Everything that was given a number stands: a batch carries all of it or nothing. */
  committed(): void {
    if (this.#committed === this.#given) return;
    this.#committed = this.#given;
    for (const listener of this.#listeners) queueMicrotask(listener);
  }

  async readAfter(sequence: string | undefined, limit: number): Promise<StreamRecord[]> {
    const from = Math.max(sequence === undefined ? 0 : Number(sequenceSchema.parse(sequence)), this.#trimmed);
    if (limit < 1 || from >= this.#committed) return [];
    const texts = await this.#level.values({ gt: this.keyOf(sequenceOf(from)), lte: this.keyOf(this.lastSequence), limit }).all();
    return texts.map((text) => streamRecordSchema.parse(JSON.parse(text)));
  }

  onRecord(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async trim(uptoSequence: string): Promise<void> {
    const upto = Math.min(Number(sequenceSchema.parse(uptoSequence)), this.#committed);
    if (upto <= this.#trimmed) return;
    const from = this.#trimmed;
    this.#trimmed = upto;
    // The mark goes first: after a kill between the two, a few dead records remain on disk, but none comes back.
    await this.#level.put(keyspace.trimmed(this.#table), String(upto));
    await this.#level.clear({ gt: this.keyOf(sequenceOf(from)), lte: this.keyOf(sequenceOf(upto)) });
  }
}
