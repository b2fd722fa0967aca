import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { randomFrom } from '../../../../infra/local/backtest/random.ts';
import { dateOf, dayOf, readPurchases, type Pair } from '../../../../infra/local/backtest/read-purchases.ts';
import { backtestRecommendation } from '../../../../infra/local/backtest/recommend.ts';
import { methods, runRecommend } from '../../../../infra/local/backtest/recommend-run.ts';
import { recommendReport } from '../../../../infra/local/backtest/recommend-table.ts';

const SEED = 9;
const FROM = dayOf('2025-01-06');
const SPLIT = FROM + 120;
const DAYS = 200;
const folder = mkdtempSync(path.join(tmpdir(), 'recommend-'));

/** Twelve households of forty products: each likes ten, changes five of these on day 100, and tries what has just come into fashion. */
function lines(): string[] {
  const random = randomFrom(SEED);
  return Array.from({ length: 12 }, (_, customer) => customer).flatMap((customer) => {
    const likes = (from: number) => Array.from({ length: 5 }, (_, index) => (customer * 3 + index * 7 + from) % 40);
    return Array.from({ length: DAYS }, (_, day) => day)
      .filter((day) => day % 3 === customer % 3)
      .flatMap((day) => {
        const liked = [...likes(0), ...likes(day < 100 ? 100 : 211)].filter(() => random() < 0.2);
        const fashion = random() < 0.25 ? [50 + Math.floor(day / 20)] : [];
        return [...new Set([...liked, ...fashion])].map((item) => `${customer},${dateOf(FROM + day)},0,${item}`);
      });
  });
}
const fileOf = (name: string, all: readonly string[]): string => {
  const file = path.join(folder, name);
  writeFileSync(file, `${['customer_id,date,basket_seq,item_id', ...all].join('\n')}\n`);
  return file;
};
const all = lines();
const pairs = readPurchases(fileOf('all.csv', all)).pairs;
const report = recommendReport(runRecommend(pairs, SPLIT));
const rowsOf = (of: string) => report.classes.find((one) => one.of === of)?.rows ?? [];
const rate = (of: string, method: string): number => rowsOf(of).find((row) => row.method === method)?.hitRate.value ?? NaN;

describe('the backtest of recommendations', () => {
  test('finds more than popularity, among all and in the own household, for what is known and for what is new', () => {
    for (const method of methods.filter((one) => one !== 'ours')) {
      expect(rate('all', 'ours'), `${method}, seed ${SEED}`).toBeGreaterThanOrEqual(rate('all', method));
      expect(rate('again', 'ours'), `${method}, seed ${SEED}`).toBeGreaterThanOrEqual(rate('again', method));
    }
    expect(rate('again', 'ours')).toBeGreaterThan(rate('again', 'popularity') + 0.1);
    expect(rate('new', 'ours')).toBeGreaterThan(rate('new', 'popularity') + 0.1);
    for (const { rows } of report.classes)
      for (const { hitRate } of rows) expect([hitRate.low <= hitRate.value, hitRate.value <= hitRate.high]).toEqual([true, true]);
  });

  test('knows nothing of the days ahead: baskets of before are foretold alike, whatever comes after', () => {
    const until = (of: readonly Pair[], day: number): Pair[] =>
      of.map((pair) => ({ ...pair, needs: pair.needs.filter((need) => need.day < day) })).filter(({ needs }) => needs.length > 0);
    const half = SPLIT + 40;
    const early = runRecommend(until(pairs, half), SPLIT);
    const changed = pairs.map((pair) => ({
      ...pair,
      needs: [...pair.needs.filter(({ day }) => day < half), ...(pair.item === '3' ? [{ day: half, count: 1 }] : [])],
    }));
    const late = runRecommend(changed, SPLIT);
    // What is counted beside is the one basket of the last day.
    for (const { customer, scores } of early) {
      const other = late.find((one) => one.customer === customer)?.scores.all.ours;
      expect((other?.baskets ?? 0) - scores.all.ours.baskets).toBeLessThanOrEqual(1);
      expect((other?.found ?? 0) - scores.all.ours.found).toBeLessThanOrEqual(1);
      expect(other?.found).toBeGreaterThanOrEqual(scores.all.ours.found);
    }
  });

  test('counts each product of a basket in its class', () => {
    const [whole, again, unseen] = report.classes;
    expect(whole?.products).toBe((again?.products ?? 0) + (unseen?.products ?? 0));
    const tested = new Set(
      all
        .map((line) => line.split(','))
        .filter(([, date = '']) => dayOf(date) >= SPLIT)
        .map(([customer = '', date = '']) => `${customer} ${date}`),
    );
    expect(whole?.baskets).toBe(tested.size);
  });

  test('writes what it prints, and says what it cannot use', () => {
    const out = path.join(folder, 'out.json');
    backtestRecommendation(['--recommend', '--purchases', fileOf('all.csv', all), '--split', dateOf(SPLIT), '--json', out]);
    expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({
      options: { purchases: 'all.csv', split: dateOf(SPLIT) },
      households: 12,
      classes: [{ of: 'all' }, { of: 'again' }, { of: 'new' }],
    });
    expect(() => backtestRecommendation(['--recommend', '--purchases', fileOf('few.csv', all.slice(0, 4)), '--split', '2026-01-01'])).toThrow(/ten days/);
    expect(() => backtestRecommendation(['--recommend'])).toThrow(/--purchases is missing/);
  });
});
