/** How often somebody has tried what must not be guessed: a window that slides over the last hour. */
import { z } from 'zod';
import { addDuration, duration, instantSchema, rejected, type Instant, type Outcome } from '../values.ts';

export const TRIES_PER_HOUR = 10;

export const triesSchema = z.strictObject({ at: z.array(instantSchema).max(100) });
export type Tries = z.infer<typeof triesSchema>;

/** One more try, or `too-many-tries`. Written before what is tried is looked at, so that tries side by side are counted too. */
export function takeTry(tries: Tries | undefined, now: Instant, perHour = TRIES_PER_HOUR): Outcome<Tries, never> {
  const since = addDuration(now, duration(-1, 'hours'));
  const recent = (tries?.at ?? []).filter((at) => at > since);
  if (recent.length >= perHour) return rejected('too-many-tries');
  return { kind: 'changed', state: { at: [...recent, now] }, events: [] };
}
