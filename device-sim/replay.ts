/**
 * A recording of real devices as text: NDJSON of readings, or CSV with a header. A line that does not say what it must is refused with its number,
 * because a recording that is half understood proves nothing.
 */
import { z } from 'zod';
import { slotSchema, thingNameSchema, unitSchema, type ThingName, type Unit } from '../shared/values.ts';
import { WrongSimulation } from './simulation.ts';

interface Whose {
  /** Absent: whoever reads the recording decides. */
  readonly thing: ThingName | undefined;
  readonly slot: string | undefined;
  /** As recorded, in milliseconds; a day without a time is its midnight in UTC. */
  readonly at: number;
}
export interface RecordedLevel extends Whose {
  readonly kind: 'level';
  readonly level: number;
  readonly unit: Unit | undefined;
  /** Cumulative, as telemetry has it. */
  readonly usage: number | undefined;
  readonly outdoorCelsius: number | undefined;
}
/** The heat that a house used in one day. */
export interface RecordedHeat extends Whose {
  readonly kind: 'heat';
  readonly day: string;
  readonly kwh: number;
}
export type Recorded = RecordedLevel | RecordedHeat;

export interface Source {
  readonly file: string;
  /** For lines that name none. */
  readonly thing?: ThingName | undefined;
  readonly slot?: string | undefined;
}

/** The names under which each column is known, the first that is there counts. */
const COLUMNS = {
  when: ['sampledAt', 'timestamp', 'time', 'date'],
  level: ['level'],
  unit: ['unit'],
  usage: ['usage'],
  outdoorCelsius: ['outdoorCelsius'],
  kwh: ['heat_kwh', 'heatKwh', 'energy_kwh'],
  thing: ['thing'],
  slot: ['slot'],
} as const;
type Column = keyof typeof COLUMNS;

const fromText = (value: unknown): unknown => (typeof value === 'string' && value.trim() !== '' ? Number(value) : value);
const numberFrom = (least: number, most: number): z.ZodType<number> => z.preprocess(fromText, z.number().min(least).max(most));

/** @throws WrongSimulation naming file, line, what was expected and what was found */
export function parseReplay(text: string, source: Source): Recorded[] {
  const rows = /^\s*\{/.test(text) ? rowsOfJson(text, source) : rowsOfCsv(text, source);
  if (rows.length === 0) throw refused(source, 1, 'at least one reading', undefined);
  return rows.map(({ line, cell }) => recordedIn(cell, (expected, found) => refused(source, line, expected, found), source));
}

interface Row {
  readonly line: number;
  readonly cell: (column: Column) => unknown;
}
type Refuse = (expected: string, found: unknown) => WrongSimulation;

function recordedIn(cell: Row['cell'], refuse: Refuse, source: Source): Recorded {
  const read = <Schema extends z.ZodType>(column: Column, schema: Schema, expected: string): z.output<Schema> | undefined => {
    const value = cell(column);
    if (value === undefined) return undefined;
    const parsed = schema.safeParse(value);
    if (!parsed.success) throw refuse(expected, value);
    return parsed.data;
  };
  const when = cell('when');
  const at = when === undefined ? undefined : momentOf(when);
  if (at === undefined) throw refuse(`a time (${COLUMNS.when.join(', ')}) such as 2026-03-01T08:00:00Z or 2026-03-01`, when);
  const thing = read('thing', thingNameSchema, 'the name of a thing') ?? source.thing;
  const slot = read('slot', slotSchema, 'the name of a slot') ?? source.slot;
  const level = read('level', numberFrom(0, 1_000_000), 'a level of 0 or more');
  if (level !== undefined) {
    return {
      ...{ kind: 'level', thing, slot, at, level },
      unit: read('unit', unitSchema, `a unit (${unitSchema.options.join(', ')})`),
      usage: read('usage', numberFrom(0, 1_000_000_000), 'a usage of 0 or more'),
      outdoorCelsius: read('outdoorCelsius', numberFrom(-60, 60), 'an outdoor temperature between -60 and 60'),
    };
  }
  const kwh = read('kwh', numberFrom(0, 100_000), 'kilowatt-hours of 0 or more');
  if (kwh === undefined) throw refuse(`a level, or the heat of a day (${COLUMNS.kwh[0]})`, undefined);
  return { kind: 'heat', thing, slot, at, day: new Date(at).toISOString().slice(0, 10), kwh };
}

/** Seconds or milliseconds since 1970, a day, or a time; one without a zone is taken for UTC. */
function momentOf(when: unknown): number | undefined {
  const text = String(when).trim();
  if (/^\d{9,13}(\.\d+)?$/.test(text)) return Number(text) < 100_000_000_000 ? Number(text) * 1_000 : Number(text);
  const [, day, time = '', zone = ''] = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?(Z|[+-]\d\d:?\d\d)?$/.exec(text) ?? [];
  if (day === undefined) return undefined;
  const at = Date.parse(`${day}T${time === '' ? '00:00' : time}${zone === '' ? 'Z' : zone.replace(/(\d\d)(\d\d)$/, '$1:$2')}`);
  return Number.isNaN(at) ? undefined : at;
}

/** A reading as telemetry has it, `level` with its unit inside, or flat. */
function rowsOfJson(text: string, source: Source): Row[] {
  return linesOf(text).map(({ line, content }) => {
    const parsed = z.looseObject({}).safeParse(jsonOf(content));
    if (!parsed.success) throw refused(source, line, 'a JSON object', content);
    const { level } = parsed.data;
    const quantity = z.looseObject({ amount: z.unknown(), unit: z.unknown() }).safeParse(level);
    return { line, cell: cellsOf(quantity.success ? { ...parsed.data, level: quantity.data.amount, unit: quantity.data.unit } : parsed.data) };
  });
}

function rowsOfCsv(text: string, source: Source): Row[] {
  const [header, ...rest] = linesOf(text);
  if (header === undefined) return [];
  const names = fieldsOf(header.content);
  const known = new Set<string>(Object.values(COLUMNS).flat());
  if (!names.some((name) => known.has(name))) throw refused(source, header.line, `a header with columns such as ${[...known].join(', ')}`, header.content);
  return rest.map(({ line, content }) => {
    const fields = fieldsOf(content);
    if (fields.length !== names.length) throw refused(source, line, `${names.length} fields, as in the header`, `${fields.length}: ${content}`);
    return { line, cell: cellsOf(Object.fromEntries(names.map((name, index) => [name, fields[index]]))) };
  });
}

const cellsOf =
  (row: Record<string, unknown>): Row['cell'] =>
  (column) =>
    COLUMNS[column].map((name) => row[name]).find((value) => value !== undefined && value !== null && value !== '');

/** RFC 4180 within one line: commas, and double quotes around a field that holds some. */
const fieldsOf = (line: string): string[] =>
  Array.from(`,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g), ([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain.trim());

const linesOf = (text: string) =>
  text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((content, index) => ({ line: index + 1, content }))
    .filter(({ content }) => content.trim() !== '');

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const refused = ({ file }: Source, line: number, expected: string, found: unknown): WrongSimulation =>
  new WrongSimulation(`${file}, line ${line}: expected ${expected}, found ${found === undefined ? 'nothing' : JSON.stringify(found).slice(0, 120)}.`);
