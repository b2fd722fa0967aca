/** A supply gets a sensor, or loses it: the slot of a device that measures it. What is known of its consumption stays. */
import { ignored, rejected, type DeviceType, type Instant, type Outcome, type ThingName } from '../values.ts';
import { withDueAt } from './due.ts';
import { stockAt } from './stock.ts';
import type { Supply } from './supply.ts';

export interface Sensor {
  readonly thing: ThingName;
  readonly slot: string;
  readonly deviceType: DeviceType;
  readonly capacity?: number | undefined;
  readonly resolution?: number | undefined;
}

/** What the last sensor told is no beginning for the next one: its boots and its scale are its own. */
function withoutReadings(supply: Supply, now: Instant) {
  const { onHand, pantry } = stockAt(supply, now);
  const {
    lastReading: _reading,
    slope: _slope,
    level: _level,
    estimate: _estimate,
    slotEmptySince: _emptySince,
    counted: _counted,
    trust: _trust,
    ...kept
  } = supply;
  return { ...kept, onHand, pantry, sampledAt: now, lowSampleTimes: [] };
}

/** The same sensor again changes nothing; one that is measured elsewhere has to be taken from there first. */
export function attachSensor(supply: Supply, { thing, slot, deviceType, capacity, resolution }: Sensor, now: Instant): Outcome<Supply, never> {
  if (supply.thing === thing && supply.slot === slot) return ignored('measured-already');
  if (supply.thing !== undefined) return rejected('measured-elsewhere');
  // The sensor tells what is used, nobody else has to.
  const { everyUseTold: _told, ...kept } = supply.settings;
  const settings = { ...kept, ...(capacity !== undefined && { capacity }), ...(resolution !== undefined && { resolution }) };
  return { kind: 'changed', state: withDueAt({ ...withoutReadings(supply, now), thing, slot, deviceType, settings }, now), events: [] };
}

/** From now on the model alone says what is left. */
export function detachSensor(supply: Supply, from: { readonly thing: ThingName; readonly slot?: string | undefined }, now: Instant): Outcome<Supply, never> {
  if (supply.thing !== from.thing || (from.slot !== undefined && supply.slot !== from.slot)) return ignored('not-measured-there');
  const { thing: _thing, slot: _slot, deviceType: _deviceType, ...next } = withoutReadings(supply, now);
  // The capacity was that of the slot; a cupboard has none.
  const { capacity: _capacity, resolution: _resolution, ...settings } = next.settings;
  return { kind: 'changed', state: withDueAt({ ...next, settings }, now), events: [] };
}
