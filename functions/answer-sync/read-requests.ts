/** The edge towards devices: who asks. What a request holds does not matter, it is answered the same. */
import type { SQSRecord } from 'aws-lambda';
import { ingestedTelemetrySchema } from '../../shared/device/telemetry.ts';
import type { ThingName } from '../../shared/values.ts';
import { logger } from '../runtime/log.ts';

export interface SyncRequest {
  readonly recordId: string;
  readonly thing: ThingName;
}

/** A request that is none is logged: the device asks again when it next connects. */
export function readRequests(records: readonly SQSRecord[]): SyncRequest[] {
  return records.flatMap(({ messageId: recordId, body }) => {
    const wrapped = ingestedTelemetrySchema.safeParse(parseJson(body));
    if (wrapped.success && wrapped.data.clientId === wrapped.data.thing) return [{ recordId, thing: wrapped.data.thing }];
    const reason = wrapped.success ? 'the topic names another thing than the connection' : 'expected what the rule wraps';
    logger.warn('a request to sync was not understood', { recordId, reason });
    return [];
  });
}

/** Undefined for text that is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
