/** `npm run why -- --order ID [--data DIR]`: why an order was made, and whether the same decision comes out again. */
import { runCommand } from '../commands/run-command.ts';
import { findOrder } from './find-order.ts';
import { readOrderOption } from './order-option.ts';
import { readItems } from './read-items.ts';
import { explain } from './words.ts';

await runCommand(async () => {
  const { order, data } = readOrderOption('why', 'explain', process.argv.slice(2));
  const { lines, isRecomputed } = explain(findOrder(await readItems(data), order));
  process.stdout.write(`${lines.join('\n')}\n`);
  process.exitCode = isRecomputed ? 0 : 1;
});
