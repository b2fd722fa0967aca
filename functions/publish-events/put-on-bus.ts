/**
 * PutEvents answers 200 even when it took only some. An entry that was throttled is one that the bus wants later, so it is sent again, and the
 * record comes again when that did not help: an event that lay in a queue for a person because of a busy second would be a household waiting.
 * What the bus will never take goes there at once, whole.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry, type PutEventsResultEntry } from '@aws-sdk/client-eventbridge';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { environment } from '../runtime/environment.ts';
import { logger } from '../runtime/log.ts';

const bus = new EventBridgeClient({});
const queues = new SQSClient({});

/** EventBridge API reference, PutEventsResultEntry: the codes that it calls retryable. */
const RETRYABLE = new Set(['ThrottlingException', 'InternalFailure', 'InternalException']);
const PAUSE_MILLIS = [100, 400] as const;

/** At most ten, as many as a call takes. Throws when the bus stays busy. */
export async function putOnBus(entries: readonly PutEventsRequestEntry[]): Promise<void> {
  let left = await putOnce(entries);
  for (const millis of PAUSE_MILLIS) {
    if (left.length === 0) return;
    await pause(millis);
    left = await putOnce(left);
  }
  if (left.length > 0) throw new Error(`the bus took all but ${left.length} of ${entries.length} events`);
}

/** Answers what is to be sent again. */
async function putOnce(entries: readonly PutEventsRequestEntry[]): Promise<PutEventsRequestEntry[]> {
  const { Entries: results = [] } = await bus.send(new PutEventsCommand({ Entries: [...entries] }));
  const failed = entries.map((entry, index) => ({ entry, result: results[index] })).filter(({ result }) => result?.EventId === undefined);
  const isBusy = (result: PutEventsResultEntry | undefined): boolean => result?.ErrorCode === undefined || RETRYABLE.has(result.ErrorCode);
  await Promise.all(failed.filter(({ result }) => !isBusy(result)).map(({ entry, result }) => refuse(entry, result?.ErrorCode)));
  return failed.filter(({ result }) => isBusy(result)).map(({ entry }) => entry);
}

async function refuse(entry: PutEventsRequestEntry, code: string | undefined): Promise<void> {
  logger.error('the bus refused an event', { type: entry.DetailType, code });
  await queues.send(new SendMessageCommand({ QueueUrl: environment('REFUSED_EVENTS_QUEUE'), MessageBody: JSON.stringify({ code, entry }) }));
}
