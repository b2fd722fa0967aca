/** What an item contributes to the counters as it stands in the store now. */
import { contributionOfActions } from '../../shared/journey/next-best/action-log.ts';
import { contributionOfClosed } from '../../shared/journey/attribution/contribution.ts';
import { contributionOfInstance } from '../../shared/journey/conversion-path/numbers.ts';
import { contributionOfExposure } from '../../shared/journey/experiment/exposure.ts';
import { contributionOfLead } from '../../shared/journey/lead/lead-counters.ts';
import { contributionOfDay, contributionOfStanding } from '../../shared/journey/tally/contribution.ts';
import { contributionOfSteps } from '../../shared/journey/tally/contributions-of.ts';
import { isConversionPath, isLead, kinds } from '../runtime/aggregates.ts';
import { load } from '../runtime/store.ts';
import type { ReadContributions } from '../runtime/tally.ts';

export const contributionsNow: ReadContributions = async (source) => {
  if (source.sk.startsWith('DAY#')) {
    const stored = await load(kinds.dayTraces, source);
    return stored === undefined ? [] : contributionOfDay(stored.state.day, stored.state.traces);
  }
  if (source.sk.startsWith('PROCESS#')) {
    const stored = await load(kinds.processTraces, source);
    return stored === undefined ? [] : contributionOfSteps(stored.state.traces, stored.state.lookedAt);
  }
  if (source.sk.startsWith('TOUCHPATHS#')) return contributionOfClosed((await load(kinds.closedDay, source))?.state.paths ?? []);
  if (source.sk.startsWith('EXPOSURE#')) {
    const exposure = await load(kinds.exposure, source);
    return exposure === undefined ? [] : contributionOfExposure(exposure.state);
  }
  if (source.sk === 'NEXT-BEST') {
    const actions = await load(kinds.nextBest, source);
    return actions === undefined ? [] : contributionOfActions(actions.state);
  }
  if (isLead(source.sk)) {
    const lead = await load(kinds.lead, source);
    return lead === undefined ? [] : contributionOfLead(lead.state);
  }
  if (isConversionPath(source.sk)) {
    const instance = await load(kinds.conversionPath, source);
    return instance === undefined ? [] : contributionOfInstance(instance.state);
  }
  const standing = await load(kinds.standing, source);
  // Of nobody who has been forgotten, or never was anywhere.
  return standing === undefined || standing.state.seen === undefined ? [] : contributionOfStanding(standing.state);
};
