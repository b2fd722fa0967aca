/** Goods of a contract that somebody has withdrawn from: what went back is regretted at its supplies, once for each part of a withdrawal. */
import type { EventData } from '../../shared/events.ts';
import { takenBack } from '../../shared/supply/automation/score-cycle.ts';
import { ignored, type Instant } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { commandOrder } from '../runtime/order.ts';
import { change, load } from '../runtime/store.ts';

export async function takeBack({ householdId, orderId, part, lines }: EventData<'contract.withdrawn'>, now: Instant): Promise<void> {
  const order = (await load(kinds.order, keys.order(householdId, orderId)))?.state.order;
  if (order === undefined) throw new Error(`an event speaks of ${orderId}, which does not exist`);
  const withdrawal = (await load(kinds.contractWithdrawal, keys.contractWithdrawal(householdId, orderId)))?.state;
  const at = withdrawal?.parts.find((known) => known.part === part)?.declaredAt ?? now;
  // From here on the order knows what the shop owes for it.
  await commandOrder({ householdId, orderId }, { type: 'noteWithdrawal', withdrawn: { part, at, lines } }, now);
  for (const { supplyId, gtin, pack } of order.quote.lineItems) {
    const packs = lines.find((line) => line.gtin === gtin)?.packs ?? 0;
    if (packs === 0) continue;
    await change(kinds.supply, keys.supply(householdId, supplyId), (supply) => {
      const told = supply && takenBack(supply, `${orderId}/${String(part)}`, packs * pack.amount, now);
      return told === undefined ? ignored('known') : { kind: 'changed', state: told.supply, events: told.events };
    });
  }
}
