/** Whether what was foretold of a household came true: one prediction at a time, judged by its next purchase or by its absence, and counted for ever. */
import { z } from 'zod';
import { instantSchema, isBefore, type Instant } from '../../values.ts';
import type { Counters } from '../tally/batch.ts';
import { judgedAt, type Outlook } from './outlook.ts';

const count = z.int().min(0);
/** Of what was foretold, 0–9: up to 0.1, up to 0.2 and so on. */
const tenth = z.int().min(0).max(9);
export const foretoldSchema = z.strictObject({
  open: z.strictObject({ at: instantSchema, tenth, judgeAt: instantSchema }).optional(),
  /** By tenth: how often it was foretold and judged, and how often nothing came indeed. */
  judged: z.array(z.strictObject({ tenth, of: count, left: count })).max(10),
});
export type Foretold = z.infer<typeof foretoldSchema>;

/** @param before what was known of it until now @param outlook absent: nothing is foretold, and nothing judged */
export function foretell(before: Foretold | undefined, outlook: Outlook | undefined, now: Instant): Foretold | undefined {
  if (outlook === undefined) return before;
  const { open, judged } = before ?? { judged: [] };
  if (open === undefined) return { open: opened(outlook), judged };
  const hasBought = isBefore(open.at, outlook.buying.lastAt);
  if (!hasBought && isBefore(now, open.judgeAt)) return before;
  return { open: opened(outlook), judged: withOne(judged, open.tenth, !hasBought) };
}

const opened = (outlook: Outlook): Foretold['open'] => ({ at: outlook.at, tenth: Math.min(9, Math.floor(outlook.leaves * 10)), judgeAt: judgedAt(outlook) });

function withOne(judged: Foretold['judged'], of: number, hasLeft: boolean): Foretold['judged'] {
  const known = judged.find((one) => one.tenth === of) ?? { tenth: of, of: 0, left: 0 };
  const more = { tenth: of, of: known.of + 1, left: known.left + Number(hasLeft) };
  return [...judged.filter((one) => one.tenth !== of), more].sort((a, b) => a.tenth - b.tenth);
}

const FORETOLD = 'now|foretold';
export const foretoldCounters = ({ judged }: Foretold): Counters =>
  Object.fromEntries(
    judged.flatMap(({ tenth: of, of: many, left }) => [[`${FORETOLD}|${of}|of`, many], ...(left > 0 ? [[`${FORETOLD}|${of}|left`, left] as const] : [])]),
  );

export interface CalibrationPoint {
  /** The middle of the tenth that was foretold. */
  readonly foretold: number;
  /** The share that left; and how many predictions it rests on. */
  readonly left: number;
  readonly of: number;
}
/** Tenths in which something was judged. */
export const calibrationIn = (counters: Counters): CalibrationPoint[] =>
  Array.from({ length: 10 }, (_, of) => of).flatMap((of) => {
    const many = counters[`${FORETOLD}|${of}|of`] ?? 0;
    return many === 0 ? [] : [{ foretold: (of + 0.5) / 10, left: (counters[`${FORETOLD}|${of}|left`] ?? 0) / many, of: many }];
  });
