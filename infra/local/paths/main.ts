/** `npm run paths -- COMMAND`: conversion paths, by command. */
import { runOneOf } from '../commands/run-one-of.ts';
import { dryRun, dryRunUsage } from './dry-run.ts';
import { listPaths, listUsage } from './list.ts';

await runOneOf({
  'dry-run': { usage: dryRunUsage, run: dryRun },
  list: { usage: listUsage, run: listPaths },
});
