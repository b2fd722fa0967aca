/** `npm run paths -- list`: the conversion paths of a run, and those that come with the product. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { kinds } from '../../../functions/runtime/aggregates.ts';
import { definitionOf, type StoredPath } from '../../../shared/journey/conversion-path/path.ts';
import { withShipped } from '../../../shared/journey/conversion-path/with-shipped.ts';
import { parsedBy } from '../backtest/options.ts';
import { readJourneys, type StoredItem } from '../journeys/read-journeys.ts';

export const listUsage = `npm run paths -- list [--data DIR]
  --data DIR   the folder of the run (default .nachschub); without one, what comes with the product`;

const optionsSchema = z.strictObject({ data: z.string().default('.nachschub') });

export const pathsIn = (items: readonly StoredItem[]): StoredPath[] =>
  withShipped(items.filter(({ sk }) => sk.startsWith('PATH#')).map(({ state }) => kinds.path.schema.parse(state)));

/** @throws UsageError */
export async function listPaths(args: readonly string[]): Promise<string> {
  const { data } = parsedBy(optionsSchema, args, listUsage);
  const folder = path.resolve(data);
  const paths = existsSync(path.join(folder, 'cloud.json')) ? pathsIn((await readJourneys(folder)).items) : withShipped([]);
  const lines = paths.map((stored) => {
    const definition = definitionOf(stored);
    return `${stored.path.padEnd(24)} ${stored.on ? 'on ' : 'off'}  version ${stored.version}  ${definition?.goal.en ?? ''}`;
  });
  return `${lines.join('\n')}\n`;
}
