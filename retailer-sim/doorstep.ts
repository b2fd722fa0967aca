/** The physical world: what stands before a customer's door. A parcel is handed over once, however often the driver forgets that he was there. */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const parcelSchema = z.object({ orderId: z.string(), part: z.int().optional() });
/** An order comes in one parcel, or in several parts, each with its number. */
type ParcelName = z.infer<typeof parcelSchema>;

/** @param at product instant */
export function handOver(directory: string, account: string, parcel: ParcelName & { at: string; lines: { gtin: string; packs: number }[] }): void {
  mkdirSync(directory, { recursive: true });
  const path = join(directory, `${account}.ndjson`);
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (text.split('\n').some((line) => isOf(line, parcel))) return;
  // A line that a crash has torn off must not swallow this one.
  const separator = text === '' || text.endsWith('\n') ? '' : '\n';
  appendFileSync(path, `${separator}${JSON.stringify(parcel)}\n`, { flush: true });
}

function isOf(line: string, { orderId, part }: ParcelName): boolean {
  try {
    const known = parcelSchema.parse(JSON.parse(line));
    return known.orderId === orderId && known.part === part;
  } catch {
    return false;
  }
}
