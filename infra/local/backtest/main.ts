/** `npm run backtest`: our decisions and those of others, over purchases that households really made. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runCommand } from '../commands/run-command.ts';
import { UsageError } from '../options.ts';
import { asksForHeat, backtestHeat } from './heat.ts';
import { readOptions } from './options.ts';
import { asksForReceipts, backtestReceipts } from './receipts/receipts.ts';
import { asksForRecommendation, backtestRecommendation } from './recommend.ts';
import { runAll } from './run.ts';
import { SCENARIOS } from './scenarios.ts';
import { calibrationDrawing, curveDrawing } from './svg.ts';
import { linesOf, reportOf } from './table.ts';

await runCommand(async () => {
  if (asksForHeat(process.argv.slice(2))) {
    backtestHeat(process.argv.slice(2));
    return;
  }
  if (asksForReceipts(process.argv.slice(2))) {
    backtestReceipts(process.argv.slice(2));
    return;
  }
  if (asksForRecommendation(process.argv.slice(2))) {
    backtestRecommendation(process.argv.slice(2));
    return;
  }
  const options = readOptions(process.argv.slice(2));
  const scenario = SCENARIOS[options.scenario];
  if (scenario === undefined) throw new UsageError(`--scenario: ${options.scenario} cannot be run yet.`);
  const began = Date.now();
  const results = await runAll(options, (done, of) => {
    const line = `${done} of ${of} households, ${Math.round((Date.now() - began) / 1_000)} s`;
    process.stderr.write(process.stderr.isTTY ? `\r${line}\u001b[K` : `${line}\n`);
  });
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  const report = reportOf(scenario, results);
  process.stdout.write(`${linesOf(scenario, report).join('\n')}\n`);
  if (options.json !== undefined) {
    const { json: _json, svg: _svg, purchases, ...rest } = options;
    writeFileSync(options.json, `${JSON.stringify({ options: { ...rest, purchases: path.basename(purchases) }, ...report }, null, 2)}\n`);
  }
  if (options.svg === undefined) return;
  mkdirSync(options.svg, { recursive: true });
  writeFileSync(path.join(options.svg, `${options.scenario}-curve.svg`), curveDrawing(scenario, report));
  if (report.calibration) writeFileSync(path.join(options.svg, `${options.scenario}-calibration.svg`), calibrationDrawing(report.calibration));
});
