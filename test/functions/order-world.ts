/** Brings Anna's order as far as a test wants it, through the functions themselves. */
import { handler as decideOrder } from '../../functions/decide-order.ts';
import { handler as proposeOrder } from '../../functions/propose-order.ts';
import { keys, kinds, type StoredOrder } from '../../functions/runtime/aggregates.ts';
import { change, list, load } from '../../functions/runtime/store.ts';
import { observe } from '../../shared/supply/observe.ts';
import { ignored } from '../../shared/values.ts';
import { reading } from '../shared/supply/milk.ts';
import { dueRecord, eventRecord, ofType, tell, type World } from './harness.ts';
import { householdId, milkSupply } from './kitchen.ts';

export const orders = async (): Promise<StoredOrder[]> => (await list(kinds.order, `HH#${householdId}`, 'ORDER#')).map(({ state }) => state);

export async function theOrder(): Promise<StoredOrder> {
  const [only, ...more] = await orders();
  if (only === undefined || more.length > 0) throw new Error(`expected one order, found ${more.length + (only === undefined ? 0 : 1)}`);
  return only;
}

export const basket = async () => (await load(kinds.basket, keys.basket(householdId)))?.state;
export const spend = async () => (await load(kinds.spend, keys.spend(householdId)))?.state;

/** Three low readings: the milk says that it is low. */
export async function drink(world: World): Promise<void> {
  world.wait(12, 'hours');
  const low = [reading(1, 9, 1.2), reading(2, 10, 1.1), reading(3, 11, 1)];
  await change(kinds.supply, keys.supply(householdId, milkSupply), (supply) => {
    if (supply === undefined) return ignored('no milk');
    const { supply: state, events } = observe(supply, low, world.now);
    return { kind: 'changed', state, events };
  });
}

export const basketIsDue = (world: World) => dueRecord(keys.basket(householdId), world.now);

export async function propose(world: World): Promise<void> {
  await drink(world);
  await tell(proposeOrder, ...ofType(await world.said(), 'supply.low').map((event) => eventRecord(event)));
  world.wait(2, 'hours');
  await tell(proposeOrder, basketIsDue(world));
}

export async function decide(world: World): Promise<void> {
  await tell(decideOrder, ...ofType(await world.said(), 'order.proposed').map((event) => eventRecord(event)));
}
