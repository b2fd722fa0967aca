/** A withdrawal that was declared without signing in → the contract it names, if there is one and the right still stands; else a person looks at it. */
import { declareWithdrawal } from '../../shared/order/withdrawal/contract-withdrawal.ts';
import { settled, type Declaration } from '../../shared/order/withdrawal/declaration.ts';
import { ignored, type DeclarationId, type HouseholdId, type Instant, type OrderId } from '../../shared/values.ts';
import { keys, kinds, type Key } from '../runtime/aggregates.ts';
import { logger } from '../runtime/log.ts';
import { change, load } from '../runtime/store.ts';
import { prepareWithdrawals } from './prepare-messages.ts';

/** The deliveries to the shop that follow from it. */
export async function matchDeclaration(declarationId: DeclarationId, now: Instant): Promise<readonly Key[]> {
  const declaration = (await load(kinds.declaration, keys.declaration(declarationId)))?.state;
  if (declaration === undefined) return [];
  const matched = await match(declaration);
  if (matched.kind === 'nothing') {
    logger.info('a declared withdrawal waits for a person', { declarationId, reason: matched.reason });
    await settle(declarationId, { status: 'for-support', reason: matched.reason, ...(matched.householdId && { householdId: matched.householdId }) });
    return [];
  }
  const { householdId, orderId } = matched;
  const deliveries = await prepareWithdrawals({ householdId, orderId }, now);
  await settle(declarationId, { status: 'forwarded', householdId });
  return deliveries;
}

type Matched =
  | { readonly kind: 'withdrawn'; readonly householdId: HouseholdId; readonly orderId: OrderId }
  | { readonly kind: 'nothing'; readonly reason: string; readonly householdId?: HouseholdId };

async function match({ declarationId, orderId, isPartial, declaredAt }: Declaration): Promise<Matched> {
  if (orderId === undefined) return { kind: 'nothing', reason: 'unknown-order' };
  const householdId = (await load(kinds.orderOwner, keys.orderOwner(orderId)))?.state.householdId;
  const order = householdId && (await load(kinds.order, keys.order(householdId, orderId)))?.state.order;
  if (householdId === undefined || order === undefined) return { kind: 'nothing', reason: 'unknown-order' };
  // What the person means by a part stands there in words.
  if (isPartial) return { kind: 'nothing', reason: 'partial', householdId };
  const by = { kind: 'declaration', declarationId } as const;
  const result = await change(kinds.contractWithdrawal, keys.contractWithdrawal(householdId, orderId), (before) =>
    declareWithdrawal(before, order, { declarationId, by, declaredAt }),
  );
  return result.kind === 'rejected' ? { kind: 'nothing', reason: result.reason, householdId } : { kind: 'withdrawn', householdId, orderId };
}

const settle = (declarationId: DeclarationId, outcome: Parameters<typeof settled>[1]) =>
  change(kinds.declaration, keys.declaration(declarationId), (current) => (current === undefined ? ignored('gone') : settled(current, outcome)));
