import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { heatLines } from '../../../../infra/local/backtest/heat.ts';
import { runHeat, type HeatReport } from '../../../../infra/local/backtest/heat-run.ts';
import { readHeat, withWeather } from '../../../../infra/local/backtest/heat-series.ts';
import { heatDrawing } from '../../../../infra/local/backtest/heat-svg.ts';
import { UsageError } from '../../../../infra/local/options.ts';
import { day, litresOf, ORDINARY, weatherOf } from '../../../shared/supply/heat/heat-house.ts';

const DAYS = 500;
const SEED = 71;
const folder = mkdtempSync(path.join(tmpdir(), 'heat-'));
const fileOf = (name: string, lines: readonly string[]): string => {
  const file = path.join(folder, name);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
};
const litres = litresOf(ORDINARY, SEED, DAYS);
const plain = litres.map((used, index) => `${day(index).slice(0, 10)},${(used * 10).toFixed(3)}`);
const celsius = weatherOf(SEED, DAYS);
const report = runHeat(readHeat(fileOf('plain.csv', ['date,heat_kwh', ...plain])));
const wape = ({ rows }: HeatReport, name: string): number => rows.find(({ method }) => method === name)?.wapePercent ?? NaN;

describe('the backtest of heating', () => {
  test('forecasts every day after the first year as long as a fortnight is left, and what came is what the file says', () => {
    expect(report.origins).toHaveLength(DAYS - 365 - 13);
    const first = litres.slice(365, 379).reduce((sum, used) => sum + Number((used * 10).toFixed(3)), 0);
    expect(report.origins[0]?.actual).toBeCloseTo(first, 6);
    expect(report.origins[0]?.said['same days last year']?.mean).toBeCloseTo(
      litres.slice(0, 14).reduce((sum, used) => sum + used * 10, 0),
      1,
    );
  });

  test('ours is nearer than every baseline', () => {
    for (const name of ['fixed annual rate', 'last days as many', 'same days last year', 'mean of these two']) {
      expect(wape(report, 'ours'), `${name}, seed ${SEED}`).toBeLessThan(wape(report, name));
    }
  });

  test('knows nothing of the days ahead: another future changes no forecast of before', () => {
    const other = [...plain.slice(0, 400), ...plain.slice(400).map((line) => `${line.slice(0, 10)},1`)];
    const changed = runHeat(readHeat(fileOf('other.csv', ['date,heat_kwh', ...other])));
    const until = (all: HeatReport) => all.origins.filter(({ date }) => date <= day(400).slice(0, 10)).map(({ said }) => said);
    expect(until(changed)).toEqual(until(report));
  });

  const warm = (values: readonly number[]) => plain.map((line, index) => `${line},${(values[index] ?? 0).toFixed(1)}`);
  const names = ['thermometer always heard', 'thermometer if it helps', 'week foretold, always heard', 'week foretold, if it helps'];

  test('shows a heating with and without the temperature where the file has one, and only there', () => {
    const both = runHeat(readHeat(fileOf('weather.csv', ['date,heat_kwh,outdoor_celsius', ...warm(celsius)])));
    expect(both.rows.map(({ method }) => method)).toEqual([...report.rows.map(({ method }) => method), ...names]);
    expect(wape(both, 'ours')).toBeCloseTo(wape(report, 'ours'), 9);
    expect(wape(both, 'week foretold, always heard'), `seed ${SEED}`).toBeLessThan(0.9 * wape(both, 'ours'));
    expect(wape(both, 'week foretold, if it helps'), `seed ${SEED}`).toBeLessThan(0.9 * wape(both, 'ours'));
    expect(both.rows.find(({ method }) => method === 'week foretold, if it helps')?.heardPercent).toBeGreaterThan(90);
  });

  test('does not listen to the weather of somewhere else, given in a file of its own', () => {
    const elsewhere = weatherOf(SEED + 900, DAYS).map((value, index) => `${day(index).slice(0, 10)},${value.toFixed(1)}`);
    const series = readHeat(fileOf('plain2.csv', ['date,heat_kwh', ...plain]));
    const told = runHeat(withWeather(series, fileOf('elsewhere.csv', ['date,celsius', ...elsewhere])));
    expect(wape(told, 'week foretold, always heard'), `seed ${SEED}`).toBeGreaterThan(wape(told, 'ours'));
    expect(wape(told, 'week foretold, if it helps')).toBeCloseTo(wape(told, 'ours'), 9);
    expect(heatLines(told).join('\n')).toMatch(/\* week foretold, if it helps .* 0\.0 %/);
  });

  test('a file of temperatures that is not one is named with its line', () => {
    const series = readHeat(fileOf('plain3.csv', ['date,heat_kwh', ...plain]));
    expect(() => withWeather(series, fileOf('w1.csv', ['day,celsius']))).toThrow(/line 1: expected the header date,celsius/);
    expect(() => withWeather(series, fileOf('w2.csv', ['date,celsius', '2018-01-01,99']))).toThrow(/line 2: expected degrees .* found 99/);
    expect(() => withWeather(series, fileOf('w3.csv', ['date,celsius', '1999-01-01,9']))).toThrow(/none of its days/);
  });

  test('a gap in the file is forecast by none and survived by all', () => {
    const gap = plain.filter((_, index) => index < 420 || index >= 425);
    const torn = runHeat(readHeat(fileOf('gap.csv', ['date,heat_kwh', ...gap])));
    expect(torn.origins.some(({ date }) => date >= day(407).slice(0, 10) && date < day(425).slice(0, 10))).toBe(false);
    expect(wape(torn, 'ours')).toBeLessThan(1.5 * wape(report, 'ours'));
  });

  test('is printed as a table and drawn', () => {
    expect(heatLines(report).join('\n')).toMatch(/\* ours +\d+\.\d % \(/);
    expect(heatDrawing(report)).toMatch(/^<svg [^>]+>[\s\S]+<polygon [\s\S]+<\/svg>\n$/);
  });

  test.each([
    ['header', ['day,kwh', ...plain], /line 1: expected the header date,heat_kwh/],
    ['date', ['date,heat_kwh', '2018-02-30,5'], /line 2: expected a date .* found 2018-02-30/],
    ['amount', ['date,heat_kwh', '2018-02-01,-5'], /line 2: expected kilowatt-hours .* found -5/],
    ['temperature', ['date,heat_kwh,outdoor_celsius', '2018-02-01,5,99'], /line 2: expected degrees .* found 99/],
    ['days', ['date,heat_kwh'], /expected days, found none/],
  ])('a wrong %s is named with its line', (name, lines, message) => {
    const file = fileOf(`${name}.csv`, lines);
    expect(() => readHeat(file)).toThrow(UsageError);
    expect(() => readHeat(file)).toThrow(message);
  });
});
