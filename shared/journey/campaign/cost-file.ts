/** A file of costs, line by line: `channel,from,to,costMinor,currency[,campaign]`. What is good is taken, and each line that is not says why. */
import { z } from 'zod';
import { channelSchema } from '../words.ts';
import { campaignIdSchema, costSchema, type CampaignId, type Cost } from './campaign.ts';

const COLUMNS = ['channel', 'from', 'to', 'costMinor', 'currency'] as const;
const LINES_MAX = 1_000;
/** A longer period than a year is split by whoever pays for it. */
const DAYS_MAX = 366;
const DAY_MILLIS = 86_400_000;

export const costFaults = ['columns', 'channel', 'day', 'period', 'cost', 'currency', 'campaign', 'overlap', 'too-many'] as const;
export type CostFault = (typeof costFaults)[number];

export interface CostLine {
  /** As an editor counts: the heading is 1. */
  readonly line: number;
  /** Absent: of the channel as a whole. */
  readonly campaign?: CampaignId;
  /** A day each, together exactly what the line says. */
  readonly costs: readonly Cost[];
}
export interface CostFile {
  readonly lines: readonly CostLine[];
  readonly faults: readonly { readonly line: number; readonly because: CostFault }[];
}

const dateSchema = z.iso.date();
const amountSchema = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number)
  .pipe(costSchema.shape.minor);

/** @param isKnown whether there is such a campaign */
export function readCostFile(text: string, isKnown: (campaign: CampaignId) => boolean): CostFile {
  const rows = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const heading = cellsOf(rows[0] ?? '');
  const places = COLUMNS.map((column) => heading.indexOf(column));
  if (places.includes(-1)) return { lines: [], faults: [{ line: 1, because: 'columns' }] };
  const lines: CostLine[] = [];
  const faults: { line: number; because: CostFault }[] = [];
  const taken = new Set<string>();
  for (const [index, row] of rows.entries()) {
    if (index === 0 || row.trim() === '') continue;
    const cells = cellsOf(row);
    const named = { ...Object.fromEntries(COLUMNS.map((column, place) => [column, cells[places[place] ?? -1] ?? ''])), campaign: campaignIn(heading, cells) };
    const read = index > LINES_MAX ? 'too-many' : readLine(index + 1, named, isKnown);
    // Two sums for one day are one too many: which of them holds, nobody could say.
    const days = typeof read === 'string' ? [] : read.costs.map(({ day, channel }) => `${read.campaign ?? ''}|${channel}|${day}`);
    if (typeof read === 'string' || days.some((day) => taken.has(day))) faults.push({ line: index + 1, because: typeof read === 'string' ? read : 'overlap' });
    else {
      lines.push(read);
      for (const day of days) taken.add(day);
    }
  }
  return { lines, faults };
}

/** A comma, or a semicolon as German spreadsheets write it. */
const cellsOf = (row: string): string[] => row.split(/[,;]/).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
const campaignIn = (heading: readonly string[], cells: readonly string[]): string =>
  heading.includes('campaign') ? (cells[heading.indexOf('campaign')] ?? '') : '';

function readLine(line: number, cells: Readonly<Record<string, string>>, isKnown: (campaign: CampaignId) => boolean): CostLine | CostFault {
  const channel = channelSchema.safeParse(cells['channel']);
  const [from, to] = [dateSchema.safeParse(cells['from']), dateSchema.safeParse(cells['to'])];
  const minor = amountSchema.safeParse(cells['costMinor']);
  const campaign = cells['campaign'] === '' ? undefined : campaignIdSchema.safeParse(cells['campaign']);
  if (!channel.success) return 'channel';
  if (!from.success || !to.success) return 'day';
  const days = (Date.parse(to.data) - Date.parse(from.data)) / DAY_MILLIS + 1;
  if (days < 1 || days > DAYS_MAX) return 'period';
  if (!minor.success) return 'cost';
  if (cells['currency'] !== 'EUR') return 'currency';
  if (campaign !== undefined && (!campaign.success || !isKnown(campaign.data))) return 'campaign';
  const costs = overDays(minor.data, days).map((part, day) => ({ day: dayAfter(from.data, day), channel: channel.data, minor: part }));
  return { line, costs, ...(campaign?.success === true && { campaign: campaign.data }) };
}

/** Evenly, and what does not divide to the first days: together exactly the whole. */
export const overDays = (minor: number, days: number): number[] =>
  Array.from({ length: days }, (_, day) => Math.floor(minor / days) + (day < minor % days ? 1 : 0));
const dayAfter = (day: string, days: number): string => new Date(Date.parse(day) + days * DAY_MILLIS).toISOString().slice(0, 10);
