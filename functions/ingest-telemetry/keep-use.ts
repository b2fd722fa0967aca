/** What a household has let its devices tell of their use goes into its journey, each reading once. Called only where it has said yes. */
import type { Device } from '../../shared/household/household.ts';
import { usesOf } from '../../shared/journey/device-use.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { createOnce } from '../runtime/store.ts';
import type { Observed } from './quarantine.ts';
import { readingKey, type UnderstoodReading } from './read-telemetry.ts';

/** @param observed what became of the readings: one that nobody can believe tells of no use either */
export async function keepUse(device: Device, reads: readonly UnderstoodReading[], observed: readonly Observed[]): Promise<void> {
  const now = productNow();
  const believed = new Set(
    observed.flatMap(({ outcomes }) => outcomes.flatMap(([, bootId, seq, outcome]) => (outcome === 'quarantined' ? [] : [readingKey({ bootId, seq })]))),
  );
  const uses = reads.filter(({ reading }) => believed.has(readingKey(reading))).flatMap(({ reading }) => usesOf(reading, device, now));
  await Promise.all(uses.map((use) => createOnce(kinds.touchpoint, keys.touchpoint(use), use)));
}
