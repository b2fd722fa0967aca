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

function readLine(line: string, where: string): HeatDay & { day: number } {
  const [date = '', kwh = '', celsius = ''] = line.split(',');
  const day = /^\d{4}-\d{2}-\d{2}$/.test(date) ? dayOf(date) : NaN;
  if (Number.isNaN(day) || dateOf(day) !== date) throw new UsageError(`${where}: expected a date such as 2018-01-02, found ${date || 'nothing'}.`);
  const used = kwh === '' ? NaN : Number(kwh);
  if (!(used >= 0 && used <= KWH_MAX)) throw new UsageError(`${where}: expected kilowatt-hours from 0 to ${KWH_MAX}, found ${kwh || 'nothing'}.`);
  const outside = celsius === '' ? undefined : Number(celsius);
  if (outside !== undefined && !(outside >= -60 && outside <= 60)) throw new UsageError(`${where}: expected degrees from -60 to 60, found ${celsius}.`);
  return { day, kwh: used, ...(outside !== undefined && { celsius: outside }) };
}
