/** Runs one shop: `node --import tsx retailer-sim/main.ts <simulation.json> <retailerId>`. */
import { z } from 'zod';
import { openRetailer } from './retailer.ts';
import { BadSimulation, readSimulation } from './simulation.ts';

const lineMessage = z.object({ line: z.enum(['cut', 'restored']) });

async function main(): Promise<void> {
  const [, , path, retailerId] = process.argv;
  const retailer = await openRetailer(readSimulation(path, retailerId));
  let line: Promise<void> = Promise.resolve();
  process.on('message', (message) => {
    const parsed = lineMessage.safeParse(message);
    if (parsed.success) line = line.then(() => retailer.setLine(parsed.data.line));
  });
  // Everything that matters is on the disk already, so there is nothing to wait for.
  process.on('SIGTERM', () => process.exit(0));
  process.on('disconnect', () => process.exit(0));
  // The terminal sends this to the whole group; whoever started the shop decides when it closes.
  if (process.channel !== undefined) process.on('SIGINT', () => undefined);
}

function stop(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(error instanceof BadSimulation ? 2 : 1);
}

// A ledger that cannot be written, say because the disk is full: nothing may be done that it does not hold.
process.on('uncaughtException', stop);
main().catch(stop);
