/** A household's own year of receipts, generated with truths that can be reckoned by hand. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { sentencesOf, tableOf } from '../../../../infra/local/backtest/receipts/in-words.ts';
import { pageOf } from '../../../../infra/local/backtest/receipts/page.ts';
import { readReceipts, type Receipt } from '../../../../infra/local/backtest/receipts/read-receipts.ts';
import { replay } from '../../../../infra/local/backtest/receipts/replay.ts';
import { languageOfEnvironment } from '../../../../infra/local/backtest/receipts/words.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'nachschub-receipts-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function fileOf(...lines: string[]): string {
  const file = path.join(folder, 'receipts.csv');
  writeFileSync(file, lines.join('\n'));
  return file;
}

const TERMS = { delays: { leadTimeDays: { least: 2, most: 2 }, approvalHours: { least: 0, most: 0 } }, serviceLevel: 0.99, deliveryFeeMinor: 390 };
const START = 20_000;
/** Bought every so many days for a year. */
const everyDays = (item: string, days: number, priceMinor: number): Receipt[] =>
  Array.from({ length: Math.floor(364 / days) + 1 }, (_, index) => ({ day: START + index * days, item, quantity: 1, priceMinor }));

describe('reading receipts', () => {
  test('takes days in any order, quoted names and prices in euros', () => {
    expect(readReceipts(fileOf('date,item,quantity,price', '2026-03-15,"Milk, fresh",2,2.58', '2026-03-14,Eggs,1,3'))).toEqual([
      { day: 20_526, item: 'Eggs', quantity: 1, priceMinor: 300 },
      { day: 20_527, item: 'Milk, fresh', quantity: 2, priceMinor: 258 },
    ]);
  });
  test.each([
    ['date;item', 'line 1: expected the header date,item,quantity,price, found date;item'],
    ['date,item,quantity,price', 'expected receipts, found none'],
    ['date,item,quantity,price\n2026-02-30,Milk,1,1', 'line 2: expected a date such as 2026-03-14, found 2026-02-30'],
    ['date,item,quantity,price\n2026-03-14,Milk,0.4,1', 'line 2: expected how many packs, 1 to 99, found 0.4'],
    ['date,item,quantity,price\n\n2026-03-14,Milk,1,1,29', 'line 3: expected 4 fields (date,item,quantity,price), found 5'],
    ['date,item,quantity,price\n2026-03-14,Milk,1,free', 'line 2: expected what was paid for the line, such as 2.49, found free'],
  ])('says what is wrong with %j', (text, sentence) => {
    expect(() => readReceipts(fileOf(text))).toThrow(sentence);
  });
});

describe('what would have happened', () => {
  test('with what is bought like clockwork is that it was always there', () => {
    const { items, errands, errandsSaved } = replay(everyDays('Milk', 7, 129), TERMS);
    const [milk] = items;
    // 53 purchases, of which four only teach.
    expect(milk).toMatchObject({ item: 'Milk', fromDay: START + 3 * 7 + 1, needs: 49, missed: 0, packMinor: 129 });
    expect([errands, errandsSaved]).toEqual([49, 49]);
    expect(milk?.held).toBeLessThan(2);
  });
  test('is not known of what was bought three times', () => {
    const rare = everyDays('Saffron', 120, 900).slice(0, 3);
    const { items, unknown } = replay([...rare, ...everyDays('Milk', 7, 129)], TERMS);
    expect(items.map(({ item }) => item)).toEqual(['Milk']);
    expect(unknown).toEqual(['Saffron']);
  });
  test('counts what comes on one day as one delivery, and values what stands there', () => {
    const both = replay([...everyDays('Milk', 7, 200), ...everyDays('Bread', 7, 200)], TERMS);
    const [milk, bread] = both.items;
    expect(both.orders).toBe((milk?.orders ?? 0) + (bread?.orders ?? 0));
    // They go alike, so that each order of one comes with one of the other.
    expect(both.deliveries).toBe(both.orders / 2);
    expect(both.feesSavedMinor).toBe(both.deliveries * 390);
    expect(both.standingMinor.most % 200).toBe(0);
    expect(both.standingMinor.mean).toBeGreaterThan(0);
  });
  test('an item that nobody buys any more stops, and what is left of it is said', () => {
    const dropped = everyDays('Baby food', 5, 100).filter(({ day }) => day < START + 100);
    const { items, leftMinor } = replay([...dropped, ...everyDays('Milk', 7, 129)], TERMS);
    const baby = items.find(({ item }) => item === 'Baby food');
    expect(baby?.left).toBeLessThanOrEqual(3);
    expect(leftMinor).toBeGreaterThanOrEqual((baby?.left ?? 0) * 100);
  });
});

describe('is told', () => {
  const replayed = replay(everyDays('<b>Milk</b>', 7, 129), TERMS);
  test('in sentences and a table of the reader’s language', () => {
    expect(sentencesOf(replayed, 'en')[2]).toBe(
      'Run-outs avoided: 49 packs of 49 would have been at home when they were needed; 0 packs would have come too late.',
    );
    expect(sentencesOf(replayed, 'de')[2]).toBe(
      'Nicht ausgegangen: 49 Packungen von 49 wären da gewesen, als man sie brauchte; 0 Packungen wären zu spät gekommen.',
    );
    expect(sentencesOf(replayed, 'de')[0]).toMatch(/^Vom \d+\. \w+ \d{4} bis \d+\. \w+ \d{4}, aus deinen eigenen Kassenzetteln\.$/);
    expect(tableOf(replayed.items, 'de')).toHaveLength(2);
    expect(tableOf(replayed.items, 'de')[0]).toContain('zu spät');
  });
  test.each(['en', 'de'] as const)('as a page (%s) in which names are text, and which asks nobody else for anything', (language) => {
    const page = pageOf(replayed, language);
    expect(page).toContain(`<html lang="${language}">`);
    expect(page).toContain('&lt;b&gt;Milk&lt;/b&gt;');
    expect(page).not.toContain('<b>Milk');
    expect(page).not.toMatch(/<script|https?:|@import|url\(/);
    expect(page).toContain(language === 'de' ? '49 von 49 rechtzeitig' : '49 of 49 in time');
  });
  test.each([
    [{ LC_ALL: 'de_DE.UTF-8', LANG: 'en_US.UTF-8' }, 'de'],
    [{ LC_ALL: '', LC_MESSAGES: 'de', LANG: 'C' }, 'de'],
    [{ LANG: 'de_AT' }, 'de'],
    [{ LANG: 'den_CA' }, 'en'],
    [{ LC_ALL: 'C.UTF-8', LANG: 'de_DE' }, 'en'],
    [{}, 'en'],
  ])('in the language of the environment: %j', (environment, language) => {
    expect(languageOfEnvironment(environment)).toBe(language);
  });
});
