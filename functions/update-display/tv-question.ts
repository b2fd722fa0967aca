/** How something went, for a TV to ask: where its household has said yes to a text that names answers by remote control. */
import { allowsUse } from '../../shared/household/privacy.ts';
import { openSurvey, type Survey } from '../../shared/journey/survey/survey.ts';
import type { HouseholdId } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { load } from '../runtime/store.ts';
import { isSomethingOpen } from '../run-automation/ask-how-it-went.ts';

export async function tvQuestion(householdId: HouseholdId): Promise<Survey | undefined> {
  const surveys = (await load(kinds.surveys, keys.surveys(householdId)))?.state;
  // Mostly nothing is asked: the rest is read only where there is something to show.
  const waits = openSurvey(surveys, { hasOpenCase: false, now: productNow() });
  if (waits === undefined || !(await mayAskOnTv(householdId)) || (await isSomethingOpen(householdId))) return undefined;
  return waits;
}

export const mayAskOnTv = async (householdId: HouseholdId): Promise<boolean> =>
  allowsUse((await load(kinds.privacy, keys.privacy(householdId)))?.state, 'remote-answers');
