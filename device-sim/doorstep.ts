/** The physical world between shop and household: goods that were handed over and wait to be carried in. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { gtinSchema, instantSchema, millisOf, orderIdSchema, type Gtin, type OrderId } from '../shared/values.ts';
import { wholeLines } from './ledger.ts';

const handoverSchema = z.looseObject({
  at: instantSchema,
  orderId: orderIdSchema,
  lines: z.array(z.looseObject({ gtin: gtinSchema, packs: z.int().min(0).max(999) })).max(200),
});

/** Packs of one product that were handed over. */
export interface Arrival {
  /** `<line of the file>.<item of the line>`: the file only grows, so this names the packs for ever. */
  readonly id: string;
  readonly at: number;
  readonly orderId: OrderId;
  readonly gtin: Gtin;
  readonly packs: number;
}

export class Doorstep {
  readonly #path: string;
  #linesRead = 0;

  constructor(directory: string, account: string) {
    this.#path = join(directory, `${account}.ndjson`);
  }

  /** What came since the last look. A line that is still being written is left for the next look, one that says nothing is stepped over. */
  async look(): Promise<Arrival[]> {
    const lines = wholeLines(await readFile(this.#path, 'utf8').catch(() => ''));
    const fresh = lines.slice(this.#linesRead).flatMap((line, index) => arrivalsOf(line, this.#linesRead + index));
    this.#linesRead = lines.length;
    return fresh;
  }
}

function arrivalsOf(line: string, lineNumber: number): Arrival[] {
  const handover = handoverSchema.safeParse(jsonOf(line));
  if (!handover.success) return [];
  const { at, orderId, lines } = handover.data;
  return lines.map(({ gtin, packs }, item) => ({ id: `${lineNumber}.${item}`, at: millisOf(at), orderId, gtin, packs }));
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
