/** Brings Anna's order as far as a test wants it, through the functions themselves. */
import { handler as decideOrder } from '../../functions/decide-order.ts';
import { handler as proposeOrder } from '../../functions/propose-order.ts';
import { keys, kinds, type StoredOrder } from '../../functions/runtime/aggregates.ts';
import { change, list, load } from '../../functions/runtime/store.ts';
import { observe } from '../../shared/supply/observe.ts';
import { ignored, type OrderId } from '../../shared/values.ts';
import { reading } from '../shared/supply/milk.ts';
import { dueRecord, eventRecord, ofType, openWorld, tell, type World } from './harness.ts';
import { furnish, grantMandate, householdId, milkSupply, openShop } from './kitchen.ts';
import { openShopServer, type ShopServer } from './shop-server.ts';

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

export interface OrderedWorld {
  readonly world: World;
  /** Of the shop that the order is for. */
  readonly shop: ShopServer;
  readonly orderId: OrderId;
  readonly close: () => Promise<void>;
}

/** An order that Anna's mandate has approved, for a shop whose server listens; nothing has been sent yet. @param also what else there is before it is ordered */
export async function orderedWorld(also: () => Promise<void> = () => Promise.resolve()): Promise<OrderedWorld> {
  const world = await openWorld();
  const shop = await openShopServer();
  await furnish();
  await openShop(shop.url);
  await also();
  await grantMandate();
  await propose(world);
  await decide(world);
  const { orderId } = (await theOrder()).order;
  const close = async () => {
    await shop.close();
    await world.close();
  };
  return { world, shop, orderId, close };
}
