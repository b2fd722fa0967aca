/** Once a day, before anything of the new day is counted: how all households stand is put down under the day's date. */
import { standingDaySchema, worthKeeping } from '../../shared/journey/tally/standing-day.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { createOnce } from '../runtime/store.ts';
import { readCounters } from '../runtime/tally.ts';

/** Of this copy of the function: it asks the store once a day and not with each batch. */
let kept: string | undefined;

export async function keepDay(): Promise<void> {
  const day = productNow().slice(0, 10);
  if (kept === day) return;
  const { now = {} } = await readCounters(['now']);
  await createOnce(kinds.standingDay, keys.standingDay(day), standingDaySchema.parse({ day, counters: worthKeeping(now) }));
  kept = day;
}
