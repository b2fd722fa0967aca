/** A household's own receipts: `date,item,quantity,price`, one line for each item of a receipt. */
import { readFileSync } from 'node:fs';
import { UsageError } from '../../options.ts';
import { dateOf, dayOf } from '../read-purchases.ts';

export interface Receipt {
  /** Days since 1970-01-01. */
  readonly day: number;
  readonly item: string;
  /** Packs. */
  readonly quantity: number;
  /** Cents, of the whole line. */
  readonly priceMinor: number;
}

const HEADER = ['date', 'item', 'quantity', 'price'];
const QUANTITY_MAX = 99;
const PRICE_MINOR_MAX = 1_000_000;

/** Fields of one line; a field may stand in quotation marks, in which two of them mean one (RFC 4180, without line breaks inside). */
export function fieldsOf(line: string): string[] {
  const fields = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)];
  return fields.map(([, quoted, plain]) => (quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"')).trim());
}

/** @throws UsageError that names the line, what was expected and what stands there */
export function readReceipts(file: string): Receipt[] {
  const [header = '', ...lines] = readFileSync(file, 'utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/);
  if (fieldsOf(header).join() !== HEADER.join())
    throw new UsageError(`${file}, line 1: expected the header ${HEADER.join(',')}, found ${header === '' ? 'nothing' : header.slice(0, 80)}.`);
  const receipts = lines.flatMap((line, index) => (line.trim() === '' ? [] : [readLine(line, `${file}, line ${String(index + 2)}`)]));
  if (receipts.length === 0) throw new UsageError(`${file}: expected receipts, found none.`);
  return receipts.sort((a, b) => a.day - b.day);
}

function readLine(line: string, where: string): Receipt {
  const fields = fieldsOf(line);
  const [date = '', item = '', quantity = '', price = ''] = fields;
  if (fields.length !== HEADER.length)
    throw new UsageError(`${where}: expected ${HEADER.length} fields (${HEADER.join(',')}), found ${fields.length} in ${line.slice(0, 80)}.`);
  const day = /^\d{4}-\d{2}-\d{2}$/.test(date) ? dayOf(date) : NaN;
  if (Number.isNaN(day) || dateOf(day) !== date) throw new UsageError(`${where}: expected a date such as 2026-03-14, found ${date || 'nothing'}.`);
  if (item === '') throw new UsageError(`${where}: expected the name of an item, found nothing.`);
  const packs = /^\d+$/.test(quantity) ? Number(quantity) : NaN;
  if (!(packs >= 1 && packs <= QUANTITY_MAX))
    throw new UsageError(`${where}: expected how many packs, 1 to ${QUANTITY_MAX}, found ${quantity || 'nothing'} (of what is weighed, write 1).`);
  const priceMinor = /^\d+(\.\d{1,2})?$/.test(price) ? Math.round(Number(price) * 100) : NaN;
  if (!(priceMinor <= PRICE_MINOR_MAX)) throw new UsageError(`${where}: expected what was paid for the line, such as 2.49, found ${price || 'nothing'}.`);
  return { day, item, quantity: packs, priceMinor };
}
