/** What a device of somebody's own measures at first, by its type: enough to see it work within minutes. */
import type { OfferedSlot } from '../../../shared/device/pairing.ts';
import { toBase } from '../../../shared/values.ts';
import { articles } from './articles.ts';
import type { ScenarioThing } from './household.ts';
import { basics, shelf, type Shelf } from './shelves.ts';
import { shops } from './shops.ts';

export const DEVICE_TYPES = ['fridge', 'heating', 'tv'] as const;
export type DeviceType = (typeof DEVICE_TYPES)[number];

const shelvesOf: Record<DeviceType, readonly Shelf[]> = {
  fridge: [shelf('milk', basics.milk), shelf('eggs', basics.eggs), shelf('butter', basics.butter)],
  heating: [
    shelf('oil', {
      ...{ slot: 'tank', name: 'heating oil', productLine: 'heating', capacity: 3_000, initial: 900, noise: 3, resolution: 5, usePerDay: 12, portion: 1 },
      ...{ coverDays: 30, shelfLifeDays: 1_500, serviceLevel: 0.99, packsMax: 9 },
    }),
  ],
  tv: [shelf('batteries', basics.batteries)],
};

export const newDevice = (type: DeviceType, thing: string, name: string): ScenarioThing => ({ thing, type, name, shelves: shelvesOf[type] });

/** What its maker says of one of its slots. */
export function offeredSlot({ slot, article, capacity, resolution }: Shelf): OfferedSlot {
  const { unit } = articles[article];
  const base = (amount: number) => toBase({ amount, unit });
  return { slot, unit: base(capacity).unit, capacity: base(capacity).amount, resolution: base(resolution).amount };
}

/** Of whoever sells it soonest. */
export const leadTimeDaysOf = ({ article }: Shelf, retailerIds: readonly string[] = shops.map(({ retailerId }) => retailerId)): number =>
  Math.min(
    ...shops
      .filter(({ retailerId, priceMinor }) => retailerIds.includes(retailerId) && priceMinor[article] !== undefined)
      .map(({ terms }) => terms.leadTimeDays),
  );

/** A reading that anybody can send by hand: what is left of the first shelf, at this moment of the product's clock. */
export function firstReading({ shelves: [first] }: ScenarioThing, now: string): object {
  if (first === undefined) throw new Error('a device without a shelf has nothing to say');
  const { unit } = articles[first.article];
  const level = { amount: Number((first.initial / 2).toFixed(2)), unit };
  return { bootId: 1, seq: 1, sampledAt: now, slot: first.slot, level, uncertainty: first.resolution };
}
