/** `npm run journeys -- import`: rows of a CSV file become touchpoints, through the collection API, with a report for each line. */
import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { mapped, readRow, type Mapping } from '../../../shared/journey/collect/mapping.ts';
import { findRunningCloud } from '../commands/running-cloud.ts';
import { UsageError } from '../options.ts';
import { readImportOptions, readMapping, readRows, type ImportOptions, type Row } from './import-options.ts';

export type Fate =
  { readonly line: number; readonly became: 'stored' | 'repeated' | 'mapped' } | { readonly line: number; readonly became: 'refused'; readonly reason: string };
/** Sends messages and answers what became of each, in their order. */
export type SendMessages = (messages: readonly unknown[]) => Promise<readonly ('stored' | 'repeated' | { readonly reason: string })[]>;

/** A fifth of the API's limit, so that a row with long texts has room. */
const AT_ONCE = 100;

/** Answers what is printed. @throws UsageError when the file or the mapping is unusable; a row that is, is reported */
export async function importRows(args: readonly string[], send?: SendMessages): Promise<string> {
  const options = readImportOptions(args);
  const mapping = readMapping(options.mapping);
  const { columns, rows } = readRows(options.file, mapping);
  const fates = await fatesOf(rows, columns, mapping, options.isDryRun ? undefined : (send ?? (await sender(options))));
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify({ file: options.file, lines: fates }, undefined, 1)}\n`);
  return inWords(fates);
}

async function fatesOf(rows: readonly Row[], columns: readonly string[], mapping: Mapping, send: SendMessages | undefined): Promise<Fate[]> {
  const read = rows.map((row) => ({ line: row.line, ...mappedRow(row, columns, mapping) }));
  const refused = read.flatMap((one): Fate[] => (one.kind === 'refused' ? [{ line: one.line, became: 'refused', reason: one.reason }] : []));
  const good = read.flatMap((one) => (one.kind === 'mapped' ? [one] : []));
  const fates: Fate[] = [...refused];
  for (let from = 0; from < good.length; from += AT_ONCE) {
    const some = good.slice(from, from + AT_ONCE);
    const became = await send?.(some.map(({ message }) => message));
    fates.push(...some.map(({ line }, index) => fateOf(line, became === undefined ? 'mapped' : became[index])));
  }
  return fates.sort((a, b) => a.line - b.line);
}

const fateOf = (line: number, became: 'stored' | 'repeated' | 'mapped' | { readonly reason: string } | undefined): Fate =>
  typeof became === 'string' ? { line, became } : { line, became: 'refused', reason: became?.reason ?? 'no answer for this line' };

function mappedRow({ cells }: Row, columns: readonly string[], mapping: Mapping): ReturnType<typeof mapped> {
  if (cells.length !== columns.length) return { kind: 'refused', reason: `${cells.length} cells, expected ${columns.length}` };
  return mapped(readRow(Object.fromEntries(columns.map((name, index) => [name, cells[index]]))), mapping);
}

const answerSchema = z.object({ each: z.array(z.enum(['stored', 'repeated', 'refused'])), refused: z.array(z.object({ index: z.int(), reason: z.string() })) });

async function sender({ url, data, 'write-key': writeKey }: ImportOptions): Promise<SendMessages> {
  const cloud = url === undefined ? findRunningCloud(data) : undefined;
  const authorization =
    cloud === undefined
      ? `Basic ${Buffer.from(`${writeKey ?? ''}:`).toString('base64')}`
      : `Bearer ${z.string().parse(await cloud.ask({ call: 'collectorToken' }))}`;
  const door = `${(url ?? cloud?.apiUrl ?? '').replace(/\/$/, '')}/v1/batch`;
  return async (messages) => {
    const { each, refused } = answerSchema.parse(await post(door, authorization, { batch: messages, each: true }));
    return each.map((became, index) => (became === 'refused' ? { reason: refused.find((one) => one.index === index)?.reason ?? 'refused' } : became));
  };
}

/** Waits where it is told to: a source may send only so many a minute. */
async function post(door: string, authorization: string, body: unknown): Promise<unknown> {
  for (;;) {
    const response = await fetch(door, { method: 'POST', headers: { authorization, 'content-type': 'application/json' }, body: JSON.stringify(body) });
    if (response.ok) return response.json();
    if (response.status !== 429) throw new UsageError(`${door} answered ${response.status}: ${(await response.text()).slice(0, 300)}`);
    const seconds = Number(response.headers.get('retry-after') ?? 1);
    await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  }
}

function inWords(fates: readonly Fate[]): string {
  const count = (became: Fate['became']) => fates.filter((fate) => fate.became === became).length;
  const lines = fates.flatMap((fate) => (fate.became === 'refused' ? [`line ${fate.line}: refused, ${fate.reason}`] : []));
  const sums = (['mapped', 'stored', 'repeated', 'refused'] as const).flatMap((became) => (count(became) > 0 ? [`${count(became)} ${became}`] : []));
  return `${[...lines, `${fates.length} lines: ${sums.join(', ') || 'nothing'}`].join('\n')}\n`;
}
