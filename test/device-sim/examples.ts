/** Things and households that the tests of the simulators begin with. */
import type { SlotSpec, ThingSpec } from '../../device-sim/simulation.ts';
import { gtinSchema, thingNameSchema } from '../../shared/values.ts';

export const day = 86_400_000;
export const startsAt = Date.parse('2026-03-02T06:00:00.000Z');
export const timeZone = 'Europe/Berlin';
export const milkGtin = gtinSchema.parse('4006381333931');
export const eggsGtin = gtinSchema.parse('5901234123457');

export const milk: SlotSpec = {
  slot: 'milk',
  unit: 'l',
  capacity: 4,
  initial: 1.2,
  noise: 0.02,
  resolution: 0.05,
  usePerDay: 0.75,
  portion: 0.2,
  products: [{ gtin: milkGtin, pack: { amount: 1_000, unit: 'ml' } }],
};
export const eggs: SlotSpec = {
  slot: 'eggs',
  unit: 'piece',
  capacity: 12,
  initial: 8,
  noise: 0,
  resolution: 1,
  usePerDay: 1.8,
  portion: 1,
  products: [{ gtin: eggsGtin, pack: { amount: 10, unit: 'piece' } }],
};
export const butter: SlotSpec = {
  ...{ slot: 'butter', unit: 'g', capacity: 750, initial: 400, noise: 2, resolution: 5, usePerDay: 30, portion: 12 },
  products: [],
};

export const thing = thingNameSchema.parse('fridge-anna');
export const fridgeSpec = (certificates = '/nowhere'): ThingSpec => ({ thing, type: 'fridge', certificates, slots: [milk, eggs, butter] });
