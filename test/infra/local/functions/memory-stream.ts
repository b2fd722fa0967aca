/** A table's stream in memory, with what the real one promises: a gapless order, reading after a number, trimming. */
import type { StreamRecord } from '../../../../infra/local/functions/stream-delivery.ts';
import type { MappedStream } from '../../../../infra/local/functions/stream-mapping.ts';

const sequence = (position: number): string => String(position).padStart(21, '0');
/** 1 for the first record ever written. */
export const positionOf = (record: StreamRecord): number => Number(record.dynamodb?.SequenceNumber);

export class MemoryStream implements MappedStream {
  #records: StreamRecord[] = [];
  #written = 0;
  readonly #listeners = new Set<() => void>();

  write(count: number): void {
    for (let number = 0; number < count; number += 1) {
      this.#written += 1;
      const NewImage = this.#written % 2 === 1 ? { says: { N: '1' } } : {};
      this.#records.push({ dynamodb: { SequenceNumber: sequence(this.#written), ApproximateCreationDateTime: 1_772_431_200, NewImage } } as StreamRecord);
    }
    for (const listener of this.#listeners) listener();
  }

  /** Positions of what has not been trimmed. */
  get kept(): number[] {
    return this.#records.map(positionOf);
  }

  readAfter(after: string | undefined, limit: number): Promise<readonly StreamRecord[]> {
    return Promise.resolve(this.#records.filter((record) => positionOf(record) > Number(after ?? 0)).slice(0, limit));
  }

  onRecord(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  trim(upto: string): Promise<void> {
    this.#records = this.#records.filter((record) => positionOf(record) > Number(upto));
    return Promise.resolve();
  }
}
