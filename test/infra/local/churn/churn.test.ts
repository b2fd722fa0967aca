import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { randomFrom } from '../../../../infra/local/backtest/random.ts';
import { readOptions } from '../../../../infra/local/churn/options.ts';
import { readEvents, readSummary } from '../../../../infra/local/churn/read-customers.ts';
import { resultOf } from '../../../../infra/local/churn/result.ts';
import { dateOf } from '../../../../infra/local/backtest/read-purchases.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'churn-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
let files = 0;
function fileOf(text: string | Buffer, ending = 'csv'): string {
  const file = path.join(folder, `${(files += 1)}.${ending}`);
  writeFileSync(file, text);
  return file;
}

describe('a summary', () => {
  const rows = [
    { customer: 'a', x: 2, tx: 30.43, T: 38.86, monetaryValue: 22.5 },
    { customer: 'b', x: 0, tx: 0, T: 38.86, monetaryValue: 0 },
  ];
  it.each([
    ['as it is asked for', 'customer_id,frequency,recency,T,monetary_value\na,2,30.43,38.86,22.5\nb,0,0,38.86,0\n'],
    ['from pandas, with a number before each row', ',customer_id,frequency,recency,T,monetary_value\r\n0,a,2.0,30.43,38.86,22.5\r\n1,b,0.0,0.0,38.86,0.0\r\n'],
    ['from R, with quotes, other names and more columns', '"cust","x","t.x","T.cal","sales","m.x"\n"a",2,30.43,38.86,70,22.5\n"b",0,0,38.86,10,0\n'],
    ['from R, with numbers of rows that have no name', '"cust","x","t.x","T","m.x"\n"1","a",2,30.43,38.86,22.5\n"2","b",0,0,38.86,0\n'],
  ])('is read %s', (_, text) => {
    expect(readSummary(fileOf(text)).rows).toEqual(rows);
    expect(readSummary(fileOf(gzipSync(text), 'csv.gz')).rows).toEqual(rows);
  });

  it.each([
    ['x,t.x\n1,2\n', 'line 1: expected a column named t or t.cal or t_cal or tcal, found x,t.x.'],
    ['', 'line 1: expected a column named frequency or x; and one named recency'],
    ['x,t.x,T\n1,2,3\n1.5,2,3\n', 'line 3: expected a whole number of purchases after the first, 0 to 100000, found 1.5.'],
    ['x,t.x,T\n1,4,3\n', 'line 2: expected a recency from 0 to T (3), found 4.'],
    ['x,t.x,T\n0,1,3\n', 'line 2: expected a recency of 0 for whoever never came back (frequency 0), found 1.'],
    ['x,t.x,T\n1,2\n', 'line 2: expected 3 fields, found 2 in 1,2.'],
    ['x,t.x,T\n1,2,soon\n', 'line 2: expected a time T of 0 or more, found soon.'],
    ['x,t.x,T\n', 'expected a line for each customer, found none.'],
  ])('that is wrong is refused with what was expected and what came: %j', (text, sentence) => {
    expect(() => readSummary(fileOf(text))).toThrow(sentence);
  });
});

describe('events', () => {
  it('become a summary', () => {
    const file = fileOf('customer,date,amount\nb,2026-01-08,10\na,20260101,5\na,2026-01-15 09:30:00,7\na,2026-01-15,3\na,2026-03-01,1\n');
    const { rows, end } = readEvents(file, 'week', '2026-01-22');
    expect(end).toBe('2026-01-22');
    expect(rows).toEqual([
      { customer: 'b', x: 0, tx: 0, T: 2, logGaps: 0 },
      { customer: 'a', x: 1, tx: 2, T: 3, logGaps: Math.log(2), monetaryValue: 10 },
    ]);
    expect(readEvents(file, 'day', undefined).end).toBe('2026-03-01');
  });

  it.each([
    ['customer,date\na,2026-02-30\n', 'line 2: expected a date such as 2026-06-30, found 2026-02-30.'],
    ['customer,date\n,2026-02-03\n', 'line 2: expected a customer, found nothing.'],
    ['customer,date,amount\na,2026-02-03,much\n', 'line 2: expected an amount, found much.'],
  ])('that are wrong are refused: %j', (text, sentence) => {
    expect(() => readEvents(fileOf(text), 'week', undefined)).toThrow(sentence);
  });
});

describe('what comes out', () => {
  const random = randomFrom('command');
  const lines = Array.from({ length: 400 }, (_, customer) => {
    let day = 20_000 + Math.floor(random() * 60);
    const [gap, leaves] = [6 + random() * 30, random() ** 4];
    const days = [day];
    while (random() > leaves && day < 20_400) days.push((day += Math.max(1, Math.round(gap * (0.7 + 0.6 * random())))));
    return days.filter((one) => one <= 20_400).map((one) => `c${customer},${dateOf(one)},${(10 + 30 * random()).toFixed(2)}`);
  }).flat();
  const events = fileOf(`customer,date,amount\n${lines.join('\n')}\n`);

  it('is everything that was asked for, the best model first', () => {
    const customers = readEvents(events, 'week', undefined);
    const result = resultOf(customers, { horizon: 26 });
    expect(customers.regularity).toBeGreaterThan(5);
    expect([result.model, result.converged, result.compared.map(({ model }) => model).sort()]).toEqual(['cnbdk', true, ['bgnbd', 'cnbdk', 'mbgnbd']]);
    expect(result.k).toBeGreaterThan(5);
    expect(result.rows).toHaveLength(400);
    expect(result.expectedPurchases).toBeCloseTo(
      result.rows.reduce((sum, row) => sum + row.expectedPurchases, 0),
      9,
    );
    for (const row of result.rows) {
      expect(row.probabilityAlive).toBeGreaterThanOrEqual(0);
      expect(row.probabilityAlive).toBeLessThanOrEqual(1);
      expect(row.expectedValue).toBeCloseTo((row.expectedSpend ?? NaN) * row.expectedPurchases, 9);
    }
    expect(result.spend?.expectedSpendOfNew).toBeGreaterThan(20);
    expect(result.spend?.expectedSpendOfNew).toBeLessThan(30);
  });

  it('is of the model that was named, with the k that was named', () => {
    const customers = readEvents(events, 'week', undefined);
    expect(resultOf(customers, { horizon: 26, model: 'bgnbd' })).toMatchObject({ model: 'bgnbd', k: 1, compared: [{ model: 'bgnbd' }] });
    const even = resultOf(customers, { horizon: 26, model: 'cnbdk', k: 2 });
    expect([even.k, even.rows[0]?.expectedPurchasesApproximated === undefined]).toEqual([2, false]);
  });
});

it('refuses options that nobody can follow', () => {
  const file = fileOf('x,t.x,T\n');
  expect(() => readOptions(['--summary', file, '--model', 'pareto'])).toThrow('--model: expected bgnbd, mbgnbd, cnbdk');
  expect(() => readOptions(['--summary', file, '--k', '13'])).toThrow('--k');
  expect(() => readOptions(['--summary', '/nowhere.csv'])).toThrow('--summary: there is no file /nowhere.csv');
  expect(() => readOptions(['--summary', file, '--horizon', '0'])).toThrow('--horizon: expected more than 0');
});
