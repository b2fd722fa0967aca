/** What a household's outlook adds to the counters of all, and what a report reads of them. */
import { mergeCounters, type Counters } from '../tally/batch.ts';
import { binsOf } from './bins.ts';
import { calibrationIn, foretoldCounters, type CalibrationPoint, type Foretold } from './foretold.ts';
import { readingSchema, type Outlook, type Reading } from './outlook.ts';

const LEAVES = 'now|leaves';
const READING = 'now|reading';
const CAUSE = 'now|cause';
const AHEAD = 'now|ahead';
const FLAGGED = 0.5;

export function churnCounters(outlook: Outlook | undefined, foretold: Foretold | undefined): Counters {
  const judged = foretold === undefined ? {} : foretoldCounters(foretold);
  if (outlook === undefined) return judged;
  const { leaves, reading, causes, expectedMinor, buying } = outlook;
  const own: Counters = {
    ...{ [`${LEAVES}|${Math.min(9, Math.floor(leaves * 10))}`]: 1, [`${READING}|${reading}`]: 1, [`${AHEAD}|minor`]: expectedMinor },
    // Of those who may leave, why.
    ...(leaves >= FLAGGED && Object.fromEntries((causes.length === 0 ? ['unknown'] : causes.map(({ code }) => code)).map((code) => [`${CAUSE}|${code}`, 1]))),
  };
  return mergeCounters([own, binsOf(buying), judged]);
}

export interface ChurnReport {
  /** Households of which anything is foretold. */
  readonly households: number;
  /** By tenths of the chance to leave, ten of them. */
  readonly tenths: readonly number[];
  readonly readings: readonly { readonly reading: Reading; readonly households: number }[];
  /** Of those who may leave, the most frequent first. */
  readonly causes: readonly { readonly cause: string; readonly households: number }[];
  /** Minor units that all of them are expected to buy for within twelve weeks. */
  readonly expectedMinor: number;
  readonly calibration: readonly CalibrationPoint[];
}

/** @param counters of the bucket `now` */
export function churnReportIn(counters: Counters): ChurnReport {
  const tenths = Array.from({ length: 10 }, (_, of) => counters[`${LEAVES}|${of}`] ?? 0);
  return {
    ...{ households: tenths.reduce((sum, many) => sum + many, 0), tenths, expectedMinor: counters[`${AHEAD}|minor`] ?? 0 },
    readings: readingSchema.options
      .map((reading) => ({ reading, households: counters[`${READING}|${reading}`] ?? 0 }))
      .filter(({ households }) => households > 0),
    causes: Object.entries(counters)
      .flatMap(([name, households]) => (name.startsWith(`${CAUSE}|`) ? [{ cause: name.slice(CAUSE.length + 1), households }] : []))
      .sort((a, b) => b.households - a.households || (a.cause < b.cause ? -1 : 1)),
    calibration: calibrationIn(counters),
  };
}
