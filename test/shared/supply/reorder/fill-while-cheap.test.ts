import { describe, expect, test } from 'vitest';
import { readingSchema } from '../../../../shared/device/telemetry.ts';
import { newSupply, supplyConfigSchema } from '../../../../shared/supply/new-supply.ts';
import { observe } from '../../../../shared/supply/observe.ts';
import { watchesPrice } from '../../../../shared/supply/reorder/cheap-window.ts';
import type { PriceNow } from '../../../../shared/supply/reorder/fill-while-cheap.ts';
import { review } from '../../../../shared/supply/review.ts';
import { snapshot } from '../../../../shared/supply/snapshot.ts';
import type { Supply } from '../../../../shared/supply/supply.ts';
import { addDuration, duration } from '../../../../shared/values.ts';
import { liveWithTank, TANK_LITRES } from '../../order/tank-world.ts';
import { day } from '../heat/heat-house.ts';
import { changed } from '../milk.ts';

const NOW = day(0.5);
/** A tank of 3,000 l that burns 9 l a day. */
function tankWith(litres: number, settings: object = {}): Supply {
  const config = supplyConfigSchema.parse({
    ...{ supplyId: 'sup_oil', householdId: 'hh_berger', thing: 'heating-berger', slot: 'tank', name: 'oil', productLine: 'heating', unit: 'ml' },
    products: [{ gtin: '4006381333931', pack: { amount: 100_000, unit: 'ml' } }],
    settings: { serviceLevel: 0.99, coverDays: 60, capacity: 3_000_000, packsMax: 30, stockUpWhenCheap: true, ...settings },
    ...{ perDay: 9_000, portion: 1_000, leadTime: { meanDays: 5, sdDays: 1 } },
  });
  const say = (seq: number) =>
    readingSchema.parse({ bootId: 1, seq, sampledAt: day(seq / 10), slot: 'tank', level: { amount: litres, unit: 'l' }, uncertainty: 0, usage: 0 });
  const { supply } = observe(newSupply(config, day(0), 'heating'), [say(1), say(2), say(3)], day(0.3));
  return supply;
}
const { reorderPoint, orderUpTo } = snapshot(tankWith(1_000), NOW);
const shareOfRoom = (share: number): number => (reorderPoint + share * (orderUpTo - reorderPoint)) / 1_000;
const EIGHTH_LESS: PriceNow = { unitMinor: 8_300, usualMinor: 9_500 };
const reviewed = (supply: Supply, price?: PriceNow) => {
  const at = addDuration(supply.dueAt ?? NOW, duration(0, 'days'));
  return changed(review({ ...supply, dueAt: at }, at, undefined, price));
};

describe('a tank with room for half of what an order brings', () => {
  const supply = tankWith(shareOfRoom(0.4));

  test('is looked at again the next morning, and opens a need when oil is an eighth cheaper than usual', () => {
    expect(watchesPrice(supply, NOW)).toBe(true);
    expect((supply.dueAt ?? '') <= addDuration(day(1), duration(7, 'hours'))).toBe(true);
    const { state, events } = reviewed(supply, EIGHTH_LESS);
    expect(events).toMatchObject([{ type: 'supply.low', data: { confirmedBy: 'cheap', round: 1, cycle: 1 } }]);
    expect(state.need?.standing).toBe('open');
  });

  test('opens none at the usual price, for less than holding it costs, or a second one', () => {
    expect(reviewed(supply).events).toEqual([]);
    expect(reviewed(supply, { unitMinor: 9_499, usualMinor: 9_500 }).events).toEqual([]);
    const { state } = reviewed(supply, EIGHTH_LESS);
    expect(watchesPrice(state, NOW)).toBe(false);
    expect(reviewed(state, EIGHTH_LESS).events).toEqual([]);
  });

  test('that nobody took up ends by itself, for it is not low', () => {
    const { state } = reviewed(supply, EIGHTH_LESS);
    const later = addDuration(state.need?.saidAt ?? NOW, duration(49, 'hours'));
    const after = changed(review({ ...state, dueAt: later }, later));
    expect(after.state.need).toBeUndefined();
    expect(after.events).toEqual([]);
  });
});

test.each([
  ['is fuller', tankWith(shareOfRoom(0.6))],
  ['is not to be bought more of while it is cheap', tankWith(shareOfRoom(0.4), { stockUpWhenCheap: undefined })],
  ['is never to be bought', tankWith(shareOfRoom(0.4), { neverBuy: true })],
  ['follows no season', { ...tankWith(shareOfRoom(0.4)), heat: undefined }],
])('a tank that %s asks for no price and opens no need', (_name, supply) => {
  expect(watchesPrice(supply, NOW)).toBe(false);
  expect(reviewed(supply, EIGHTH_LESS).events).toEqual([]);
});

test('over a year with weeks of lower prices oil costs less, the tank never overflows, and nobody freezes', () => {
  const [low, cheap] = [false, true].map((watches) => liveWithTank({ stocksUp: watches, watchesPrice: watches }, 'weeks', 1, 365));
  expect(cheap?.paidMinor).toBeLessThan(0.97 * (low?.paidMinor ?? 0));
  expect(cheap?.emptyDays).toBe(0);
  expect(cheap?.most).toBeLessThanOrEqual(TANK_LITRES);
  expect((cheap?.orders ?? 99) - (low?.orders ?? 0)).toBeLessThanOrEqual(3);
}, 60_000);
