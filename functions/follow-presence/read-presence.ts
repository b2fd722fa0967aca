/** The edge towards the broker: what came through the two rules, as facts about a thing. */
import type { SQSRecord } from 'aws-lambda';
import { z } from 'zod';
import { lifecycleEventSchema, ownPresenceSchema, type PresenceFact } from '../../shared/device/presence.ts';
import { ingestedTelemetrySchema } from '../../shared/device/telemetry.ts';
import { instantOf, thingNameSchema, type ThingName } from '../../shared/values.ts';
import { logger } from '../runtime/log.ts';

export interface HeardFact {
  readonly recordId: string;
  readonly thing: ThingName;
  readonly fact: PresenceFact;
}

/** As the rule wraps a life-cycle event: the client is named by the topic, which only the broker can publish on. */
const wrappedLifecycleSchema = z.strictObject({ payload: z.base64(), eventType: z.enum(['connected', 'disconnected']), clientId: z.string().max(128) });

/** What nobody can use is logged with its reason and changes nothing: nobody waits for it, and the next word is as good. */
export function readPresence(records: readonly SQSRecord[]): HeardFact[] {
  return records.flatMap(({ messageId: recordId, body }) => {
    const read = readOne(parseJson(body));
    if ('fact' in read) return [{ recordId, ...read }];
    if (read.reason !== 'an app') logger.warn('a word about presence was not understood', { recordId, reason: read.reason });
    return [];
  });
}

function readOne(wrapped: unknown): Omit<HeardFact, 'recordId'> | { reason: string } {
  const lifecycle = wrappedLifecycleSchema.safeParse(wrapped);
  if (lifecycle.success) return readLifecycle(lifecycle.data);
  const own = ingestedTelemetrySchema.safeParse(wrapped);
  if (!own.success) return { reason: 'expected what one of the rules wraps' };
  const { thing, clientId, payload, receivedAt } = own.data;
  if (clientId !== thing) return { reason: 'the topic names another thing than the connection' };
  const said = ownPresenceSchema.safeParse(parseJson(decode(payload)));
  if (!said.success) return { reason: 'expected {"connected": true} or {"connected": false}' };
  return { thing, fact: { by: 'device', connected: said.data.connected, at: instantOf(receivedAt) } };
}

function readLifecycle({ payload, eventType, clientId }: z.infer<typeof wrappedLifecycleSchema>): Omit<HeardFact, 'recordId'> | { reason: string } {
  // Client ids of apps begin with `app-`, which no thing's name may.
  const thing = thingNameSchema.safeParse(clientId);
  if (!thing.success || clientId.startsWith('app-')) return { reason: 'an app' };
  const event = lifecycleEventSchema.safeParse(parseJson(decode(payload)));
  if (!event.success || event.data.eventType !== eventType) return { reason: 'expected a life-cycle event' };
  const { versionNumber: version, timestamp } = event.data;
  return { thing: thing.data, fact: { by: 'broker', connected: eventType === 'connected', version, at: instantOf(timestamp) } };
}

const decode = (base64: string): string => Buffer.from(base64, 'base64').toString('utf8');

/** Undefined for text that is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
