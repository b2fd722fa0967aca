/** What the shop's answers come to, as the order keeps it, and how the facts that are told of them move it on. */
import { z } from 'zod';
import { paymentRefusalSchema } from '../event-parts.ts';
import type { EventData, EventOf } from '../events.ts';
import { gtinSchema, instantSchema, moneySchema, unreachable, type Instant } from '../values.ts';
import { LOTS_MAX, lotPacksSchema } from './lot.ts';
import { lineProgressSchema, type LineProgress, type PacksField } from './line-progress.ts';

/** The lines stand at the same index as the quote's. */
export const progressSchema = z.strictObject({
  lines: z.array(lineProgressSchema).min(1).max(50),
  deliveryAt: instantSchema.optional(),
  tracking: z.string().max(80).optional(),
  deliveredAt: instantSchema.optional(),
  /** When the last part came, of an order that comes in several. */
  partAt: instantSchema.optional(),
  /** Charged so far. */
  total: moneySchema.optional(),
  /** Out of which lots the goods are, as far as the shop has said. */
  lots: z.array(lotPacksSchema).max(LOTS_MAX).optional(),
  /** When goods last went back. */
  returnedAt: instantSchema.optional(),
  /** Paid back so far, and of it for which product. */
  refunded: z
    .strictObject({ total: moneySchema, lines: z.array(z.strictObject({ gtin: gtinSchema, amount: moneySchema })).max(60), at: instantSchema })
    .optional(),
  /** The shop could not charge the account. It waits until `retryBefore`; without it the order was over. */
  payment: z.strictObject({ declinedAt: instantSchema, reason: paymentRefusalSchema, retryBefore: instantSchema.optional() }).optional(),
  problems: z.array(z.string().max(200)).max(40),
});
export type Progress = z.infer<typeof progressSchema>;

interface TellsLines {
  readonly data: Pick<EventData<'order.changed'>, 'lines'>;
}

/** The event tells every line, in the quote's order, and after them what came instead. */
export const withPacks = (lines: readonly LineProgress[], { data }: TellsLines, field: PacksField): LineProgress[] =>
  lines.map((line, index) => {
    const other = line.substitute && data.lines.slice(lines.length).find(({ gtin }) => gtin === line.substitute?.gtin);
    const substitute = line.substitute && { substitute: { ...line.substitute, [field]: other?.packs ?? line.substitute[field] } };
    return { ...line, [field]: data.lines[index]?.packs ?? line[field], ...substitute };
  });

/** What may be told of an order without moving it from where it stands. */
export type ProgressEvent = Extract<
  EventOf<'order'>,
  { type: 'order.part-delivered' | 'order.back-ordered' | 'order.returned' | 'order.refunded' | 'order.payment-declined' }
>;

export function evolveProgress(progress: Progress, event: ProgressEvent, at: Instant): Progress {
  switch (event.type) {
    case 'order.part-delivered':
      return { ...progress, lines: withPacks(progress.lines, event, 'fulfilled'), total: event.data.total, partAt: at };
    case 'order.back-ordered':
      return {
        ...progress,
        lines: progress.lines.map(({ backOrdered: _, ...line }, index) => {
          const told = event.data.lines[index];
          return told?.expectedAt === undefined || told.packs === 0 ? line : { ...line, backOrdered: { packs: told.packs, expectedAt: told.expectedAt } };
        }),
      };
    case 'order.returned':
      return { ...progress, lines: withPacks(progress.lines, event, 'returned'), returnedAt: at };
    case 'order.refunded':
      return { ...progress, refunded: { total: event.data.total, lines: event.data.lines, at } };
    case 'order.payment-declined': {
      const { reason, retryBefore } = event.data;
      return { ...progress, payment: { declinedAt: at, reason, ...(retryBefore !== undefined && { retryBefore }) } };
    }
    default:
      return unreachable(event);
  }
}
