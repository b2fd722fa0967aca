/** The physical world: what stands before a customer's door. A parcel is handed over once, however often the driver forgets that he was there. */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const parcelSchema = z.object({ orderId: z.string() });

/** @param at product instant */
export function handOver(directory: string, account: string, parcel: { at: string; orderId: string; lines: { gtin: string; packs: number }[] }): void {
  mkdirSync(directory, { recursive: true });
  const path = join(directory, `${account}.ndjson`);
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (text.split('\n').some((line) => orderIdIn(line) === parcel.orderId)) return;
  // A line that a crash has torn off must not swallow this one.
  const separator = text === '' || text.endsWith('\n') ? '' : '\n';
  appendFileSync(path, `${separator}${JSON.stringify(parcel)}\n`, { flush: true });
}

function orderIdIn(line: string): string | undefined {
  try {
    return parcelSchema.parse(JSON.parse(line)).orderId;
  } catch {
    return undefined;
  }
}
