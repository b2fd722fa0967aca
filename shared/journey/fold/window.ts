/** Rows of a summary added up: of the last days, or of everything that is kept. Asked again and again of one summary, each sum is made once. */
import { addRows, allOf, type Row, type Summary } from './summary.ts';

const known = new WeakMap<Summary, Map<string, Row>>();

function once(summary: Summary, name: string, sum: () => Row): Row {
  const sums = known.get(summary) ?? new Map<string, Row>();
  known.set(summary, sums);
  const row = sums.get(name) ?? sum();
  sums.set(name, row);
  return row;
}

/** The calendar days up to and with this one. @param day `YYYY-MM-DD` @param days 1–35; absent: the two years that are kept */
export function windowEnding(summary: Summary, day: string, days?: number): Row {
  if (days === undefined) return once(summary, 'all', () => allOf(summary));
  return once(summary, `${day} ${days}`, () => {
    const from = new Date(Date.parse(day) - (days - 1) * 86_400_000).toISOString().slice(0, 10);
    return addRows(
      Object.entries(summary.days)
        .filter(([of]) => of >= from && of <= day)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, row]) => row),
    );
  });
}
