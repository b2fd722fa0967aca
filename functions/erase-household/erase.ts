/**
 * The order matters. First nobody is a member any more, so that nobody approves; then no mandate, so that nothing approves by itself; then
 * nothing that could propose. Only then is looked whether an order slipped in, or a withdrawal that its shop has not heard of: they are waited
 * for. The household, with the address that such an order needs, goes last.
 */
import { isOnItsWay, isUntold, voucherOf } from '../../shared/household/erasure.ts';
import type { Device } from '../../shared/household/household.ts';
import type { Order } from '../../shared/order/order-state.ts';
import { ignored, type HouseholdId } from '../../shared/values.ts';
import { disconnect } from '../disconnect-member/apps.ts';
import { householdPk, keys, kinds } from '../runtime/aggregates.ts';
import { besides, householdPartitions, isOfDevice, kindOf, thingPartition } from '../runtime/holdings.ts';
import { readItems, removeItem, type Partition, type StoredItem } from '../runtime/partition.ts';
import { change, createOnce, list, load } from '../runtime/store.ts';
import { clearShadow } from './clear-shadow.ts';
import { forgetWhoIsWho } from './forget-who-is-who.ts';
import { removeAccounts } from './remove-accounts.ts';

const ITEMS_AT_ONCE = 50;
/** About ten seconds of one run; what is left goes with the next. */
const REMOVED_MAX = 2_000;
/** These stay until nothing is on its way. */
const LAST: ReadonlySet<string> = new Set(['household', 'order', 'contractWithdrawal', 'erasure']);

/** False when something has to be waited for, or the run has done enough. A repeat goes on where the one before ended. */
export async function erase(householdId: HouseholdId): Promise<boolean> {
  const [house, journey] = householdPartitions(householdId);
  if (house === undefined || journey === undefined) throw new Error('a household stands in two partitions');
  const budget = { left: REMOVED_MAX };
  for (const { state } of await list(kinds.app, householdPk(householdId), 'APP#')) await disconnect(state);
  await removeAccounts(householdId);
  for (const kind of ['member', 'spend', 'basket']) await removeAll(house, budget, (item) => kindOf('household', item.sk).kind === kind);
  for (const { state } of await list(kinds.device, householdPk(householdId), 'DEVICE#')) await removeDevice(state, budget);
  await removeAll(house, budget, ({ sk }) => !LAST.has(kindOf('household', sk).kind));
  const orders = await list(kinds.order, householdPk(householdId), 'ORDER#', Infinity);
  const withdrawals = await list(kinds.contractWithdrawal, householdPk(householdId), 'WITHDRAWAL#', Infinity);
  if (budget.left <= 0 || orders.some(({ state }) => isOnItsWay(state.order)) || withdrawals.some(({ state }) => isUntold(state))) return false;
  for (const { state } of orders) await keepVoucher(state.order);
  for (const kind of ['contractWithdrawal', 'order']) await removeAll(house, budget, ({ sk }) => kindOf('household', sk).kind === kind);
  await forgetWhoIsWho(householdId);
  await removeAll(journey, budget, () => true);
  if (budget.left <= 0) return false;
  await removeAll(house, budget, ({ sk }) => kindOf('household', sk).kind === 'household');
  return true;
}

/** The first one made stands: what a repeat might find fewer of is in it already. */
async function keepVoucher(order: Order): Promise<void> {
  const withdrawal = await load(kinds.contractWithdrawal, keys.contractWithdrawal(order.householdId, order.orderId));
  const voucher = voucherOf(order, withdrawal?.state);
  if (voucher !== undefined) await createOnce(kinds.voucher, keys.voucher(voucher.orderId), voucher);
}

/** What an item names elsewhere goes before the item: the other way round, nobody would find it after a crash. */
async function removeAll(partition: Partition, budget: { left: number }, isMeant: (item: StoredItem) => boolean): Promise<void> {
  let after: string | undefined;
  for (
    let items = await readItems(partition, after, ITEMS_AT_ONCE);
    items.length > 0 && budget.left > 0;
    items = await readItems(partition, after, ITEMS_AT_ONCE)
  ) {
    const meant = items.filter(isMeant);
    await Promise.all(
      meant.map(async (item) => {
        for (const { table, key } of besides(kindOf('household', item.sk).kind, item)) await removeItem(table, key);
        await removeItem(partition.table, { pk: partition.pk, sk: item.sk });
      }),
    );
    budget.left -= meant.length;
    after = items.at(-1)?.sk;
  }
}

/** Its readings, its screen and its owner; the thing itself stays free for whoever has it next. */
async function removeDevice(device: Device, budget: { left: number }): Promise<void> {
  await clearShadow(device.thing);
  await removeAll(thingPartition(device), budget, (item) => isOfDevice(device, item));
  await change(kinds.pairing, keys.pairing(device.thing), (pairing) => {
    if (pairing?.claimedBy?.householdId !== device.householdId) return ignored('not-ours');
    const { claimedBy: _, ...thing } = pairing;
    return { kind: 'changed', state: { ...thing, status: 'ended' as const }, events: [] };
  });
}
