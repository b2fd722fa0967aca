/** What everything that was made of a household's journey contributes to the counters. */
import type { HouseholdId, Instant } from '../../values.ts';
import type { Folded } from '../fold/fold-all.ts';
import type { Traces } from '../fold/trace.ts';
import type { Standing } from '../standing/standing.ts';
import type { Contribution } from './batch.ts';
import { contributionOfDay, contributionOfProcess, contributionOfStanding } from './contribution.ts';
import { asOf } from './next-look.ts';

/** As it looked at its last step, or when time had last made it look different: so the same contributes the same whenever it is read. */
export function contributionOfSteps(traces: Traces, lookedAt?: Instant): Contribution[] {
  const at = asOf(traces, lookedAt);
  return at === undefined ? [] : contributionOfProcess(traces, at);
}

export const contributionsOf = ({
  days,
  processes,
  lookedAt = {},
  standing,
}: Folded & { readonly householdId: HouseholdId; readonly standing: Standing | undefined }): Contribution[] => [
  ...Object.entries(days).flatMap(([day, traces]) => contributionOfDay(day, traces)),
  ...Object.entries(processes).flatMap(([about, traces]) => contributionOfSteps(traces, lookedAt[about])),
  ...(standing === undefined ? [] : contributionOfStanding(standing)),
];
