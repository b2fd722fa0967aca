/** The shop's own book, read as a person would: what came in, what it said about it, what it handed over. */
import { z } from 'zod';
import { instantSchema } from '../../../shared/values.ts';
import { GrowingFile } from './growing-file.ts';
import type { Dated } from './snapshot.ts';
import { shopSentence } from './words.ts';

const TAIL_BYTES = 128 * 1024;
const SHOWN_MAX = 12;
/** An order whose receipt has left this memory is told without its goods. */
const ORDERS_KEPT = 200;

const lineSchema = z.object({ title: z.string(), quantity: z.int() });
const entrySchema = z.discriminatedUnion('kind', [
  z.object({
    at: instantSchema,
    kind: z.literal('order-received'),
    order: z.object({ orderId: z.string(), lines: z.array(lineSchema), totalMinor: z.int().min(0) }),
  }),
  z.object({ at: instantSchema, kind: z.literal('message-made'), message: z.object({ type: z.string(), orderId: z.string().optional() }) }),
  z.object({ at: instantSchema, kind: z.literal('handed-over'), orderId: z.string() }),
]);
type Entry = z.infer<typeof entrySchema>;

export class Receipts {
  readonly #file: GrowingFile;
  readonly #goods = new Map<string, string>();
  #shown: Dated[] = [];

  constructor(path: string) {
    this.#file = new GrowingFile(path, TAIL_BYTES);
  }

  /** The newest first. */
  async read(): Promise<readonly Dated[]> {
    const told = (await this.#file.newLines()).flatMap((line) => this.#tell(line) ?? []);
    this.#shown = [...told.reverse(), ...this.#shown].slice(0, SHOWN_MAX);
    return this.#shown;
  }

  #tell(line: string): Dated | undefined {
    // Other kinds of entries are the shop's transport, not its trade.
    const entry = entrySchema.safeParse(parsed(line));
    if (!entry.success) return undefined;
    return { at: entry.data.at, sentence: shopSentence(this.#factOf(entry.data)) };
  }

  #factOf(entry: Entry): Parameters<typeof shopSentence>[0] {
    switch (entry.kind) {
      case 'order-received': {
        const { orderId, lines, totalMinor } = entry.order;
        const goods = lines.map(({ quantity, title }) => `${quantity} × ${title}`).join(', ');
        this.#goods.set(orderId, goods);
        const [oldest] = this.#goods.keys();
        if (this.#goods.size > ORDERS_KEPT && oldest !== undefined) this.#goods.delete(oldest);
        return { kind: 'received', goods, totalMinor };
      }
      case 'message-made':
        return { kind: 'said', type: entry.message.type, goods: this.#goods.get(entry.message.orderId ?? '') ?? '' };
      case 'handed-over':
        return { kind: 'handed-over', goods: this.#goods.get(entry.orderId) ?? '' };
    }
  }
}

export function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
