/** A device as the pages look at it. */
import type { Overview } from '../household.tsx';
import { agoIn } from '../drafts/begun-elsewhere.tsx';
import type { Words } from './words.ts';

export type DeviceView = Overview['devices'][number];
export type SupplyView = Overview['supplies'][number];

export interface SlotView {
  readonly slot: string;
  readonly unit: SupplyView['unit'] | undefined;
  readonly capacity: number | undefined;
  readonly supply: SupplyView | undefined;
}

/** The places that its maker named; of a device without such a list those that are in use. */
export function slotsOf(device: DeviceView, supplies: readonly SupplyView[]): SlotView[] {
  const holding = (slot: string) => supplies.find(({ supplyId }) => supplyId === device.slots[slot]);
  if (device.offers === undefined) {
    return Object.keys(device.slots).map((slot) => ({ slot, unit: holding(slot)?.unit, capacity: undefined, supply: holding(slot) }));
  }
  return device.offers.map(({ slot, unit, capacity }) => ({ slot, unit, capacity, supply: holding(slot) }));
}

/** Supplies that no device of the household measures. */
export function withoutSensor({ devices, supplies }: Pick<Overview, 'devices' | 'supplies'>): SupplyView[] {
  const measured = new Set(devices.flatMap(({ slots }) => Object.values(slots)));
  return supplies.filter(({ supplyId }) => !measured.has(supplyId));
}

/** "Last heard 3 minutes ago". @param now of the household */
export function heardIn({ heardAt, pairedBy, confirmedAt }: DeviceView, t: Words, at: { readonly now: string; readonly reader: 'de' | 'en' }): string {
  if (pairedBy !== undefined && confirmedAt === undefined) return t.waitsForWord;
  // The tag beside it says so.
  if (heardAt === undefined) return '';
  return t.heard(agoIn((Date.parse(at.now) - Date.parse(heardAt)) / 60_000, at.reader));
}

/** "Fridge, kitchen"; what stands in its name already is not said again. */
export function kindAndRoom({ name, deviceType, room }: DeviceView, t: Words): string {
  const kind = name.includes(t.kind[deviceType]) ? undefined : t.kind[deviceType];
  return [kind, room].filter((one) => one !== undefined).join(', ');
}
