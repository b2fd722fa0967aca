/** `npm run journeys -- COMMAND`: what is known of households' journeys, by command. */
import { runCommand } from '../commands/running-cloud.ts';
import { UsageError } from '../options.ts';
import { replayIdentity, usage } from './identity-scenario.ts';

await runCommand(() => {
  const [command, ...args] = process.argv.slice(2);
  if (command !== 'identity') throw new UsageError(`${command === undefined ? 'No command is named.' : `There is no command ${command}.`}\n\n${usage}`);
  process.stdout.write(replayIdentity(args));
  return Promise.resolve();
});
