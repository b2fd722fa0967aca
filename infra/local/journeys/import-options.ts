/** What stands behind `npm run journeys -- import`, and the two files it reads. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { columnsOf, mappingSchema, type Mapping } from '../../../shared/journey/collect/mapping.ts';
import { fileThatIsThere, parsedBy } from '../backtest/options.ts';
import { UsageError } from '../options.ts';

export const importUsage = `npm run journeys -- import --file FILE.csv --mapping MAP.json [--dry-run] [--json OUT] [--data DIR | --url URL --write-key KEY]
  --file FILE      a CSV file with a line of names first; commas, semicolons or tabs between them
  --mapping FILE   which column is what (docs/guides/feed-the-journey.md)
  --dry-run        reads and maps everything, and sends nothing
  --json OUT       writes what became of each line as JSON
  --data DIR       of the running local cloud (default .nachschub)
  --url URL        of another collection API, with --write-key of a source there`;

const optionsSchema = z.strictObject({
  file: fileThatIsThere,
  mapping: fileThatIsThere,
  json: z.string().optional(),
  data: z.string().default('.nachschub'),
  url: z.url({ protocol: /^https?$/ }).optional(),
  'write-key': z.string().min(1).optional(),
});
export type ImportOptions = z.infer<typeof optionsSchema> & { readonly isDryRun: boolean };

/** @throws UsageError */
export function readImportOptions(args: readonly string[]): ImportOptions {
  const options = parsedBy(
    optionsSchema,
    args.filter((arg) => arg !== '--dry-run'),
    importUsage,
  );
  if ((options.url === undefined) !== (options['write-key'] === undefined)) throw new UsageError(`--url and --write-key belong together.\n\n${importUsage}`);
  return { ...options, isDryRun: args.includes('--dry-run') };
}

export interface Row {
  /** Where it begins in the file, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** @throws UsageError for what is no mapping */
export function readMapping(file: string): Mapping {
  const parsed = mappingSchema.safeParse(readJson(file));
  if (!parsed.success) throw new UsageError(`${file}:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new UsageError(`${file}: expected JSON.`);
  }
}

const recordSchema = z.array(z.object({ info: z.object({ lines: z.int() }), record: z.array(z.string()) }));

/** @throws UsageError for what is no CSV, or lacks a column that the mapping names */
export function readRows(file: string, mapping: Mapping): { readonly columns: readonly string[]; readonly rows: readonly Row[] } {
  const text = readFileSync(file, 'utf8');
  const first = text.split('\n', 1)[0] ?? '';
  const [delimiter = ','] = [',', ';', '\t'].sort((a, b) => first.split(b).length - first.split(a).length);
  const [head, ...rest] = recordSchema.parse(parsed(file, text, delimiter));
  if (head === undefined) throw new UsageError(`${file} is empty.`);
  const columns = head.record.map((name) => name.trim());
  const missing = columnsOf(mapping).filter((name) => !columns.includes(name));
  if (missing.length > 0) throw new UsageError(`${file} has no column ${missing.join(', ')}; it has ${columns.join(', ')}.`);
  // A cell may hold line breaks: a row begins so many lines before it ends.
  return { columns, rows: rest.map(({ info, record: cells }) => ({ line: info.lines - (cells.join('').split('\n').length - 1), cells })) };
}

function parsed(file: string, text: string, delimiter: string): unknown {
  try {
    return parse(text, { bom: true, delimiter, info: true, relax_column_count: true, skip_empty_lines: true });
  } catch (error) {
    throw new UsageError(`${file} is no CSV: ${error instanceof Error ? error.message : String(error)}`);
  }
}
