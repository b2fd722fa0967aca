/** Counting in the rows of a summary by names of touchpoints: `order.delivered`, or `order.approved@automation` for one initiator alone. */
import type { ProductLine } from '../words.ts';
import { NO_LINE, type Row, type Summary } from './summary.ts';
import type { Instant } from '../../values.ts';

/** The household as a whole: all product lines together, and what belongs to none. */
export const WHOLE = NO_LINE;

/** Without case, as others write names in their own way. @param name `type@initiator` as rows keep it @param asked types with or without `@initiator` */
export const isNamed = (name: string, asked: readonly string[]): boolean => {
  const judged = known.get(asked) ?? new Map<string, boolean>();
  if (judged.size === 0) known.set(asked, judged);
  const before = judged.get(name);
  if (before !== undefined) return before;
  const lower = name.toLowerCase();
  const is = asked.map((type) => type.toLowerCase()).some((type) => lower === type || lower.startsWith(`${type}@`));
  // Others make up names without end.
  if (judged.size < NAMES_MAX) judged.set(name, is);
  return is;
};
/** The lists of names are data that stands; the same few names are asked of every household. */
const known = new WeakMap<readonly string[], Map<string, boolean>>();
const NAMES_MAX = 500;

/** How many touchpoints of a row have one of the names; of one product line, or of all (`WHOLE`). */
export function countNamed(row: Row, asked: readonly string[], line: ProductLine = WHOLE): number {
  let sum = 0;
  for (const [of, named] of Object.entries(row.types))
    if (line === WHOLE || of === line) for (const [name, many] of Object.entries(named)) if (isNamed(name, asked)) sum += many;
  return sum;
}

/** How many touchpoints of a row came through any campaign. */
export const countCampaigns = ({ campaigns = {} }: Row): number => Object.values(campaigns).reduce((sum, many) => sum + many, 0);

/** The product lines that a household has had anything to do with, by their letters. */
export const linesOf = (summary: Summary): string[] =>
  [...new Set([...Object.values(summary.days), ...Object.values(summary.months)].flatMap((row) => Object.keys(row.types)))]
    .filter((line) => line !== NO_LINE)
    .sort();

/** When each thing so named was for the first time, or for the last, in the order of time. */
export const firstMoments = (summary: Summary, asked: readonly string[]): Instant[] => momentsOf(summary.first, asked);
export const lastMoments = (summary: Summary, asked: readonly string[]): Instant[] => momentsOf(summary.last, asked);
const momentsOf = (moments: Record<string, Instant>, asked: readonly string[]): Instant[] =>
  Object.entries(moments)
    .flatMap(([name, at]) => (isNamed(name, asked) ? [at] : []))
    .sort();

/** When anything at all last happened; undefined for a household without a touchpoint. */
export const lastOfAll = (summary: Summary): Instant | undefined => Object.values(summary.last).sort().at(-1);
export const firstOfAll = (summary: Summary): Instant | undefined => Object.values(summary.first).sort().at(0);
