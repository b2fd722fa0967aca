/** What the ledger remembers of each device: enough to wake up as the same device in the same world. */
import { z } from 'zod';
import { readingSchema } from '../shared/device/telemetry.ts';
import { gtinSchema, instantSchema, orderIdSchema, slotSchema, thingNameSchema, unitSchema, millisOf } from '../shared/values.ts';
import type { LedgerLine } from './ledger.ts';

const lineOf = <Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) =>
  z.object({ at: instantSchema, kind: z.literal(kind), thing: thingNameSchema, ...shape });
const name = { bootId: readingSchema.shape.bootId, seq: readingSchema.shape.seq };
const amount = z.number().min(0);

/** What goes wrong with a device, by the name under which it is switched on. */
export const deviceFaultSchema = z.enum(['device-offline', 'clock-wrong', 'reading-duplicated', 'reading-out-of-order']);
export type DeviceFault = z.infer<typeof deviceFaultSchema>;

export const deviceLineSchema = z.discriminatedUnion('kind', [
  lineOf('boot', { bootId: name.bootId }),
  /** As it was sent; `trueAt` when the device's clock was wrong. */
  lineOf('reading', { ...name, reading: readingSchema, trueAt: instantSchema.optional() }),
  lineOf('acknowledged', name),
  /** Offline for so long that the buffer was full: the oldest reading is given up, and that is said. */
  lineOf('dropped', name),
  lineOf('stocked', { slot: slotSchema, orderId: orderIdSchema, gtin: gtinSchema, arrival: z.string(), packs: z.int(), amount, unit: unitSchema }),
  lineOf('consumed', { slot: slotSchema, day: z.iso.date(), taken: amount, missed: amount, unit: unitSchema }),
  lineOf('told', { messageId: z.string().optional(), message: z.string() }),
  /** What its screen shows from now on. */
  lineOf('shown', { cards: z.array(z.object({ orderId: orderIdSchema, quoteHash: z.string() })), notes: z.int() }),
  /** Cut off from the net by a fault until then, at the most. */
  lineOf('offline', { until: instantSchema }),
  lineOf('online', {}),
  lineOf('fault', { fault: deviceFaultSchema, subject: z.string() }),
]);
export type DeviceLine = z.infer<typeof deviceLineSchema>;
export type ReadingLine = Extract<DeviceLine, { kind: 'reading' }>;
export type StockedLine = Extract<DeviceLine, { kind: 'stocked' }>;

export interface Past {
  lastBootId: number;
  /** Product moment of the last thing that happened; everything up to it is over. */
  livedUntil: number;
  stocked: StockedLine[];
  /** The last day whose consumption is written down. */
  consumedUntil: string;
  /** Readings that nobody has confirmed, in the order in which they were taken. */
  unacknowledged: Map<string, ReadingLine>;
  /** Faults that have been counted: `<fault> <subject>`. */
  faults: Set<string>;
}

export const noPast = (): Past => ({ lastBootId: 0, livedUntil: -Infinity, stocked: [], consumedUntil: '', unacknowledged: new Map(), faults: new Set() });

/** Thing → its past. A line that no version of this simulator wrote throws: a ledger is never guessed at. */
export function pastsOf(lines: readonly LedgerLine[]): Map<string, Past> {
  const pasts = new Map<string, Past>();
  for (const line of lines.map((raw) => deviceLineSchema.parse(raw))) {
    const past = pasts.get(line.thing) ?? noPast();
    pasts.set(line.thing, past);
    remember(past, line);
  }
  return pasts;
}

function remember(past: Past, line: DeviceLine): void {
  switch (line.kind) {
    case 'boot':
      past.lastBootId = Math.max(past.lastBootId, line.bootId);
      break;
    case 'reading':
      past.unacknowledged.set(`${line.bootId}/${line.seq}`, line);
      break;
    case 'acknowledged':
    case 'dropped':
      past.unacknowledged.delete(`${line.bootId}/${line.seq}`);
      return;
    case 'stocked':
      past.stocked.push(line);
      break;
    case 'consumed':
      if (line.day > past.consumedUntil) past.consumedUntil = line.day;
      break;
    case 'fault':
      past.faults.add(`${line.fault} ${line.subject}`);
      return;
    case 'told':
    case 'shown':
    case 'offline':
    case 'online':
      return;
  }
  past.livedUntil = Math.max(past.livedUntil, millisOf(line.at));
}
