/**
 * A mandate buys when a forecast of the household's habits says so. Who has objected to profiling is therefore asked about every order
 * (GDPR Art. 21, 22; CJEU C-634/21): no mandate is looked at, and what they spend stays as it is.
 */
import type { RuleResult } from '../../shared/event-parts.ts';
import { standing } from '../../shared/household/privacy.ts';
import type { Spend } from '../../shared/order/mandate/spend.ts';
import type { HouseholdId } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { load } from '../runtime/store.ts';

export const hasObjected = async (householdId: HouseholdId): Promise<boolean> =>
  standing((await load(kinds.privacy, keys.privacy(householdId)))?.state, 'profiling') === 'withdrawn';

/** What is judged then: nothing that could cover the order, so that the record gives the same answer again. */
export const withoutMandates = (spend: Spend): Spend => ({ ...spend, mandates: {} });

export const objectionRule: RuleResult = {
  rule: 'no-objection-to-profiling',
  passed: false,
  expected: 'automatic buying by forecast is allowed',
  actual: 'the household has objected to profiling',
};
