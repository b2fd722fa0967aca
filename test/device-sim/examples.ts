/** Things and households that the tests of the simulators begin with. */
import type { SlotSpec, ThingSpec } from '../../device-sim/simulation.ts';
import { gtinSchema, memberIdSchema, thingNameSchema } from '../../shared/values.ts';

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

export const oilGtin = gtinSchema.parse('2000000020020');
export const batteriesGtin = gtinSchema.parse('2000000020013');
export const tank: SlotSpec = {
  ...{ slot: 'tank', unit: 'l', capacity: 950, initial: 330, noise: 3, resolution: 5, usePerDay: 14, portion: 1 },
  products: [{ gtin: oilGtin, pack: { amount: 100, unit: 'l' } }],
};
export const remote: SlotSpec = {
  ...{ slot: 'remote-battery', unit: 'piece', capacity: 2, initial: 0.4, noise: 0.01, resolution: 0.02, usePerDay: 0.03, portion: 0.01 },
  products: [{ gtin: batteriesGtin, pack: { amount: 4, unit: 'piece' } }],
};
export const heatingThing = thingNameSchema.parse('heating-berger');
export const tvThing = thingNameSchema.parse('tv-anna');
export const heatingSpec = (certificates = '/nowhere'): ThingSpec => ({
  ...{ thing: heatingThing, type: 'heating', certificates, slots: [tank] },
  heating: { fuel: 'oil', unitsPerDegreeDay: 1.1, baseCelsius: 15, hotWaterPerDay: 1.5 },
});
export const tvSpec = (certificates = '/nowhere', tokenFile = '/nowhere/token'): ThingSpec => ({
  ...{ thing: tvThing, type: 'tv', certificates, slots: [remote] },
  tv: { signedInMemberId: memberIdSchema.parse('mem_anna'), tokenFile },
});
