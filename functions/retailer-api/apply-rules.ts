/** What the household has said before about substitutes: a rule can only say no, and then nobody is asked. */
import type { Answer } from '../../shared/order/response.ts';
import { ruledOut } from '../../shared/order/substitution.ts';
import type { HouseholdId, Instant } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { commandOrder } from '../runtime/order.ts';
import { load } from '../runtime/store.ts';

type Question = Extract<Answer, { type: 'order.substitution-offered' }>['data'];

export async function applyRules(householdId: HouseholdId, { orderId, questionId }: Question, now: Instant): Promise<void> {
  const order = (await load(kinds.order, keys.order(householdId, orderId)))?.state.order;
  const question = order !== undefined && 'placement' in order ? order.substitutions?.find((each) => each.questionId === questionId) : undefined;
  if (question === undefined || question.answer !== undefined) return;
  const [supply, household] = await Promise.all([
    load(kinds.supply, keys.supply(householdId, question.supplyId)),
    load(kinds.household, keys.household(householdId)),
  ]);
  const rules = { substitute: supply?.state.settings.substitute, dietNever: household?.state.avoid };
  if (ruledOut(question, rules) === undefined) return;
  await commandOrder({ householdId, orderId }, { type: 'answerSubstitution', questionId, accepted: false, by: { kind: 'rule' }, now }, now);
}
