/** What has come is noted by product, outside of the household's own partition, so that a recall finds whoever had it. */
import { goodsCame } from '../../shared/order/goods-came.ts';
import type { Order } from '../../shared/order/order-state.ts';
import { withCame } from '../../shared/journey/signal/goods-had.ts';
import { ignored } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { change } from '../runtime/store.ts';

/** A repeat changes nothing. */
export async function noteGoods(order: Order): Promise<void> {
  const { householdId, orderId } = order;
  for (const came of goodsCame(order)) {
    await change(kinds.goodsHad, keys.goodsHad(householdId, came.gtin), (before) => {
      const state = withCame(before, householdId, orderId, came);
      return state === undefined ? ignored('known') : { kind: 'changed', state, events: [] };
    });
  }
}
