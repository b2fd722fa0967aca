/** The shop's own book: one line per fact, on the disk before the fact leaves the process. It is all that a restart knows. */
import { closeSync, existsSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { orderSchema } from './order.ts';
import { planSchema } from './plan.ts';

const at = z.iso.datetime();
export const messageSchema = z.object({
  messageId: z.string(),
  type: z.string(),
  orderId: z.string().optional(),
  /** Not sent before this. */
  sendAt: at.optional(),
  /** It is said again although it was taken, and once more with this id. */
  echo: z.object({ messageId: z.string(), sendAt: at }).optional(),
  data: z.record(z.string(), z.unknown()),
});

export const entrySchema = z.discriminatedUnion('kind', [
  z.object({ at, kind: z.literal('order-received'), webhookId: z.string(), order: orderSchema, plan: planSchema }),
  z.object({ at, kind: z.literal('order-repeated'), webhookId: z.string(), orderId: z.string() }),
  /** A cancel was asked for; `unknown` is the tombstone of an order that has not come, and will be cancelled if it does. */
  z.object({ at, kind: z.literal('cancel-requested'), webhookId: z.string(), orderId: z.string(), outcome: z.enum(['granted', 'refused', 'unknown']) }),
  z.object({
    at,
    kind: z.literal('question-answered'),
    webhookId: z.string(),
    orderId: z.string(),
    questionId: z.string(),
    accepted: z.boolean(),
    inTime: z.boolean(),
  }),
  /** A contract was withdrawn from, whole or in part, and so much is paid back. */
  z.object({
    ...{ at, kind: z.literal('contract-withdrawn'), webhookId: z.string(), orderId: z.string(), part: z.int() },
    ...{ lines: z.array(z.object({ gtin: z.string(), quantity: z.int() })), refundMinor: z.int().min(0) },
  }),
  z.object({ at, kind: z.literal('webhook-refused'), status: z.int(), reason: z.string() }),
  /** Asked about an order that never came: the tombstone. */
  z.object({ at, kind: z.literal('asked-in-vain'), orderId: z.string() }),
  z.object({ at, kind: z.literal('handed-over'), orderId: z.string() }),
  z.object({ at, kind: z.literal('message-made'), message: messageSchema }),
  z.object({ at, kind: z.literal('message-taken'), messageId: z.string(), status: z.int() }),
  /** It was taken, and the shop says it again all the same. */
  z.object({ at, kind: z.literal('message-said-again'), messageId: z.string(), retryAt: at }),
  z.object({ at, kind: z.literal('message-refused'), messageId: z.string(), status: z.int() }),
  /** A fault that the shop was told to commit. */
  z.object({ at, kind: z.literal('misbehaved'), fault: z.string(), subject: z.string() }),
  z.object({ at, kind: z.literal('message-failed'), messageId: z.string(), reason: z.string(), retryAt: at }),
]);
export type Entry = z.infer<typeof entrySchema>;

export interface Ledger {
  readonly entries: readonly Entry[];
  /** On the disk when it returns. */
  write(entry: Entry): void;
  close(): void;
}

export function openLedger(path: string): Ledger {
  mkdirSync(dirname(path), { recursive: true });
  const text = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  // A last line without its end was being written when the process died: it was not on the disk in whole, so nothing of it has left.
  const whole = text.subarray(0, text.lastIndexOf('\n') + 1);
  const file = openSync(path, 'a');
  if (whole.length < text.length) ftruncateSync(file, whole.length);
  const entries = whole
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => entrySchema.parse(JSON.parse(line)));
  return {
    entries,
    write: (entry) => {
      writeSync(file, `${JSON.stringify(entry)}\n`);
      fsyncSync(file);
    },
    close: () => closeSync(file),
  };
}
