/** `npm run journeys -- rebuild --check`: makes everything once more from the touchpoints alone, and compares it with what stands. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { canonicalJson } from '../../../shared/digest.ts';
import type { ClosedDay, ClosedPath } from '../../../shared/journey/attribution/closed-path.ts';
import { closedPathsOf } from '../../../shared/journey/attribution/closing.ts';
import { contributionOfClosed } from '../../../shared/journey/attribution/contribution.ts';
import { contributionOfInstance } from '../../../shared/journey/conversion-path/numbers.ts';
import { contributionOfExposure } from '../../../shared/journey/experiment/exposure.ts';
import { foldAll, summaryOf, type Folded } from '../../../shared/journey/fold/fold-all.ts';
import { contributionOfLead } from '../../../shared/journey/lead/lead-counters.ts';
import { contributionOfActions } from '../../../shared/journey/next-best/action-log.ts';
import type { Standing } from '../../../shared/journey/standing/standing.ts';
import { contributionsOf } from '../../../shared/journey/tally/contributions-of.ts';
import { freeze, mergeCounters, type Counters } from '../../../shared/journey/tally/batch.ts';
import { householdIdSchema } from '../../../shared/values.ts';
import { UsageError } from '../options.ts';
import { compareLeads } from './rebuild-leads.ts';
import { byHousehold, readJourneys, type Journeys } from './read-journeys.ts';

export const rebuildUsage = `npm run journeys -- rebuild --check [--data DIR]
  --check      changes nothing: makes all of it once more from the touchpoints, and says what differs from what stands
  --data DIR   the folder of the run (default .nachschub)`;

export interface Compared {
  readonly touchpoints: number;
  readonly households: number;
  readonly days: number;
  readonly processes: number;
  readonly counters: number;
  /** Each in one line; empty where all is the same. */
  readonly differences: readonly string[];
}

/** @throws UsageError */
export async function rebuild(args: string[]): Promise<{ readonly text: string; readonly isSame: boolean }> {
  const compared = compare(await readJourneys(dataOf(args)));
  const { touchpoints, households, days, processes, counters, differences } = compared;
  const what = `${touchpoints} touchpoints of ${households} households make ${days} days, ${processes} processes and ${counters} counters`;
  const verdict =
    differences.length === 0 ? 'All of it is what stands.' : `${differences.length} differ from what stands:\n${differences.slice(0, 50).join('\n')}`;
  return { text: `${what}.\n${verdict}\n`, isSame: differences.length === 0 };
}

function dataOf(args: string[]): string {
  try {
    const { check, data } = parseArgs({
      args,
      options: { check: { type: 'boolean', default: false }, data: { type: 'string', default: '.nachschub' } },
    }).values;
    if (!check) throw new UsageError(`A running product rebuilds a journey by itself whenever that is needed; this command compares.\n\n${rebuildUsage}`);
    return path.resolve(data);
  } catch (error) {
    throw error instanceof UsageError
      ? error
      : new UsageError(`${error instanceof Error ? error.message : 'the options were not understood'}\n\n${rebuildUsage}`);
  }
}

