import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newSupply, supplyConfigSchema } from '../../../shared/supply/new-supply.ts';
import { observe } from '../../../shared/supply/observe.ts';
import { attachSensor, detachSensor } from '../../../shared/supply/sensor.ts';
import { stockAt } from '../../../shared/supply/stock.ts';
import { supplySchema, type Supply } from '../../../shared/supply/supply.ts';
import { addDuration, duration, thingNameSchema } from '../../../shared/values.ts';
import { milkConfig, reading, START } from './milk.ts';

const fridge = thingNameSchema.parse('fridge-new');
const { thing: _thing, slot: _slot, ...loose } = { ...milkConfig };
const without = newSupply(supplyConfigSchema.parse(loose), START);
const sensor = { thing: fridge, slot: 'milk', deviceType: 'fridge', capacity: 6_000 } as const;

const changed = (outcome: ReturnType<typeof attachSensor>): Supply => {
  if (outcome.kind !== 'changed') throw new Error(outcome.reason);
  return supplySchema.parse(outcome.state);
};
const later = addDuration(START, duration(5, 'hours'));

describe('a supply', () => {
  it('that gets a sensor is measured by it, with the slot’s capacity', () => {
    const attached = changed(attachSensor(without, sensor, later));
    expect(attached).toMatchObject({ thing: fridge, slot: 'milk', deviceType: 'fridge', settings: { capacity: 6_000 } });
    expect(attachSensor(attached, sensor, later)).toMatchObject({ kind: 'ignored' });
    expect(attachSensor(attached, { ...sensor, slot: 'door' }, later)).toMatchObject({ kind: 'rejected', reason: 'measured-elsewhere' });
  });

  it('takes the first reading of its next device, however far the last one had counted', () => {
    const measured = observe(changed(attachSensor(without, sensor, START)), [{ ...reading(9, 2, 3.5), bootId: 7 }], later).supply;
    const moved = changed(attachSensor(changed(detachSensor(measured, sensor, later)), { ...sensor, thing: thingNameSchema.parse('fridge-next') }, later));
    const next = observe(moved, [{ ...reading(1, 6, 3), bootId: 1 }], addDuration(later, duration(1, 'hours')));
    expect([next.verdicts[0]?.verdict, next.supply.onHand]).toEqual(['applied', 3_000]);
  });

  it('that loses its sensor goes on being reckoned from what was there, and time reviews it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 72 }), fc.integer({ min: 0, max: 60 }), (hours, tenths) => {
        const measured = observe(changed(attachSensor(without, sensor, START)), [reading(1, 1, tenths / 10)], later).supply;
        const at = addDuration(later, duration(hours, 'hours'));
        const reckoned = changed(detachSensor(measured, sensor, at));
        expect(reckoned.thing ?? reckoned.slot ?? reckoned.deviceType ?? reckoned.lastReading).toBeUndefined();
        expect(stockAt(reckoned, at)).toMatchObject({ onHand: stockAt(measured, at).onHand, pantry: stockAt(measured, at).pantry, modelled: true });
        expect(reckoned.dueAt).toBeDefined();
        expect(reckoned.demand).toEqual(measured.demand);
      }),
      { seed: 41, numRuns: 60 },
    );
  });

  it('of another slot keeps its sensor', () => {
    const attached = changed(attachSensor(without, sensor, later));
    expect(detachSensor(attached, { thing: fridge, slot: 'door' }, later)).toMatchObject({ kind: 'ignored' });
  });
});
