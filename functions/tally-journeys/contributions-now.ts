/** What an item contributes to the counters as it stands in the store now. */
import { contributionOfDay, contributionOfStanding } from '../../shared/journey/tally/contribution.ts';
import { contributionOfSteps } from '../../shared/journey/tally/contributions-of.ts';
import { kinds } from '../runtime/aggregates.ts';
import { load } from '../runtime/store.ts';
import type { ReadContributions } from '../runtime/tally.ts';

export const contributionsNow: ReadContributions = async (source) => {
  if (source.sk.startsWith('DAY#')) {
    const stored = await load(kinds.dayTraces, source);
    return stored === undefined ? [] : contributionOfDay(stored.state.day, stored.state.traces);
  }
  if (source.sk.startsWith('PROCESS#')) return contributionOfSteps((await load(kinds.processTraces, source))?.state.traces ?? {});
  const standing = await load(kinds.standing, source);
  // Of nobody who has been forgotten, or never was anywhere.
  return standing === undefined || standing.state.seen === undefined ? [] : contributionOfStanding(standing.state);
};
