/**
 * What a household's journey comes to: rows of days and of months, replaced one by one, so that the same touchpoints give the same summary in
 * whatever order and however often they come. Its size is bounded by the calendar and not by how much has happened.
 */
import { z } from 'zod';
import { permissionSchema } from '../../household/permission.ts';
import { earliest, householdIdSchema, instantSchema, latest, type HouseholdId, type Instant } from '../../values.ts';
import { exceeds } from '../emotion/exceeds.ts';
import { dayOf, inTime, type Trace, type Traces } from './trace.ts';

const count = z.int().min(0);
const counts = z.record(z.string(), count);

/** What belongs to no product line is counted under this one. */
export const NO_LINE = '-';

/** Of a day or a month. */
export const rowSchema = z.strictObject({
  touchpoints: count,
  channels: counts,
  /** Product line → `type@initiator` → how many. */
  types: z.record(z.string(), counts),
  /** Of delivered orders, minor units, by product line. */
  spentMinor: counts,
  /** Weighted by confidence: what `value` sums to, and what the weights do. */
  feeling: z.strictObject({ sum: z.number(), weight: z.number().min(0) }),
  /** Campaign → how many touchpoints it brought; those first by their letters, at most twenty. Absent: none. */
  campaigns: counts.optional(),
  /** How often it was better than was to be expected. Absent: never. */
  exceeded: count.optional(),
  /** On how many days something that was ordered came. Absent: on none. */
  bought: count.optional(),
});
export type Row = z.infer<typeof rowSchema>;

export const emptyRow = (): Row => ({ touchpoints: 0, channels: {}, types: {}, spentMinor: {}, feeling: { sum: 0, weight: 0 } });

const DAYS_KEPT = 35;
const MONTHS_KEPT = 25;
/** Names of events that others make up; of more, those first by their letters stay. */
const TYPES_MAX = 250;

const moments = z.record(z.string(), instantSchema);
export const summarySchema = z.strictObject({
  householdId: householdIdSchema,
  /** `YYYY-MM-DD` → its row; the newest 35 calendar days. */
  days: z.record(z.string().regex(/^\d{4}-\d\d-\d\d$/), rowSchema),
  /** `YYYY-MM` → its row, the days above included; the newest 25 calendar months. */
  months: z.record(z.string().regex(/^\d{4}-\d\d$/), rowSchema),
  /** `type@initiator` → when it was for the first and for the last time. */
  first: moments,
  last: moments,
  /** Whether anything may be folded here at all; absent: nobody has objected. */
  profiling: permissionSchema.optional(),
});
export type Summary = z.infer<typeof summarySchema>;
export const newSummary = (householdId: HouseholdId): Summary => ({ householdId, days: {}, months: {}, first: {}, last: {} });

export const nameOf = ({ type, initiator }: Pick<Trace, 'type' | 'initiator'>): string => `${type}@${initiator}`;

/** The order of the traces does not matter. */
export function rowOf(traces: Traces): Row {
  const row = emptyRow();
  const bought = new Set<string>();
  // Sorted, because sums of floats depend on their order.
  for (const trace of inTime(traces)) {
    const { channel, line = NO_LINE, valueMinor = 0, sentiment, campaign } = trace;
    row.touchpoints += 1;
    row.channels[channel] = (row.channels[channel] ?? 0) + 1;
    const types = (row.types[line] ??= {});
    types[nameOf(trace)] = (types[nameOf(trace)] ?? 0) + 1;
    if (trace.type === 'order.delivered') {
      row.spentMinor[line] = (row.spentMinor[line] ?? 0) + valueMinor;
      bought.add(dayOf(trace.at));
    }
    if (campaign !== undefined) row.campaigns = fewest(added(row.campaigns ?? {}, { [campaign]: 1 }));
    if (sentiment !== undefined) {
      if (exceeds(sentiment)) row.exceeded = (row.exceeded ?? 0) + 1;
      row.feeling.sum += sentiment.value * sentiment.confidence;
      row.feeling.weight += sentiment.confidence;
    }
  }
  if (bought.size > 0) row.bought = bought.size;
  return row;
}

/** Names that others make up are bounded; the same ones stay in whatever order rows are added. */
const CAMPAIGNS_MAX = 20;
const fewest = (campaigns: Record<string, number>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(campaigns)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .slice(0, CAMPAIGNS_MAX),
  );
const added = (a: Record<string, number>, b: Record<string, number>): Record<string, number> => sorted(addTo({ ...a }, b));
/** In place: a summary's rows are added up for every touchpoint that comes. */
function addTo(sums: Record<string, number>, more: Record<string, number>): Record<string, number> {
  for (const [name, many] of Object.entries(more)) sums[name] = (sums[name] ?? 0) + many;
  return sums;
}
const sorted = <Value>(named: Record<string, Value>): Record<string, Value> =>
  Object.fromEntries(Object.entries(named).sort(([a], [b]) => (a < b ? -1 : Number(a > b))));

