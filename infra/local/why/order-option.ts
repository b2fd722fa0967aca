/** Which order, of which run: what the commands that explain one are told. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { UsageError } from '../options.ts';

export interface OrderOption {
  readonly order: string;
  /** The folder of its run. */
  readonly data: string;
}

/** @throws UsageError with what the command expects */
export function readOrderOption(command: string, purpose: string, args: string[]): OrderOption {
  const usage = `npm run ${command} -- --order ID [--data DIR]
  --order ID   the order to ${purpose}
  --data DIR   the folder of its run (default .nachschub)`;
  try {
    const { order, data } = parseArgs({ args, options: { order: { type: 'string' }, data: { type: 'string', default: '.nachschub' } } }).values;
    if (order === undefined) throw new UsageError(`Which order? Name it with --order.\n\n${usage}`);
    return { order, data: path.resolve(data) };
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(`${error instanceof Error ? error.message : 'the options were not understood'}\n\n${usage}`);
  }
}
