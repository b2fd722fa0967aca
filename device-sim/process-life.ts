/** How a simulator's process begins and ends: one clear sentence if its description is wrong, a clean exit when it is told to stop. */
import { fstatSync } from 'node:fs';
import { readSimulation, WrongSimulation, type Simulation } from './simulation.ts';

const CLEAN_EXIT_LIMIT_MILLIS = 3_000;
const EXIT_WRONG_INPUT = 2;

/** @param start begins the work and answers how to stop it */
export async function runSimulator(start: (simulation: Simulation) => Promise<() => Promise<void>>): Promise<void> {
  try {
    const stop = await start(await readSimulation(process.argv[2]));
    whenToldToStop(() => {
      setTimeout(() => process.exit(0), CLEAN_EXIT_LIMIT_MILLIS).unref();
      stop().then(() => process.exit(0), endWithBug);
    });
  } catch (error) {
    if (!(error instanceof WrongSimulation)) endWithBug(error);
    process.stderr.write(`${error.message}\n`);
    process.exit(EXIT_WRONG_INPUT);
  }
}

/** Better dead and restarted from the ledger than alive with a memory that the disk does not share. */
export function endWithBug(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
}

function whenToldToStop(stop: () => void): void {
  let told = false;
  const once = (): void => {
    if (!told) stop();
    told = true;
  };
  // The terminal sends SIGINT to the whole group; whoever started us decides when it is over.
  process.on('SIGTERM', once).on('SIGINT', () => (process.channel === undefined ? once() : undefined));
  // A parent that died takes its end of the channel with it; a simulator without its cloud has nothing to do.
  if (process.channel !== undefined) process.on('disconnect', once);
  else if (stdinIsAPipe()) process.stdin.on('end', once).on('close', once).resume();
}

/** Not a terminal, a file or /dev/null: those end at once, or never, and mean nothing. */
function stdinIsAPipe(): boolean {
  try {
    const stdin = fstatSync(0);
    return stdin.isFIFO() || stdin.isSocket();
  } catch {
    return false;
  }
}
