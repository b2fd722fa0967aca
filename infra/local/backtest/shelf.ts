/**
 * A shelf on which one unit is taken for every need of the past. Each day the goods come first, then the needs (one on an empty shelf is
 * missed and lost, though its purchase tells that there was one), then whoever keeps the shelf may order.
 */
import { arrivalDay } from './delay.ts';
import type { Tally, Trial } from './scenario.ts';

/** Whoever keeps a shelf, by whatever method. Days are told in their order, each once. */
export interface Keeper {
  /** Goods have come in the morning. @param orderedOn the days on which they were ordered, one for each order */
  receive?(day: number, orders: readonly Order[]): void;
  /** All that was needed on a day, whether it was there or not. */
  see(day: number, needs: { readonly count: number; readonly missed: number }): void;
  /** In the evening: how many units to order now. */
  order(day: number, stock: { readonly onHand: number; readonly onOrder: number }): number;
}

export interface Order {
  readonly day: number;
  readonly units: number;
}

const STOCK_AT_FIRST = 1;

export function keepShelf(trial: Trial, keeper: Keeper): Tally {
  const needsOn = new Map(trial.pair.needs.map(({ day, count }) => [day, count]));
  const coming = new Map<number, Order[]>();
  let [onHand, onOrder, ordered] = [STOCK_AT_FIRST, 0, 0];
  let [needs, missed, unitDays] = [0, 0, 0];
  for (let day = trial.splitDay; day < trial.endDay; day += 1) {
    const come = coming.get(day) ?? [];
    const units = come.reduce((sum, order) => sum + order.units, 0);
    onHand += units;
    onOrder -= units;
    if (units > 0) keeper.receive?.(day, come);
    const count = needsOn.get(day) ?? 0;
    const short = Math.max(0, count - onHand);
    onHand -= count - short;
    needs += count;
    missed += short;
    keeper.see(day, { count, missed: short });
    const more = keeper.order(day, { onHand, onOrder });
    if (more > 0) {
      const arrival = arrivalDay(trial, day, ordered);
      coming.set(arrival, [...(coming.get(arrival) ?? []), { day, units: more }]);
      onOrder += more;
      ordered += 1;
    }
    unitDays += onHand;
  }
  return { itemDays: trial.endDay - trial.splitDay, needs, missed, unitDays, orders: ordered, stockoutDays: 0 };
}
