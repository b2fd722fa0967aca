/** Customers as the purchase models know them: from a summary, or from their purchases. */
import { historiesOf, type Purchase } from '../../../shared/journey/churn/events.ts';
import type { History } from '../../../shared/journey/churn/purchases.ts';
import { regularityOf } from '../../../shared/journey/churn/regularity.ts';
import { dateOf, dayOf } from '../backtest/read-purchases.ts';
import { UsageError } from '../options.ts';
import { numberIn, readTable, type Line } from './read-table.ts';

export interface Row extends History {
  readonly customer?: string;
  /** What a purchase after the first was worth in the mean. */
  readonly monetaryValue?: number;
}
export interface Customers {
  readonly rows: readonly Row[];
  /** Wheat and Morrison's, where the moments of purchases are known. */
  readonly regularity?: number;
  /** Of events: the last day that was seen. */
  readonly end?: string;
}

const CUSTOMER = ['customer_id', 'customer', 'cust', 'id', 'customerid'];
const SUMMARY = {
  customer: CUSTOMER,
  frequency: ['frequency', 'x'],
  recency: ['recency', 't.x', 't_x', 'tx'],
  T: ['t', 't.cal', 't_cal', 'tcal'],
  monetaryValue: ['monetary_value', 'm.x', 'm_x', 'mx', 'monetary'],
  litt: ['litt'],
} as const;

/** @throws UsageError that names the line, what was expected and what stands there */
export function readSummary(file: string): Customers {
  const rows = readTable(file, SUMMARY, ['frequency', 'recency', 'T']).map(readRow);
  if (rows.length === 0) throw new UsageError(`${file}: expected a line for each customer, found none.`);
  return { rows };
}

const FREQUENCY_MAX = 100_000;
function readRow(line: Line): Row {
  const x = numberIn(
    line,
    'frequency',
    `a whole number of purchases after the first, 0 to ${FREQUENCY_MAX}`,
    (value) => Number.isInteger(value) && value >= 0 && value <= FREQUENCY_MAX,
  );
  const T = numberIn(line, 'T', 'a time T of 0 or more', (value) => value >= 0);
  const tx = numberIn(line, 'recency', `a recency from 0 to T (${T})`, (value) => value >= 0 && value <= T);
  if (x === 0 && tx > 0) throw new UsageError(`${line.where}: expected a recency of 0 for whoever never came back (frequency 0), found ${tx}.`);
  const customer = line.cell('customer');
  return {
    ...(customer !== undefined && { customer }),
    ...{ x, tx, T },
    ...(line.cell('litt') !== undefined && { logGaps: numberIn(line, 'litt', 'a sum of logarithms') }),
    ...(line.cell('monetaryValue') !== undefined && { monetaryValue: numberIn(line, 'monetaryValue', 'an amount') }),
  };
}

const EVENTS = {
  customer: CUSTOMER,
  date: ['date', 'day', 'datetime', 'timestamp'],
  amount: ['amount', 'sales', 'spent', 'price', 'value', 'monetary_value'],
} as const;
const UNIT_DAYS = { day: 1, week: 7 };

/** @throws UsageError */
export function readEvents(file: string, unit: keyof typeof UNIT_DAYS, end: string | undefined): Customers {
  const purchases = readTable(file, EVENTS, ['customer', 'date']).map(readPurchase);
  if (purchases.length === 0) throw new UsageError(`${file}: expected a line for each purchase, found none.`);
  const last = end === undefined ? purchases.reduce((latest, { day }) => Math.max(latest, day), -Infinity) : dayOf(end);
  const customers = historiesOf(purchases, last, UNIT_DAYS[unit]);
  if (customers.length === 0) throw new UsageError(`${file}: expected purchases up to ${dateOf(last)}, found none.`);
  const regularity = regularityOf(customers.map(({ moments }) => moments));
  return {
    rows: customers.map(({ customer, x, tx, T, logGaps, meanAmount }) => ({
      ...{ customer, x, tx, T },
      ...(logGaps !== undefined && { logGaps }),
      ...(meanAmount !== undefined && { monetaryValue: meanAmount }),
    })),
    ...(regularity !== undefined && { regularity }),
    end: dateOf(last),
  };
}

function readPurchase(line: Line): Purchase {
  const customer = line.cell('customer');
  if (customer === undefined) throw new UsageError(`${line.where}: expected a customer, found nothing.`);
  const text = line.cell('date') ?? '';
  const [, year, month, day] = /^(\d{4})-?(\d{2})-?(\d{2})(?:$|[T ])/.exec(text) ?? [];
  const date = `${year ?? ''}-${month ?? ''}-${day ?? ''}`;
  const number = year === undefined ? NaN : dayOf(date);
  if (Number.isNaN(number) || dateOf(number) !== date) throw new UsageError(`${line.where}: expected a date such as 2026-06-30, found ${text || 'nothing'}.`);
  return { customer, day: number, ...(line.cell('amount') !== undefined && { amount: numberIn(line, 'amount', 'an amount') }) };
}
