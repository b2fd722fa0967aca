/** What is bought more of, as somebody who watches the market says it, as signals. */
import { z } from 'zod';
import { instantSchema, type Instant } from '../../values.ts';
import type { Signal } from './signal.ts';

/** One line of a series: of this category so much more is wanted than usual, from one day to another, both included. */
export const trendLineSchema = z.strictObject({ from: z.iso.date(), to: z.iso.date(), category: z.string().min(1).max(40), share: z.number().min(-1).max(10) });
export type TrendLine = z.infer<typeof trendLineSchema>;

/** Whoever watches what is wanted: functions/runtime/trends.ts. Nobody waits for it: where it does not answer, it answers nothing. */
export interface TrendPort {
  linesAround(now: Instant): Promise<readonly TrendLine[]>;
}

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 30);

/** Those that stand now; a day's date is that of UTC, as the weather's. */
export function trendSignals(lines: readonly TrendLine[], now: Instant): Signal[] {
  const today = now.slice(0, 10);
  return lines.flatMap(({ from, to, category, share }): Signal[] =>
    from <= today && today <= to
      ? [
          {
            ...{ signalId: `trend-${slug(category)}-${from}`, kind: 'trend', at: instantSchema.parse(`${from}T00:00:00.000Z`) },
            ...{ categories: [category], share, until: instantSchema.parse(`${to}T23:59:59.000Z`) },
          },
        ]
      : [],
  );
}
