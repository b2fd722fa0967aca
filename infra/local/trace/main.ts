/** `npm run trace -- --order ID [--data DIR]`: the whole way of an order, from the readings that made its needs to the shelf. */
import { runCommand } from '../commands/run-command.ts';
import { readOrderOption } from '../why/order-option.ts';
import { gather } from './gather.ts';
import { printed } from './print.ts';
import { stepsOf } from './steps.ts';

await runCommand(async () => {
  const { order, data } = readOrderOption('trace', 'follow', process.argv.slice(2));
  const gathered = await gather(data, order);
  process.stdout.write(`${printed(gathered.stored.order, stepsOf(gathered)).join('\n')}\n`);
});
