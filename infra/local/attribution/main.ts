/** `npm run attribution`: which channels earned the conversions, by seven models. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { attribute } from '../../../shared/journey/attribution/attribution.ts';
import { runCommand } from '../commands/run-command.ts';
import { comparisonOf } from './comparison.ts';
import { readOptions } from './options.ts';
import { readPaths } from './read-paths.ts';
import { comparisonDrawing } from './svg.ts';
import { linesOf, linesOfComparison } from './table.ts';

await runCommand(() => {
  const options = readOptions(process.argv.slice(2));
  const { model, order, withNulls, 'half-life': halfLife, json, svg } = options;
  const paths = readPaths(options.paths);
  const write = (result: unknown, lines: readonly string[]): void => {
    if (json !== undefined) writeFileSync(json, `${JSON.stringify(result, null, 2)}\n`);
    process.stdout.write(`${lines.join('\n')}\n`);
  };
  if (model !== undefined) {
    const result = attribute(paths, { model, ...(order !== undefined && { order }), withNulls, halfLife });
    write(result, linesOf(result));
    return Promise.resolve();
  }
  const comparison = comparisonOf(paths, options);
  write(comparison, linesOfComparison(comparison));
  if (svg !== undefined) {
    mkdirSync(svg, { recursive: true });
    writeFileSync(path.join(svg, 'attribution.svg'), comparisonDrawing(comparison));
  }
  return Promise.resolve();
});
