/** The flow from a low supply to goods on their way, hour by hour of product time: every fact goes to whoever hears of it, and what is due is looked at. */
import { handler as decideOrder } from '../../functions/decide-order.ts';
import { handler as deliverWebhook } from '../../functions/deliver-webhook.ts';
import { handler as followSupply } from '../../functions/follow-supply.ts';
import { handler as proposeOrder } from '../../functions/propose-order.ts';
import { handler as reconcileOrder } from '../../functions/reconcile-order.ts';
import { handler as reviewSupply } from '../../functions/review-supply.ts';
import { householdPk, keys, kinds, retailerPk, type AggregateKind, type DueWorker, type Key } from '../../functions/runtime/aggregates.ts';
import { list } from '../../functions/runtime/store.ts';
import type { EventEnvelope } from '../../shared/events.ts';
import type { Instant, RetailerId } from '../../shared/values.ts';
import { dueRecord, eventRecord, tell, type World } from './harness.ts';
import { householdId } from './kitchen.ts';

const workers: Partial<Record<DueWorker, typeof decideOrder>> = {
  'review-supply': reviewSupply,
  'propose-order': proposeOrder,
  'decide-order': decideOrder,
  'deliver-webhook': deliverWebhook,
  'reconcile-order': reconcileOrder,
};

/** Who hears of a fact, as the template has it. */
function heardBy({ type }: EventEnvelope): (typeof decideOrder)[] {
  if (type === 'supply.low') return [proposeOrder];
  if (type === 'order.proposed') return [decideOrder, followSupply];
  if (type === 'order.approved') return [deliverWebhook, followSupply];
  if (type === 'order.taken-after-refusal') return [deliverWebhook];
  if (type === 'order.cancel-requested') return [deliverWebhook, followSupply];
  if (['order.rejected', 'order.cancelled', 'order.expired', 'order.declined', 'order.withdrawn', 'order.delivered'].includes(type))
    return [followSupply, proposeOrder];
  return type.startsWith('order.') && type !== 'order.placing' ? [followSupply] : [];
}

export class Flow {
  readonly #world: World;
  readonly #shops: readonly RetailerId[];
  #heard: readonly (string | undefined)[] = [];

  /** @param shops to whom something may be sent */
  constructor(world: World, shops: readonly RetailerId[]) {
    this.#world = world;
    this.#shops = shops;
  }

  /** @param step hours between two looks */
  async hours(many: number, step = 1): Promise<void> {
    for (let hour = 0; hour < many; hour += step) {
      await this.settle();
      this.#world.wait(step, 'hours');
    }
    await this.settle();
  }

  /** Until nobody has anything new to say. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 20; turn += 1) {
      const { events: news, heard } = await this.#world.saidAfter(this.#heard);
      this.#heard = heard;
      for (const event of news) for (const handler of heardBy(event)) await tell(handler, eventRecord(event));
      const due = await this.#due();
      for (const { worker, key } of due) await tell(worker, dueRecord(key, this.#world.now));
      if (news.length + due.length === 0) return;
    }
  }

  async #due(): Promise<Due[]> {
    const { now } = this.#world;
    const home = householdPk(householdId);
    const found = await Promise.all([
      dueIn(kinds.supply, home, 'SUPPLY#', now, ({ supplyId }) => keys.supply(householdId, supplyId)),
      dueIn(kinds.basket, home, 'BASKET', now, () => keys.basket(householdId)),
      dueIn(kinds.order, home, 'ORDER#', now, ({ order }) => keys.order(householdId, order.orderId)),
      ...this.#shops.map((shop) => dueIn(kinds.delivery, retailerPk(shop), 'DELIVERY#', now, ({ messageId }) => keys.delivery(shop, messageId))),
    ]);
    return found.flat();
  }
}

interface Due {
  readonly worker: typeof decideOrder;
  readonly key: Key;
}

async function dueIn<State>(kind: AggregateKind<State>, pk: string, prefix: string, now: Instant, keyOf: (state: State) => Key): Promise<Due[]> {
  return (await list(kind, pk, prefix)).flatMap(({ state }) => {
    const due = kind.due?.(state);
    const worker = due && due.at <= now ? workers[due.worker] : undefined;
    return worker === undefined ? [] : [{ worker, key: keyOf(state) }];
  });
}
