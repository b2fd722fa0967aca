/** `npm run paths -- dry-run`: what a conversion path would have sent on the recorded past, to whom, when, on which screen, and why not. Writes nothing but its answer. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { dryRunOf, type DryStep } from '../../../shared/journey/conversion-path/dry-run.ts';
import { contributionOfInstance, numbersIn, type PathNumbers } from '../../../shared/journey/conversion-path/numbers.ts';
import { pastOf } from '../../../shared/journey/conversion-path/past.ts';
import { definitionOf, pathIdSchema, pathSchema, type Path } from '../../../shared/journey/conversion-path/path.ts';
import { mergeCounters, type Counters } from '../../../shared/journey/tally/batch.ts';
import { addDuration, duration, instantSchema, type Instant } from '../../../shared/values.ts';
import { parsedBy } from '../backtest/options.ts';
import { UsageError } from '../options.ts';
import { pathsIn } from './list.ts';
import { readPast, type Recorded } from './read-past.ts';

export const dryRunUsage = `npm run paths -- dry-run (--path ID | --path-file FILE.json) [options]
  --path ID           a path that is saved, or comes with the product (npm run paths -- list)
  --path-file FILE    one that is not saved yet, as JSON
  --from DATE         YYYY-MM-DD or an instant; runs begin from here on (default: the first touchpoint)
  --to DATE           up to the end of this day (default: the last touchpoint)
  --household ID      only this one
  --json OUT          writes every step as JSON
  --data DIR          the folder of the run (default .nachschub)`;

const day = z.string().regex(/^\d{4}-\d\d-\d\d$/);
const moment = z.union([day, instantSchema], 'expected a day such as 2026-03-02');
const optionsSchema = z
  .strictObject({
    path: pathIdSchema.optional(),
    'path-file': z.string().optional(),
    from: moment.optional(),
    to: moment.optional(),
    household: z.string().optional(),
    json: z.string().optional(),
    data: z.string().default('.nachschub'),
  })
  .refine((options) => (options.path === undefined) !== (options['path-file'] === undefined), 'expected --path or --path-file');

export interface DryRunAnswer {
  readonly path: string;
  readonly from: string;
  readonly to: string;
  /** Households looked at. */
  readonly households: number;
  readonly numbers: PathNumbers;
  readonly steps: readonly DryStep[];
}

/** @throws UsageError */
export async function dryRun(args: readonly string[]): Promise<string> {
  const { path: id, 'path-file': file, from, to, household, json, data } = parsedBy(optionsSchema, args, dryRunUsage);
  const recorded = await readPast(path.resolve(data));
  const definition = file === undefined ? saved(recorded, id ?? '') : readDefinition(file);
  const answer = await answerOf(definition, recorded, {
    ...(household !== undefined && { household }),
    from: beginningOf(from ?? recorded.first?.slice(0, 10)),
    to: endOf(to ?? recorded.last?.slice(0, 10)),
  });
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(answer, undefined, 2)}\n`);
  return inWords(answer);
}

const isDay = (text: string): boolean => day.safeParse(text).success;
const beginningOf = (text: string | undefined): Instant => parseMoment(text, (of) => (isDay(of) ? `${of}T00:00:00.000Z` : of));
const endOf = (text: string | undefined): Instant =>
  parseMoment(text, (of) => (isDay(of) ? addDuration(instantSchema.parse(`${of}T00:00:00.000Z`), duration(1, 'days')) : of));
function parseMoment(text: string | undefined, of: (text: string) => string): Instant {
  if (text === undefined) throw new UsageError('Nothing has been recorded there yet.');
  return instantSchema.parse(of(text));
}

function saved({ items }: Recorded, id: string): Path {
  const found = pathsIn(items).find((one) => one.path === id);
  const definition = found && definitionOf(found);
  if (definition === undefined) throw new UsageError(`There is no path ${id}; npm run paths -- list names them all.`);
  return definition;
}

function readDefinition(file: string): Path {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file} cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = pathSchema.safeParse(content);
  if (!parsed.success) throw new UsageError(`${file} is no conversion path:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

interface Period {
  readonly from: Instant;
  readonly to: Instant;
  readonly household?: string;
}
async function answerOf(definition: Path, { households }: Recorded, { from, to, household }: Period): Promise<DryRunAnswer> {
  const asked = households.filter(({ household: { householdId } }) => household === undefined || householdId === household);
  const runs = [];
  for (const held of asked) runs.push(await dryRunOf(definition, pastOf(definition, held), { from, to }));
  const counters = mergeCounters(runs.flatMap(({ instances }) => instances.flatMap(contributionOfInstance).map((one): Counters => one.counters)));
  const steps = runs.flatMap((run) => run.steps).sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)) || (a.householdId < b.householdId ? -1 : 1));
  return { path: definition.path, from, to, households: asked.length, numbers: numbersIn(definition.path, counters, counters), steps };
}

const SHOWN = 40;
function inWords({ path: id, from, to, households, numbers, steps }: DryRunAnswer): string {
  const { entered, messaged, succeeded, exited, lapsed, waiting } = numbers;
  const told = steps.filter(({ what }) => what !== 'branch');
  const lines = told.slice(0, SHOWN).map(({ at, householdId, key, what, channel, because, until, words }) => {
    const how = [what, channel, because, until && `until ${until}`].filter((part) => part !== undefined).join(' · ');
    return `  ${at}  ${householdId} ${key}  ${how}${what === 'sent' && words ? `  “${words.en.title}”` : ''}`;
  });
  const more = told.length > SHOWN ? [`  and ${told.length - SHOWN} more; --json OUT holds all`] : [];
  const sums = `${entered} runs: ${messaged} with a message, ${succeeded} succeeded, ${exited} left, ${lapsed} lapsed, ${waiting} still waiting`;
  const held = [...Object.entries(numbers.held).map(([why, many]) => `${why} ${many}`)].join(', ');
  return `${[`${id} from ${from} to ${to}, ${households} households`, sums, ...(held === '' ? [] : [`not sent: ${held}`]), ...lines, ...more].join('\n')}\n`;
}
