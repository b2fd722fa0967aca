/**
 * A door without a lock: so many declarations an hour from one address, and so many from everywhere, by the wall clock. The address itself is
 * not kept, only a digest of it with the hour, and the store forgets that after a day.
 */
import { z } from 'zod';
import { digest } from '../../shared/digest.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { wallSeconds } from '../runtime/clock.ts';
import type { ApiContext } from '../runtime/http.ts';
import { change } from '../runtime/store.ts';
import { VisibleError } from '../runtime/visible-error.ts';

/** A family behind one address declares a handful in a year; a school or an office has many families. */
const PER_ADDRESS_MAX = 30;
/** A person a second: more than a country's worth of households would send, and few enough to read. */
const PER_HOUR_MAX = 3_600;
const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 86_400;

const eventSchema = z.object({ requestContext: z.object({ http: z.object({ sourceIp: z.string() }) }) });

export async function countDeclaration(context: ApiContext): Promise<void> {
  const event = eventSchema.safeParse(context.env.event);
  const hour = Math.floor(wallSeconds() / HOUR_SECONDS);
  const address = event.success ? event.data.requestContext.http.sourceIp : 'unknown';
  await count(digest([address, hour]), hour, PER_ADDRESS_MAX);
  await count('everywhere', hour, PER_HOUR_MAX);
}

async function count(source: string, hour: number, most: number): Promise<void> {
  const result = await change(kinds.declarationCount, keys.declarationCount(source, hour), (before) =>
    (before?.count ?? 0) >= most
      ? { kind: 'rejected', reason: 'too-many' }
      : { kind: 'changed', state: { count: (before?.count ?? 0) + 1, endsAtSeconds: hour * HOUR_SECONDS + DAY_SECONDS }, events: [] },
  );
  if (result.kind === 'rejected') throw new VisibleError(429, 'too-many', 'too many declarations at once: try again in an hour, or write to the shop');
}
