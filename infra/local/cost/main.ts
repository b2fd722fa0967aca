/** `npm run cost`: what the run in a data folder, or the one that still goes on there, would cost on AWS. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import path from 'node:path';
import { z } from 'zod';
import { runCommand } from '../commands/run-command.ts';
import { UsageError } from '../options.ts';
import { accountOf } from './account.ts';
import { readDeployment } from './fixed.ts';
import { monthly, prices } from './prices.ts';
import { printAccount } from './print.ts';
import { COUNTS_FILE, readTally } from './tally.ts';

const runSchema = z.object({ households: z.int().positive() });

await runCommand(() => {
  const { data, json, callMillis } = optionsOf(process.argv.slice(2));
  const inside = (...parts: string[]) => path.resolve(data, ...parts);
  if (!existsSync(inside(COUNTS_FILE)) || !existsSync(inside('run.json'))) {
    throw new UsageError(`No counted run is in ${inside()}. Make one with npm start -- --headless --days 14, or say with --data where it is.`);
  }
  const { households } = runSchema.parse(JSON.parse(readFileSync(inside('run.json'), 'utf8')));
  const account = accountOf({ counts: readTally(inside(COUNTS_FILE)), households, deployment: readDeployment(inside('assembly')), callMillis });
  process.stdout.write(printAccount(account));
  if (json !== undefined) writeFileSync(json, `${JSON.stringify({ ...account, prices: { ...prices, monthly } }, undefined, 2)}\n`);
  return Promise.resolve();
});

function optionsOf(args: string[]): { data: string; json?: string | undefined; callMillis?: number | undefined } {
  try {
    const options = { data: { type: 'string', default: '.nachschub' }, json: { type: 'string' }, 'call-millis': { type: 'string' } } as const;
    const { 'call-millis': millis, ...values } = parseArgs({ args, options }).values;
    return { ...values, callMillis: z.coerce.number().positive().optional().parse(millis) };
  } catch {
    throw new UsageError('npm run cost -- [--data DIR] [--json OUT] [--call-millis N]');
  }
}
