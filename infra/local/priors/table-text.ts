/** The learnt table as the module that ships it. */
import type { Learnt, LearntRow } from './learn.ts';

/** @param origin where the purchases come from, in one line */
export function tableText({ any, rows }: Learnt, origin: string): string {
  const row = ({ category, shape, rateDays, households, items }: LearntRow): string =>
    `{ category: '${category}', shape: ${shape}, rateDays: ${rateDays}, households: ${households}, items: ${items} }`;
  return [
    '/**',
    ' * How often households buy a pack: a gamma distribution of packs a day for each category, over the items that a household bought on at least five',
    ' * days. Figures, not purchases. Written by `npm run priors -- --purchases FILE --categories FILE --origin TEXT --out` this file; do not edit it.',
    ` * Learnt from ${origin}.`,
    ' */',
    'export interface PriorRow {',
    '  readonly category: string;',
    '  /** Of the gamma distribution of packs a day; the smaller, the more unlike households are. */',
    '  readonly shape: number;',
    '  /** Days; shape / rateDays is the mean. */',
    '  readonly rateDays: number;',
    '  readonly households: number;',
    '  /** One item of one household each. */',
    '  readonly items: number;',
    '}',
    '',
    `export const PRIOR_OF_ANY: PriorRow = ${row(any)};`,
    '',
    'export const PRIORS: readonly PriorRow[] = [',
    ...rows.map((one) => `  ${row(one)},`),
    '];',
    '',
  ].join('\n');
}
