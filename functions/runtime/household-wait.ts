/** How long a household takes to say yes, as its items have learnt it. */
import { bestInformed, type ApprovalWait } from '../../shared/supply/reorder/approval-wait.ts';
import type { HouseholdId } from '../../shared/values.ts';
import { householdPk, kinds } from './aggregates.ts';
import { list } from './store.ts';

export const householdWait = async (householdId: HouseholdId): Promise<ApprovalWait | undefined> =>
  bestInformed((await list(kinds.supply, householdPk(householdId), 'SUPPLY#')).map(({ state }) => state.leadTime.approval));
