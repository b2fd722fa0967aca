/** A step that a household has been through → perhaps one question how it went. */
import type { EventEnvelope } from '../../shared/events.ts';
import { askAfter, type Lived } from '../../shared/journey/survey/survey.ts';
import type { HouseholdId } from '../../shared/values.ts';
import { householdPk, keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { change, list, load } from '../runtime/store.ts';

type Step = Extract<EventEnvelope, { type: 'order.delivered' | 'case.solved' }>;
export const isStep = (event: EventEnvelope): event is Step => event.type === 'order.delivered' || event.type === 'case.solved';

export async function askHowItWent(event: Step): Promise<void> {
  const lived = await livedIn(event);
  const hasOpenCase = await isSomethingOpen(lived.householdId);
  await change(kinds.surveys, keys.surveys(lived.householdId), (surveys) => askAfter(surveys, lived, { hasOpenCase, now: productNow() }));
}

/** Whether something is being mended for this household. */
export const isSomethingOpen = async (householdId: HouseholdId): Promise<boolean> =>
  (await list(kinds.case, householdPk(householdId), 'CASE#')).some(({ state }) => state.status !== 'solved');

async function livedIn({ type, time: at, data }: Step): Promise<Lived> {
  const { householdId } = data;
  if (type === 'case.solved') return { step: 'case-solved', householdId, caseId: data.caseId, at };
  const { orderId } = data;
  const order = (await load(kinds.order, keys.order(householdId, orderId)))?.state.order;
  const isAutomatic = order !== undefined && 'approval' in order && order.approval?.by.kind === 'mandate';
  return { step: 'order-delivered', householdId, orderId, isAutomatic, at };
}
