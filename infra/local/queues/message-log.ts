/** All queues on disk, in one LevelDB. */
import { Level } from 'level';
import { receiptsSchema, storedMessageSchema, type Receipts, type StoredMessage } from './message.ts';

export type Write = { readonly type: 'put'; readonly key: string; readonly value: string } | { readonly type: 'del'; readonly key: string };

export interface Place {
  readonly queue: string;
  readonly sequence: number;
}

export interface Restored extends Place {
  readonly message: StoredMessage;
  readonly receipts: Receipts | undefined;
}

interface Waiting {
  readonly writes: readonly Write[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Wide enough for every safe integer, so that keys sort as numbers do. */
const SEQUENCE_DIGITS = 16;
const keyOf = (kind: 'message' | 'receipts', { queue, sequence }: Place): string => `${kind}/${queue}/${String(sequence).padStart(SEQUENCE_DIGITS, '0')}`;

export const putMessage = (place: Place, message: StoredMessage): Write => ({ type: 'put', key: keyOf('message', place), value: JSON.stringify(message) });
export const putReceipts = (place: Place, receipts: Receipts): Write => ({ type: 'put', key: keyOf('receipts', place), value: JSON.stringify(receipts) });
export const deleteMessage = (place: Place): Write[] => [
  { type: 'del', key: keyOf('message', place) },
  { type: 'del', key: keyOf('receipts', place) },
];

/**
 * Writes that are asked for while another is under way go together in the next batch, so a thousand concurrent sends cost a few writes.
 * A write resolves when LevelDB has handed it to the operating system: it survives the death of this process at any moment.
 */
export class MessageLog {
  readonly #database: Level;
  #waiting: Waiting[] = [];
  #draining: Promise<void> | undefined;

  private constructor(database: Level) {
    this.#database = database;
  }

  static async open(directory: string): Promise<MessageLog> {
    const database = new Level(directory);
    await database.open();
    return new MessageLog(database);
  }

  /** Everything that was sent and not deleted, in the order in which it was sent. */
  async load(): Promise<Restored[]> {
    const receipts = new Map<string, Receipts>();
    for await (const [key, value] of this.#database.iterator({ gte: 'receipts/', lt: 'receipts0' }))
      receipts.set(key.slice('receipts/'.length), receiptsSchema.parse(JSON.parse(value)));
    const restored: Restored[] = [];
    for await (const [key, value] of this.#database.iterator({ gte: 'message/', lt: 'message0' })) {
      const [, queue = '', sequence = ''] = key.split('/');
      const message = storedMessageSchema.parse(JSON.parse(value));
      restored.push({ queue, sequence: Number(sequence), message, receipts: receipts.get(`${queue}/${sequence}`) });
    }
    return restored.sort((a, b) => a.sequence - b.sequence);
  }

  /** All or nothing. Resolves when durable. */
  write(writes: readonly Write[]): Promise<void> {
    if (writes.length === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ writes, resolve, reject });
      this.#draining ??= this.#drain();
    });
  }

  async close(): Promise<void> {
    await this.#draining;
    await this.#database.close();
  }

  async #drain(): Promise<void> {
    // Lets everything that is asked for in this turn of the event loop join the first batch.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      try {
        await this.#database.batch(group.flatMap(({ writes }) => writes));
        for (const { resolve } of group) resolve();
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.#draining = undefined;
  }
}
