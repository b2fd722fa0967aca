/** Real purchases, one line for each item of a basket: `customer_id,date,basket_seq,item_id`, as CSV or gzipped. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { UsageError } from '../options.ts';

/** One household × item: a need for every day on which it was bought, in the order of the days. */
export interface Pair {
  readonly customer: string;
  readonly item: string;
  /** Days since 1970-01-01, rising; at most three needs a day count. */
  readonly needs: readonly { readonly day: number; readonly count: number }[];
}

export interface Purchases {
  readonly pairs: readonly Pair[];
  readonly firstDay: number;
  readonly lastDay: number;
}

const HEADER = ['customer_id', 'date', 'basket_seq', 'item_id'];
export const NEEDS_A_DAY_MAX = 3;
const DAY = 86_400_000;

/** @param date such as 2012-08-01 @returns days since 1970-01-01 */
export const dayOf = (date: string): number => Math.round(Date.parse(`${date}T00:00:00.000Z`) / DAY);
export const dateOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

function textOf(file: string): string {
  const bytes = readFileSync(file);
  if (!file.endsWith('.gz')) return bytes.toString('utf8');
  try {
    return gunzipSync(bytes).toString('utf8');
  } catch (error) {
    throw new UsageError(`${file}: expected a gzipped file, as its name says, but ${error instanceof Error ? error.message : String(error)}.`);
  }
}

/** @throws UsageError that names the line, what was expected and what stands there */
export function readPurchases(file: string, isWanted: (customer: string) => boolean = () => true): Purchases {
  const [header = '', ...lines] = textOf(file)
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/);
  if (header.split(',').join() !== HEADER.join())
    throw new UsageError(`${file}, line 1: expected the header ${HEADER.join(',')}, found ${header || 'nothing'}.`);
  const counts = new Map<string, Map<string, Map<number, number>>>();
  let [firstDay, lastDay] = [Infinity, -Infinity];
  for (const [index, line] of lines.entries()) {
    if (line === '') continue;
    const { customer, day, item } = readLine(line, `${file}, line ${String(index + 2)}`);
    firstDay = Math.min(firstDay, day);
    lastDay = Math.max(lastDay, day);
    if (!isWanted(customer)) continue;
    const items = counts.get(customer) ?? new Map<string, Map<number, number>>();
    counts.set(customer, items);
    const days = items.get(item) ?? new Map<number, number>();
    items.set(item, days);
    days.set(day, Math.min(NEEDS_A_DAY_MAX, (days.get(day) ?? 0) + 1));
  }
  if (counts.size === 0) throw new UsageError(`${file}: expected purchases, found none${lastDay > 0 ? ' of the customers asked for' : ''}.`);
  const pairs = [...counts].flatMap(([customer, items]) =>
    [...items].map(([item, days]) => ({ customer, item, needs: [...days].map(([day, count]) => ({ day, count })).sort((a, b) => a.day - b.day) })),
  );
  return { pairs, firstDay, lastDay };
}

/** A date stands on many lines. */
const knownDays = new Map<string, number>();

/** NaN for what is no date. */
function checkedDayOf(date: string): number {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(date) ? dayOf(date) : NaN;
  return !Number.isNaN(day) && dateOf(day) === date ? day : NaN;
}

function readLine(line: string, where: string): { customer: string; day: number; item: string } {
  const fields = line.split(',');
  const [customer = '', date = '', basket = '', item = ''] = fields;
  if (fields.length !== HEADER.length)
    throw new UsageError(`${where}: expected ${HEADER.length} fields (${HEADER.join(',')}), found ${fields.length} in ${line.slice(0, 80)}.`);
  const day = knownDays.get(date) ?? checkedDayOf(date);
  knownDays.set(date, day);
  if (Number.isNaN(day)) throw new UsageError(`${where}: expected a date such as 2012-08-01, found ${date || 'nothing'}.`);
  if (!/^\d+$/.test(basket)) throw new UsageError(`${where}: expected the basket's number, found ${basket || 'nothing'}.`);
  if (customer === '' || item === '') throw new UsageError(`${where}: expected a customer and an item, found ${line.slice(0, 80)}.`);
  return { customer, day, item };
}

const NEEDS_BEFORE_MIN = 10;
const STILL_BOUGHT_DAYS = 120;

/** Pairs that are known well enough at the split: at least ten purchases before it, one of them in the last 120 days. */
export const pairsKnownAt = (pairs: readonly Pair[], split: number): Pair[] =>
  pairs.filter(({ needs }) => {
    const before = needs.filter(({ day }) => day < split);
    const last = before.at(-1);
    return before.reduce((sum, { count }) => sum + count, 0) >= NEEDS_BEFORE_MIN && last !== undefined && last.day >= split - STILL_BOUGHT_DAYS;
  });
