/** What one house used for heating, day by day: `date,heat_kwh`, and `outdoor_celsius` where somebody has measured it. */
import { readFileSync } from 'node:fs';
import { UsageError } from '../options.ts';
import { dateOf, dayOf } from './read-purchases.ts';

export interface HeatDay {
  readonly kwh: number;
  /** The mean of the day. */
  readonly celsius?: number;
}

export interface HeatSeries {
  /** Days since 1970-01-01. */
  readonly firstDay: number;
  /** One a day from the first; undefined where the file has a gap. */
  readonly days: readonly (HeatDay | undefined)[];
}

const CELSIUS_HEADER = 'date,celsius';
const HEADERS = ['date,heat_kwh', 'date,heat_kwh,outdoor_celsius'];
const KWH_MAX = 10_000;

/** @throws UsageError that names the line, what was expected and what stands there */
export function readHeat(file: string): HeatSeries {
  const [header = '', ...lines] = readFileSync(file, 'utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/);
  if (!HEADERS.includes(header)) throw new UsageError(`${file}, line 1: expected the header ${HEADERS.join(' or ')}, found ${header || 'nothing'}.`);
  const read = lines.flatMap((line, index) => (line === '' ? [] : [readLine(line, `${file}, line ${String(index + 2)}`)]));
  const byDay = new Map(read.map(({ day, ...rest }) => [day, rest]));
  const numbers = [...byDay.keys()];
  if (numbers.length === 0) throw new UsageError(`${file}: expected days, found none.`);
  const [firstDay, lastDay] = [Math.min(...numbers), Math.max(...numbers)];
  return { firstDay, days: Array.from({ length: lastDay - firstDay + 1 }, (_, index) => byDay.get(firstDay + index)) };
}

/** The same house with the temperatures of another file, `date,celsius`. @throws UsageError */
export function withWeather({ firstDay, days }: HeatSeries, file: string): HeatSeries {
  const [header = '', ...lines] = readFileSync(file, 'utf8').split(/\r?\n/);
  if (header !== CELSIUS_HEADER) throw new UsageError(`${file}, line 1: expected the header ${CELSIUS_HEADER}, found ${header || 'nothing'}.`);
  const read = lines.flatMap((line, index) => {
    const [date = '', celsius = ''] = line.split(',');
    const where = `${file}, line ${String(index + 2)}`;
    return line === '' ? [] : [[dayIn(date, where), celsiusIn(celsius, where)] as const];
  });
  const celsiusOf = new Map(read);
  const told = days.map((day, index) => {
    const celsius = celsiusOf.get(firstDay + index);
    return day && celsius !== undefined ? { ...day, celsius } : day;
  });
  if (!told.some((day) => day?.celsius !== undefined)) throw new UsageError(`${file}: none of its days is one of the heating's.`);
  return { firstDay, days: told };
}

function dayIn(date: string, where: string): number {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(date) ? dayOf(date) : NaN;
  if (Number.isNaN(day) || dateOf(day) !== date) throw new UsageError(`${where}: expected a date such as 2018-01-02, found ${date || 'nothing'}.`);
  return day;
}

function celsiusIn(text: string, where: string): number | undefined {
  const celsius = text === '' ? undefined : Number(text);
  if (celsius !== undefined && !(celsius >= -60 && celsius <= 60)) throw new UsageError(`${where}: expected degrees from -60 to 60, found ${text}.`);
  return celsius;
}

function readLine(line: string, where: string): HeatDay & { day: number } {
  const [date = '', kwh = '', celsius = ''] = line.split(',');
  const day = dayIn(date, where);
  const used = kwh === '' ? NaN : Number(kwh);
  if (!(used >= 0 && used <= KWH_MAX)) throw new UsageError(`${where}: expected kilowatt-hours from 0 to ${KWH_MAX}, found ${kwh || 'nothing'}.`);
  const outside = celsiusIn(celsius, where);
  return { day, kwh: used, ...(outside !== undefined && { celsius: outside }) };
}