export function addRows(rows: readonly Row[]): Row {
  const sum = emptyRow();
  const campaigns: Record<string, number> = {};
  for (const row of rows) {
    sum.touchpoints += row.touchpoints;
    addTo(sum.channels, row.channels);
    for (const [line, named] of Object.entries(row.types)) sum.types[line] = addTo(sum.types[line] ?? {}, named);
    addTo(sum.spentMinor, row.spentMinor);
    sum.feeling.sum += row.feeling.sum;
    sum.feeling.weight += row.feeling.weight;
    addTo(campaigns, row.campaigns ?? {});
    if (row.exceeded !== undefined) sum.exceeded = (sum.exceeded ?? 0) + row.exceeded;
    if (row.bought !== undefined) sum.bought = (sum.bought ?? 0) + row.bought;
  }
  return {
    ...sum,
    channels: sorted(sum.channels),
    types: sorted(Object.fromEntries(Object.entries(sum.types).map(([line, named]) => [line, sorted(named)]))),
    spentMinor: sorted(sum.spentMinor),
    ...(Object.keys(campaigns).length > 0 && { campaigns: fewest(campaigns) }),
  };
}

const daysBefore = (now: Instant, days: number): string => new Date(Date.parse(now) - days * 86_400_000).toISOString().slice(0, 10);

/** Everything that is kept: two years. */
export const allOf = (summary: Summary): Row =>
  addRows(
    Object.entries(summary.months)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, row]) => row),
  );

const firstByLetters = (named: Record<string, Instant>): Record<string, Instant> =>
  Object.fromEntries(
    Object.entries(named)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .slice(0, TYPES_MAX),
  );
const after = (rows: Record<string, Row>, oldest: string): Record<string, Row> =>
  Object.fromEntries(
    Object.entries(rows)
      .filter(([name]) => name > oldest)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
const monthsBefore = (month: string, months: number): string => {
  const all = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 - months;
  return `${String(Math.floor(all / 12))}-${String((all % 12) + 1).padStart(2, '0')}`;
};
const newestDay = (summary: Summary, days: Iterable<string>): string => [...Object.keys(summary.days), ...days].reduce((a, b) => (a > b ? a : b));
/** The last day that is not kept beside this newest one. */
const forgottenUpTo = (newest: string): string => daysBefore(startOf(newest), DAYS_KEPT);
const startOf = (day: string): Instant => instantSchema.parse(`${day}T00:00:00.000Z`);

/** Months whose row cannot be added up from the days that the summary keeps: they have to be read. @param days on which something has come */
export function monthsToRead(summary: Summary, days: readonly string[]): string[] {
  if (days.length === 0) return [];
  const forgotten = forgottenUpTo(newestDay(summary, days));
  return [...new Set(days.map((day) => day.slice(0, 7)))].filter((month) => `${month}-01` <= forgotten);
}

export interface Came {
  /** `YYYY-MM-DD` → its row, read anew. */
  readonly days: Record<string, Row>;
  /** Those of `monthsToRead`. */
  readonly months: Record<string, Row>;
  readonly traces: readonly Trace[];
}
/** Puts rows that were read anew in the place of those before. */
export function foldRows(summary: Summary, came: Came): Summary {
  const touched = Object.keys(came.days);
  if (touched.length === 0) return summary;
  const days = after({ ...summary.days, ...came.days }, forgottenUpTo(newestDay(summary, touched)));
  const months: Record<string, Row> = { ...summary.months };
  for (const month of new Set(touched.map((day) => day.slice(0, 7))))
    months[month] = came.months[month] ?? addRows(Object.entries(days).flatMap(([day, row]) => (day.startsWith(month) ? [row] : [])));
  const newestMonth = Object.keys(months).reduce((a, b) => (a > b ? a : b));
  return { ...summary, days, months: after(months, monthsBefore(newestMonth, MONTHS_KEPT)), ...momentsOf(summary, came.traces) };
}

function momentsOf(summary: Summary, traces: readonly Trace[]): Pick<Summary, 'first' | 'last'> {
  const first = { ...summary.first };
  const last = { ...summary.last };
  for (const trace of traces) {
    const name = nameOf(trace);
    first[name] = earliest(first[name] ?? trace.at, trace.at);
    last[name] = latest(last[name] ?? trace.at, trace.at);
  }
  return { first: firstByLetters(first), last: firstByLetters(last) };
}
