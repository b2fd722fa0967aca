import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readOptions } from '../../../../infra/local/backtest/options.ts';
import { dateOf, dayOf, pairsKnownAt, readPurchases } from '../../../../infra/local/backtest/read-purchases.ts';

const HEADER = 'customer_id,date,basket_seq,item_id';
const fileOf = (lines: readonly string[], name = 'purchases.csv'): string => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'backtest-')), name);
  const text = lines.join('\n');
  writeFileSync(file, name.endsWith('.gz') ? gzipSync(text) : text);
  return file;
};

test.each(['purchases.csv', 'purchases.csv.gz'])('reads %s: one need for each basket of a day, three at most', (name) => {
  const file = fileOf([HEADER, '7,2012-01-02,0,milk', '7,2012-01-01,0,milk', '7,2012-01-02,1,milk', '7,2012-01-02,2,milk', '7,2012-01-02,3,milk', ''], name);
  const { pairs, firstDay, lastDay } = readPurchases(file);
  const first = dayOf('2012-01-01');
  const needs = [
    { day: first, count: 1 },
    { day: first + 1, count: 3 },
  ];
  expect({ pairs, firstDay, lastDay }).toEqual({ pairs: [{ customer: '7', item: 'milk', needs }], firstDay: first, lastDay: first + 1 });
  expect(dateOf(first)).toBe('2012-01-01');
});

test.each([
  [['customer,date'], /line 1: expected the header customer_id,date,basket_seq,item_id, found customer,date/],
  [[HEADER, '7,2012-01-02,0,milk', '7,2012-02-30,0,milk'], /line 3: expected a date such as 2012-08-01, found 2012-02-30/],
  [[HEADER, '7,2012-01-02,0'], /line 2: expected 4 fields .* found 3 in 7,2012-01-02,0/],
  [[HEADER, '7,2012-01-02,first,milk'], /line 2: expected the basket's number, found first/],
  [[HEADER, ',2012-01-02,0,milk'], /line 2: expected a customer and an item/],
  [[HEADER], /expected purchases, found none/],
])('refuses %j and says where', (lines, message) => {
  expect(() => readPurchases(fileOf(lines))).toThrow(message);
});

test('a file that only says that it is gzipped is refused', () => {
  const file = fileOf([HEADER], 'plain.csv');
  const posing = file.replace('plain.csv', 'posing.csv.gz');
  writeFileSync(posing, HEADER);
  expect(() => readPurchases(posing)).toThrow(/expected a gzipped file/);
});

test('an item is known with ten purchases before the split, one of them in the last 120 days', () => {
  const bought = (item: string, days: readonly number[]) => ({ customer: '7', item, needs: days.map((day) => ({ day, count: 1 })) });
  const weekly = (last: number, count: number) => Array.from({ length: count }, (_, index) => last - 7 * (count - 1 - index));
  const pairs = [
    bought('known', weekly(900, 10)),
    bought('rare', weekly(900, 9)),
    bought('dropped', weekly(879, 30)),
    bought('new', [...weekly(900, 9), 1_001]),
  ];
  expect(pairsKnownAt(pairs, 1_000).map(({ item }) => item)).toEqual(['known']);
});

test('options are read, and a mistake is told with what was expected', () => {
  const file = fileOf([HEADER]);
  const options = readOptions(['--purchases', file, '--lead-time-days', '1-5', '--approval-hours', '0-48']);
  expect(options).toMatchObject({ 'lead-time-days': { least: 1, most: 5 }, 'approval-hours': { least: 0, most: 48 }, split: '2012-08-01', customers: 'all' });
  expect(() => readOptions([])).toThrow(/--purchases/);
  expect(() => readOptions(['--purchases', '/nowhere/a.csv'])).toThrow('there is no file /nowhere/a.csv');
  expect(() => readOptions(['--purchases', file, '--lead-time-days', '5-1'])).toThrow(/the smaller number first/);
  expect(() => readOptions(['--purchases', file, '--split', 'August'])).toThrow(/expected a date such as 2012-08-01/);
});
