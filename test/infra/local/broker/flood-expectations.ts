/** What a flood must not do. */
import { expect } from 'vitest';
import { nameOf, type flood, type FloodPlan } from './flood.ts';

export function expectNothingLost({ devices, readings }: FloodPlan, result: Awaited<ReturnType<typeof flood>>): void {
  const { connected, said, flooded, seconds, delivered, deliveredOfFlooder, reports } = result;
  expect(connected).toBe(devices + 1);
  const all = Array.from({ length: devices }, (_, device) => Array.from({ length: readings }, (__, index) => nameOf(`fridge-${device}`, index))).flat();
  expect(said.acknowledged.toSorted()).toEqual(all.toSorted());
  expect(delivered.toSorted()).toEqual(all.toSorted());
  expect(said.disconnected).toBe(0);
  // The flooder stays connected, and is heard with no more than its share, however much it says.
  expect(flooded.disconnected).toBe(false);
  expect(flooded.sent).toBeGreaterThan(1_000);
  expect(deliveredOfFlooder).toBeGreaterThanOrEqual(20);
  expect(deliveredOfFlooder).toBeLessThanOrEqual(20 + Math.ceil((seconds + GRACE_SECONDS) * 20));
  expect(reports.filter((line) => line.startsWith('discarded'))).not.toEqual([]);
}
/** The flood begins a little before the readings, and ends a little after. */
const GRACE_SECONDS = 2;
