/** `npm run why -- --order ID [--data DIR]`: why an order was made, and whether the same decision comes out again. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { UsageError } from '../options.ts';
import { findOrder } from './find-order.ts';
import { readItems } from './read-items.ts';
import { explain } from './words.ts';

const usage = `npm run why -- --order ID [--data DIR]
  --order ID   the order to explain
  --data DIR   the folder of its run (default .nachschub)`;

function readOptions(args: string[]): { order: string; data: string } {
  try {
    const { order, data } = parseArgs({ args, options: { order: { type: 'string' }, data: { type: 'string', default: '.nachschub' } } }).values;
    if (order === undefined) throw new UsageError(`Which order? Name it with --order.\n\n${usage}`);
    return { order, data: path.resolve(data) };
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(`${error instanceof Error ? error.message : 'the options were not understood'}\n\n${usage}`);
  }
}

try {
  const { order, data } = readOptions(process.argv.slice(2));
  const { lines, isRecomputed } = explain(findOrder(await readItems(data), order));
  process.stdout.write(`${lines.join('\n')}\n`);
  process.exitCode = isRecomputed ? 0 : 1;
} catch (error) {
  const sentence = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${sentence}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
