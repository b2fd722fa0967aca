/** A heating in Anna's cellar: 3,000 litres of oil, from the tank to the quote. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handler as householdApi } from '../../functions/household-api.ts';
import { handler as ingest } from '../../functions/ingest-telemetry.ts';
import { handler as reviewSupply } from '../../functions/review-supply.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { change, load } from '../../functions/runtime/store.ts';
import { weather } from '../../functions/runtime/weather.ts';
import { seasonCelsius } from '../../shared/supply/heat/heat-season.ts';
import { snapshot } from '../../shared/supply/snapshot.ts';
import { addDuration, duration, euros, gtinSchema, ignored, millisOf, supplyIdSchema } from '../../shared/values.ts';
import { milkConfig, START } from '../shared/supply/milk.ts';
import { offerOf } from '../shared/order/order-examples.ts';
import { dueRecord, ofType, openWorld, tell, type World } from './harness.ts';
import { operator, send } from './http-call.ts';
import { frischhof, furnish, householdId, openShop, telemetry } from './kitchen.ts';
import { addDevice } from './screens.ts';

const oil = supplyIdSchema.parse('sup_oil');
const heating = 'heating-anna';
const oilConfig = {
  ...milkConfig,
  ...{ supplyId: 'sup_oil', thing: heating, slot: 'tank', name: 'heating oil', productLine: 'heating', perDay: 9_000, portion: 9_000, onHand: 2_900_000 },
  products: [{ gtin: '4006381333931', pack: { amount: 100_000, unit: 'ml' } }],
  settings: { serviceLevel: 0.95, coverDays: 90, capacity: 3_000_000, resolution: 1_000, packsMax: 30 },
  leadTime: { meanDays: 4, sdDays: 1 },
};

let world: World;
beforeEach(async () => {
  world = await openWorld();
  await furnish();
  await addDevice(heating, 'heating');
  await addDevice('tv-anna', 'tv');
});
afterEach(() => world.close());

const add = (config: object, id: string) =>
  send(householdApi, { method: 'PUT', path: `/households/${householdId}/supplies/${id}`, claims: operator, body: config });

describe('a supply', () => {
  it('of three thousand litres is measured by its heating, and says so', async () => {
    expect(await add(oilConfig, 'sup_oil')).toMatchObject({ status: 200, body: { deviceType: 'heating', onHand: 2_900_000 } });
    world.wait(10, 'days');
    world.wait(2, 'hours');
    const from = addDuration(START, duration(10, 'days'));
    const readings = [40, 35, 30].map((litres, index) => ({
      ...{ bootId: 1, seq: index + 1, slot: 'tank', uncertainty: 1, outdoorCelsius: -4.5 },
      sampledAt: addDuration(from, duration(index, 'hours')),
      level: { amount: litres, unit: 'l' },
    }));
    await tell(ingest, ...readings.map((one, index) => telemetry(String(index), one, { thing: heating, clientId: heating })));
    expect((await load(kinds.supply, keys.supply(householdId, oil)))?.state.onHand).toBe(30_000);
    expect(ofType(await world.said(), 'supply.low').map(({ data }) => [data.supplyId, data.deviceType])).toEqual([['sup_oil', 'heating']]);
  });

  it('of a heating remembers how cold it was outside, by its own sensor, and how cold the coming week is said to be', async () => {
    await add(oilConfig, 'sup_oil');
    const today = Math.floor(millisOf(START) / 86_400_000);
    const told = new Map(Array.from({ length: 12 }, (_, index) => [today + index, seasonCelsius(today + index) - index]));
    Reflect.set(globalThis, Symbol.for('nachschub.local'), {
      ...{ productNow: () => millisOf(world.now), loopbackAllowed: true },
      recordedCelsius: (day: number) => told.get(day),
    });
    for (const index of [0, 1, 2, 3]) {
      world.now = addDuration(START, duration(index, 'days'));
      const reading = {
        ...{ bootId: 1, seq: index + 1, slot: 'tank', uncertainty: 0, sampledAt: world.now, usage: 9 * index, outdoorCelsius: 40 },
        level: { amount: 2_900 - 9 * index, unit: 'l' },
      };
      await tell(ingest, telemetry(String(index), reading, { thing: heating, clientId: heating }));
    }
    const { outdoor } = (await load(kinds.supply, keys.supply(householdId, oil)))?.state.heat ?? {};
    // Three days of a sensor in the sun: the season has nothing like it. What the port says of tomorrow is told beside it.
    expect(outdoor?.colder[1]).toBeLessThan(-15);
    expect(outdoor?.colder[2]).toBe(3);
    const first = Math.floor(millisOf(world.now) / 86_400_000 + 0.5);
    expect(outdoor?.ahead).toEqual([0, 1, 2, 3, 4, 5, 6].map((index) => first + index - today));
  });

  it.each([
    [8_000, ['cheap']],
    [9_500, []],
  ])('of a heating that may be filled while it is cheap asks the shops: at %i cents, usually 9,500, the need is %j', async (cents, confirmed) => {
    await openShop();
    const gtin = gtinSchema.parse('4006381333931');
    await add({ ...oilConfig, settings: { ...oilConfig.settings, serviceLevel: 0.99, coverDays: 60, stockUpWhenCheap: true } }, 'sup_oil');
    const key = keys.supply(householdId, oil);
    world.wait(40, 'days');
    const readings = [0, 9].map((used, index) => ({
      ...{ bootId: 1, seq: index + 1, slot: 'tank', uncertainty: 0, sampledAt: addDuration(world.now, duration(index - 1, 'days')), usage: used },
      level: { amount: 2_900 - used, unit: 'l' },
    }));
    await tell(ingest, ...readings.map((one, index) => telemetry(String(index), one, { thing: heating, clientId: heating })));
    await change(kinds.supply, key, (supply) => {
      if (supply === undefined) return ignored('no oil');
      const { reorderPoint, orderUpTo } = snapshot(supply, world.now);
      return { kind: 'changed', state: { ...supply, onHand: Math.round(reorderPoint + 0.4 * (orderUpTo - reorderPoint)), dueAt: world.now }, events: [] };
    });
    const published = { retailerId: frischhof, gtin, validUntil: addDuration(world.now, duration(2, 'days')), publishedAt: world.now };
    const pack = { amount: 100_000, unit: 'ml' } as const;
    const history = { price: euros(cents), priceSince: world.now, earlierPrices: [{ price: euros(9_500), since: START }] };
    const state = { ...offerOf(published), pack, ...history };
    await change(kinds.offer, keys.offer(frischhof, gtin), () => ({ kind: 'changed', state, events: [] }));
    await tell(reviewSupply, dueRecord(key, world.now));
    expect(ofType(await world.said(), 'supply.low').map(({ data }) => data.confirmedBy)).toEqual(confirmed);
    expect((await load(kinds.supply, key))?.state.need?.standing).toBe(confirmed.length > 0 ? 'open' : undefined);
  });

  it.each([
    [
      { ...milkConfig, supplyId: 'sup_x', thing: 'tv-anna', slot: 'remote' },
      'a TV measures pieces, so none of its slots can hold a supply that is counted in litres',
    ],
    [
      { ...oilConfig, supplyId: 'sup_x', unit: 'piece', products: [{ gtin: '4006381333931', pack: { amount: 4, unit: 'piece' } }] },
      'a heating measures litres and grams, so none of its slots can hold a supply that is counted in pieces',
    ],
  ])('that its device cannot measure is refused in a sentence (%#)', async (config, detail) => {
    expect(await add(config, 'sup_x')).toMatchObject({ status: 422, body: { title: 'not-measured', detail } });
    expect(await load(kinds.supply, keys.supply(householdId, supplyIdSchema.parse('sup_x')))).toBeUndefined();
  });
});

it('where nobody recorded the weather, the port says nothing', async () => {
  expect(await weather.daysAround({ householdId }, START)).toEqual([]);
});
