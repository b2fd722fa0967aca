/** `npm run journeys -- COMMAND`: what is known of households' journeys, by command. */
import { runOneOf } from '../commands/run-one-of.ts';
import { replayIdentity, usage as identityUsage } from './identity-scenario.ts';
import { importRows } from './import.ts';
import { importUsage } from './import-options.ts';
import { rebuild, rebuildUsage } from './rebuild.ts';
import { report, reportUsage } from './report.ts';
import { storyUsage, tellStory } from './story.ts';

await runOneOf({
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
});
