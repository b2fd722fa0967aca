/** What everything that was made of a household's journey contributes to the counters. */
import { latest, type HouseholdId, type Instant } from '../../values.ts';
import type { Folded } from '../fold/fold-all.ts';
import type { Traces } from '../fold/trace.ts';
import type { Standing } from '../standing/standing.ts';
import type { Contribution } from './batch.ts';
import { contributionOfDay, contributionOfProcess, contributionOfStanding } from './contribution.ts';

/** As it looked when its last step came: so the same traces contribute the same whenever they are read. */
export function contributionOfSteps(traces: Traces): Contribution[] {
  const [first, ...rest] = Object.values(traces).map(({ at }): Instant => at);
  return first === undefined ? [] : contributionOfProcess(traces, latest(first, ...rest));
}

export const contributionsOf = ({
  days,
  processes,
  standing,
}: Folded & { readonly householdId: HouseholdId; readonly standing: Standing | undefined }): Contribution[] => [
  ...Object.entries(days).flatMap(([day, traces]) => contributionOfDay(day, traces)),
  ...Object.values(processes).flatMap(contributionOfSteps),
  ...(standing === undefined ? [] : contributionOfStanding(standing)),
];
