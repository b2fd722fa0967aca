/** `npm run backtest -- --heat FILE`: what one house's heating uses in the coming fortnight, forecast day by day. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { UsageError } from '../options.ts';
import { heatDrawing } from './heat-svg.ts';
import { runHeat, type HeatReport } from './heat-run.ts';
import { readHeat, withWeather } from './heat-series.ts';
import { fileThatIsThere, parsedBy } from './options.ts';

export const heatUsage = `npm run backtest -- --heat FILE [options]
  --heat FILE              what a house used: date,heat_kwh as CSV, and outdoor_celsius where it was measured
  --weather FILE           what it was like outside, day by day: date,celsius; then with and without are both printed
  --json OUT               writes everything that is printed, and every single forecast, as JSON
  --svg DIR                draws what was forecast beside what came`;

export const asksForHeat = (args: readonly string[]): boolean => args.some((arg) => arg === '--heat' || arg.startsWith('--heat='));

const optionsSchema = z.strictObject({ heat: fileThatIsThere, weather: fileThatIsThere.optional(), json: z.string().optional(), svg: z.string().optional() });

/** @throws UsageError */
export function backtestHeat(args: readonly string[]): void {
  const { heat, weather, json, svg } = parsedBy(optionsSchema, args, heatUsage);
  const series = readHeat(heat);
  const report = runHeat(weather === undefined ? series : withWeather(series, weather));
  if (report.origins.length === 0) throw new UsageError(`${heat}: a year and ${report.daysAhead} days without a gap are needed to forecast anything.`);
  process.stdout.write(`${heatLines(report).join('\n')}\n`);
  if (json !== undefined) writeFileSync(json, `${JSON.stringify({ heat: path.basename(heat), ...report }, null, 2)}\n`);
  if (svg === undefined) return;
  mkdirSync(svg, { recursive: true });
  writeFileSync(path.join(svg, 'heat-course.svg'), heatDrawing(report));
}

const NAME = 30;
const FIGURE = 22;

export function heatLines({ daysAhead, days, from, to, rows, origins }: HeatReport): string[] {
  const figure = (value: number): string => `${value.toFixed(1)} %`;
  return [
    `${days} days of one house; what the coming ${daysAhead} days use together, forecast on ${origins.length} days from ${from} to ${to}, each from the days before it.`,
    'WAPE is the sum of all errors by the sum of all consumption; in brackets the middle 90 % over blocks of four weeks drawn anew.',
    '',
    ['method'.padEnd(NAME), ...['WAPE', 'bias', '80 % interval holds', 'temperature heard on'].map((name) => name.padStart(FIGURE))].join(''),
    ...rows.map(({ method, kind, wapePercent, low, high, biasPercent, coveredPercent, heardPercent }) =>
      [
        `${kind === 'ours' ? '* ' : '  '}${method}`.padEnd(NAME),
        `${figure(wapePercent)} (${low.toFixed(1)}–${high.toFixed(1)})`.padStart(FIGURE),
        figure(biasPercent).padStart(FIGURE),
        (coveredPercent === undefined ? '' : figure(coveredPercent)).padStart(FIGURE),
        (heardPercent === undefined ? '' : figure(heardPercent)).padStart(FIGURE),
      ].join(''),
    ),
    '',
    'Goal: at most 12 % without weather; the interval holds 78–82 %.',
  ];
}
