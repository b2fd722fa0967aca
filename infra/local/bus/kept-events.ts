/** Everything that the bus has taken, in the order in which it did, for whoever looks into a run: items keep only their newest events. */
import { appendFileSync, createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import path from 'node:path';
import { eventEnvelopeSchema, type EventEnvelope } from '../../../shared/events.ts';
import type { BusEvent } from './event.ts';

const fileIn = (data: string): string => path.join(data, 'events.ndjson');

/** When it returns, the event outlives this process. */
export const keepEvents =
  (data: string) =>
  (event: BusEvent): void =>
    appendFileSync(fileIn(data), `${JSON.stringify(event.detail)}\n`);

/** Without those of older programs, and without a last line that a crash has torn. */
export async function readEvents(data: string): Promise<EventEnvelope[]> {
  if (!existsSync(fileIn(data))) return [];
  const events: EventEnvelope[] = [];
  for await (const line of createInterface({ input: createReadStream(fileIn(data), 'utf8'), crlfDelay: Infinity })) {
    const event = eventEnvelopeSchema.safeParse(parsed(line));
    if (event.success) events.push(event.data);
  }
  return events;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
