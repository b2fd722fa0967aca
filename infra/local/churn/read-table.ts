/** Columns of a CSV file by their names, whoever wrote it: R quotes, pandas writes 2.0, and both may put a number before each row. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { UsageError } from '../options.ts';

export interface Line {
  /** For messages: `FILE, line 7`. */
  readonly where: string;
  /** The text of a column; undefined where the file has none or the cell is empty. */
  cell(column: string): string | undefined;
}
/** Names that each column may have, in small letters. */
export type Columns = Readonly<Record<string, readonly string[]>>;

interface Row {
  readonly line: number;
  readonly fields: readonly string[];
}

/** @param asked all columns, with the names that each may have @throws UsageError without one of the needed */
export function readTable(file: string, asked: Columns, needed: readonly string[]): Line[] {
  const [head, ...rows] = rowsOf(file, textOf(file));
  const names = (head?.fields ?? []).map((name) => name.toLowerCase());
  const places = Object.fromEntries(Object.entries(asked).map(([column, spelt]) => [column, names.findIndex((name) => spelt.includes(name))]));
  const missing = needed.filter((column) => (places[column] ?? -1) < 0);
  if (missing.length > 0) {
    const expected = missing.map((column) => (asked[column] ?? [column]).join(' or ')).join('; and one named ');
    throw new UsageError(`${file}, line 1: expected a column named ${expected}, found ${head?.fields.join(',').slice(0, 120) ?? 'nothing'}.`);
  }
  return rows.map(({ line, fields }) => {
    const where = `${file}, line ${String(line)}`;
    // R writes no name above the numbers of rows.
    const shift = fields.length === names.length + 1 ? 1 : 0;
    if (fields.length !== names.length + shift)
      throw new UsageError(`${where}: expected ${names.length} fields, found ${fields.length} in ${fields.join(',').slice(0, 80)}.`);
    const cell = (column: string): string | undefined => {
      const place = places[column] ?? -1;
      const text = place < 0 ? undefined : fields[place + shift];
      return text === undefined || text === '' || text === 'NA' || text === 'nan' || text === 'NaN' ? undefined : text;
    };
    return { where, cell };
  });
}

/** Set apart by commas, semicolons or tabs: whichever the first line has most of. */
function rowsOf(file: string, text: string): Row[] {
  const rows: Row[] = [];
  const first = text.split('\n', 1)[0] ?? '';
  const [delimiter = ','] = [',', ';', '\t'].sort((a, b) => first.split(b).length - first.split(a).length);
  try {
    parse(text, {
      ...{ bom: true, delimiter, relax_column_count: true, skip_empty_lines: true, trim: true },
      on_record: (fields: readonly string[], { lines }) => {
        rows.push({ line: lines, fields });
      },
    });
    return rows;
  } catch (error) {
    throw new UsageError(`${file}: expected a CSV file, but ${error instanceof Error ? error.message : String(error)}.`);
  }
}

/** @throws UsageError for what is no number, or not one that may stand there */
export function numberIn(line: Line, column: string, expected: string, isRight: (value: number) => boolean = () => true): number {
  const text = line.cell(column);
  const value = text === undefined ? NaN : Number(text);
  if (!Number.isFinite(value) || !isRight(value)) throw new UsageError(`${line.where}: expected ${expected}, found ${text ?? 'nothing'}.`);
  return value;
}

function textOf(file: string): string {
  const bytes = readFileSync(file);
  if (!(bytes[0] === 0x1f && bytes[1] === 0x8b)) return bytes.toString('utf8');
  try {
    return gunzipSync(bytes).toString('utf8');
  } catch (error) {
    throw new UsageError(`${file}: expected a gzipped file, but ${error instanceof Error ? error.message : String(error)}.`);
  }
}