export function compare(journeys: Journeys): Compared {
  const differences: string[] = [];
  const counted = { days: 0, processes: 0 };
  const contributions = [];
  const homes = byHousehold(journeys);
  for (const [name, touchpoints] of homes) {
    const householdId = householdIdSchema.parse(name);
    const stands = journeys.summaries.get(householdId);
    if (stands?.profiling?.allowed === false) {
      if (journeys.folded.has(householdId)) differences.push(`${householdId}: has objected, and something is folded`);
      continue;
    }
    const made = foldAll(touchpoints);
    counted.days += Object.keys(made.days).length;
    counted.processes += Object.keys(made.processes).length;
    differences.push(...compareFolded(householdId, made, journeys.folded.get(householdId)));
    const { profiling: _, ...summary } = stands ?? {};
    if (canonicalJson(summary) !== canonicalJson(summaryOf(householdId, made.days))) differences.push(`${householdId}: another summary`);
    const standing = journeys.standings.get(householdId);
    const paths = madePaths(made, standing, journeys.closed.get(householdId));
    differences.push(...paths.differences.map((day) => `${householdId}: other touch paths closed on ${day}`));
    contributions.push(...paths.closed.flatMap(contributionOfClosed));
    // Who looked, and when, stands with the process: touchpoints do not tell it.
    const looks = { lookedAt: journeys.folded.get(householdId)?.lookedAt ?? {} };
    contributions.push(...contributionsOf({ ...made, ...looks, householdId, standing: standing?.seen === undefined ? undefined : standing }));
  }
  for (const householdId of journeys.summaries.keys())
    if (!homes.has(householdId) && hasDays(journeys, householdId)) differences.push(`${householdId}: stands without touchpoints`);
  // When a household was due for a treatment is no touchpoint: these are compared as they stand, like standings.
  contributions.push(
    ...journeys.exposures.flatMap(contributionOfExposure),
    ...journeys.pathInstances.flatMap(contributionOfInstance),
    ...journeys.actions.flatMap(contributionOfActions),
    ...journeys.leads.flatMap(contributionOfLead),
  );
  differences.push(...compareLeads(journeys));
  const counters = countersOf(contributions);
  differences.push(...compareCounters(counters, journeys.tallies));
  return {
    ...{ touchpoints: journeys.touchpoints.length, households: homes.size, ...counted },
    counters: Object.values(counters).reduce((sum, bucket) => sum + Object.keys(bucket).length, 0),
    differences,
  };
}

/** What has closed by the day up to which it was closed. Where something has come late since, and waits for the next look, what stands is taken for right. */
function madePaths(
  { days }: Folded,
  standing: Standing | undefined,
  stands: readonly ClosedDay[] = [],
): { closed: readonly (readonly ClosedPath[])[]; differences: string[] } {
  const stood = new Map(stands.map(({ day, paths }) => [day, paths]));
  if (standing?.late !== undefined) return { closed: [...stood.values()], differences: [] };
  const made = Object.fromEntries(Object.entries(closedPathsOf(days)).filter(([day]) => day <= (standing?.closedUpTo ?? '')));
  const differences = [...new Set([...stood.keys(), ...Object.keys(made)])].filter(
    (day) => canonicalJson(stood.get(day) ?? []) !== canonicalJson(made[day] ?? []),
  );
  return { closed: Object.values(made), differences: differences.sort() };
}

const hasDays = ({ summaries }: Journeys, householdId: Parameters<Journeys['summaries']['get']>[0]): boolean =>
  Object.keys(summaries.get(householdId)?.days ?? {}).length > 0;

/** Nothing, and traces of nothing, are the same: what was taken away leaves an empty day. */
function compareFolded(householdId: string, made: Folded, stands: Folded = { days: {}, processes: {} }): string[] {
  return (['days', 'processes'] as const).flatMap((what) =>
    [...new Set([...Object.keys(made[what]), ...Object.keys(stands[what])])]
      .filter((name) => canonicalJson(made[what][name] ?? {}) !== canonicalJson(stands[what][name] ?? {}))
      .map((name) => `${householdId}: other ${what} at ${name}`),
  );
}

/** As a tally counts them: once, into an empty one. */
function countersOf(contributions: ReturnType<typeof contributionsOf>): Record<string, Counters> {
  return freeze({ batch: 0 }, Object.fromEntries(contributions.map((contribution, index) => [String(index), [contribution]])), {})?.deltas ?? {};
}

function compareCounters(made: Record<string, Counters>, tallies: Journeys['tallies']): string[] {
  const buckets = new Set([...Object.keys(made), ...tallies.map(({ bucket }) => bucket)]);
  return [...buckets].sort().flatMap((bucket) => {
    const stands = mergeCounters(tallies.filter((one) => one.bucket === bucket).map(({ tally }) => tally.counters));
    const names = [...new Set([...Object.keys(stands), ...Object.keys(made[bucket] ?? {})])].sort();
    return names
      .filter((name) => (stands[name] ?? 0) !== (made[bucket]?.[name] ?? 0))
      .map((name) => `${bucket} ${name}: ${made[bucket]?.[name] ?? 0} made, ${stands[name] ?? 0} stands`);
  });
}
