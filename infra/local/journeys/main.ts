/** `npm run journeys -- COMMAND`: what is known of households' journeys, by command. */
import { runCommand } from '../commands/running-cloud.ts';
import { UsageError } from '../options.ts';
import { replayIdentity, usage as identityUsage } from './identity-scenario.ts';
import { importRows } from './import.ts';
import { importUsage } from './import-options.ts';
import { rebuild, rebuildUsage } from './rebuild.ts';
import { report, reportUsage } from './report.ts';
import { storyUsage, tellStory } from './story.ts';

const commands: Readonly<Record<string, { readonly usage: string; readonly run: (args: string[]) => Promise<string> }>> = {
  identity: { usage: identityUsage, run: (args) => Promise.resolve(replayIdentity(args)) },
  import: { usage: importUsage, run: importRows },
  report: { usage: reportUsage, run: report },
  story: { usage: storyUsage, run: tellStory },
  rebuild: {
    usage: rebuildUsage,
    run: async (args) => {
      const { text, isSame } = await rebuild(args);
      process.exitCode = isSame ? 0 : 1;
      return text;
    },
  },
};

await runCommand(async () => {
  const [name = '', ...args] = process.argv.slice(2);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  const all = Object.values(commands).map(({ usage }) => usage);
  if (command === undefined) throw new UsageError(`${name === '' ? 'No command is named.' : `There is no command ${name}.`}\n\n${all.join('\n\n')}`);
  process.stdout.write(await command.run(args));
});
