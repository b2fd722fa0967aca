/** The relay. What a write said → the bus; what the bus refuses goes, whole, to a queue where a person finds it. */
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { z } from 'zod';
import { eventEnvelopeSchema, type EventEnvelope } from '../shared/events.ts';
import { putOnBus } from './publish-events/put-on-bus.ts';
import { correlated } from './runtime/correlation.ts';
import { environment } from './runtime/environment.ts';
import { logger } from './runtime/log.ts';
import { plainImage } from './runtime/stream-image.ts';

/** EventBridge takes ten entries a call. */
const ENTRIES_MAX = 10;

const spokenSchema = z.object({ says: z.int(), events: z.array(eventEnvelopeSchema) });

/** Of all that the item keeps, only what this very write said. */
function saidBy(record: DynamoDBRecord): EventEnvelope[] {
  const { says, events } = spokenSchema.parse(plainImage(record));
  return events.filter(({ id, subject }) => id.startsWith(`${subject}/${says}/`));
}

const entryOf = (event: EventEnvelope): PutEventsRequestEntry => ({
  EventBusName: environment('EVENT_BUS'),
  Source: 'nachschub',
  DetailType: event.type,
  Detail: JSON.stringify(event),
  Time: new Date(event.time),
});

async function publish(record: DynamoDBRecord): Promise<void> {
  const events = saidBy(record);
  await correlated({ id: events[0]?.correlationid }, async () => {
    for (let from = 0; from < events.length; from += ENTRIES_MAX) await putOnBus(events.slice(from, from + ENTRIES_MAX).map(entryOf));
  });
}

const processor = new BatchProcessor(EventType.DynamoDBStreams);

export const handler = middy<DynamoDBStreamEvent, DynamoDBBatchResponse>()
  .use(injectLambdaContext(logger, { resetKeys: true }))
  .handler((event, context) => processPartialResponse(event, publish, processor, { context, throwOnFullBatchFailure: false }));
