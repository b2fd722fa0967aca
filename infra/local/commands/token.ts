/** `npm run token -- --member EMAIL`: prints an access token of the running local cloud, and nothing else, so that a script can use it. */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { Call } from '../cloud/control.ts';
import { UsageError } from '../options.ts';
import { runCommand } from './run-command.ts';
import { findRunningCloud } from './running-cloud.ts';

const usage = `npm run token -- --member EMAIL | --staff EMAIL | --operator | --collector | --retailer ID  [--data DIR]
  --member EMAIL   of somebody who lives in a household
  --staff EMAIL    of somebody who looks after households, such as weber@nachschub.example
  --operator       may set households, devices and shops up
  --collector      may send touchpoints
  --retailer ID    the machine of a shop, such as rt_frischhof
  --data DIR       of the running local cloud (default .nachschub)`;

function readOptions(args: string[]): { call: Call; data: string } {
  const { member, staff, operator, collector, retailer, data } = parse(args);
  const calls: Call[] = [
    ...(member === undefined ? [] : [{ call: 'memberToken' as const, email: member }]),
    ...(staff === undefined ? [] : [{ call: 'staffToken' as const, email: staff }]),
    ...(operator === true ? [{ call: 'operatorToken' as const }] : []),
    ...(collector === true ? [{ call: 'collectorToken' as const }] : []),
    ...(retailer === undefined ? [] : [{ call: 'retailerToken' as const, retailerId: retailer }]),
  ];
  const [call, ...others] = calls;
  if (call === undefined || others.length > 0) throw new UsageError(`Whose token? Name one.\n\n${usage}`);
  return { call, data };
}

function parse(args: string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const options = { member: text, staff: text, operator: flag, collector: flag, retailer: text, data: { type: 'string', default: '.nachschub' } } as const;
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : 'the options were not understood'}\n\n${usage}`);
  }
}

await runCommand(async () => {
  const { call, data } = readOptions(process.argv.slice(2));
  process.stdout.write(`${z.string().parse(await findRunningCloud(data).ask(call))}\n`);
});
