/**
 * The one way a function works off a queue: each message is handled by itself, what fails is told by itself (so that the rest
 * is not repeated), and after its retries it stands in the dead-letter queue whose alarm says what that means to a person.
 */
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { z } from 'zod';
import { eventEnvelopeSchema, needNamedBy, type EventEnvelope } from '../../shared/events.ts';
import { instantSchema } from '../../shared/values.ts';
import { correlated } from './correlation.ts';
import { logger } from './log.ts';
import { count, publishingMetrics } from './metrics.ts';

/** `run-due` says this when an item's `dueAt` has come. */
export const dueSchema = z.strictObject({ pk: z.string().min(1), sk: z.string().min(1), dueAt: instantSchema });
export type Due = z.infer<typeof dueSchema>;

export type Work = { readonly kind: 'event'; readonly event: EventEnvelope } | { readonly kind: 'due'; readonly due: Due };

const workSchema = z.union([
  z.object({ 'detail-type': z.literal('due'), detail: dueSchema }).transform(({ detail }): Work => ({ kind: 'due', due: detail })),
  z.object({ source: z.literal('nachschub'), detail: eventEnvelopeSchema }).transform(({ detail }): Work => ({ kind: 'event', event: detail })),
]);

const processor = new BatchProcessor(EventType.SQS);

type RecordHandler = (record: SQSRecord) => Promise<void>;

const batchHandler = (handleRecord: RecordHandler) =>
  middy<SQSEvent, SQSBatchResponse>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .use(publishingMetrics)
    .handler((event, context) => processPartialResponse(event, handleRecord, processor, { context, throwOnFullBatchFailure: false }));

/** A worker whose queue holds events of the catalogue and due messages. A message that is neither is our own bug and is dead-lettered. */
export const queueWorker = (work: (message: Work) => Promise<void>) =>
  batchHandler(async ({ body, messageId }) => {
    const message = readWork(body);
    await correlated(causeOf(message), async () => {
      try {
        if (message instanceof Error) throw message;
        await work(message);
        logger.info('worked off', { messageId, ...nameOf(message) });
      } catch (error) {
        count('MessagesFailed');
        logger.error('a message failed and will be repeated', { messageId, ...nameOf(message), error: error instanceof Error ? error : String(error) });
        throw error;
      }
    });
  });

/** A worker whose queue holds something else of this one kind. */
export const messageWorker = <Message>(schema: z.ZodType<Message>, work: (message: Message) => Promise<void>) =>
  batchHandler(async ({ body, messageId }) => {
    try {
      await work(schema.parse(JSON.parse(body)));
    } catch (error) {
      count('MessagesFailed');
      logger.error('a message failed and will be repeated', { messageId, error: error instanceof Error ? error : String(error) });
      throw error;
    }
  });

/** Or why it is none. */
function readWork(body: string): Work | Error {
  try {
    return workSchema.parse(JSON.parse(body));
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** An event brings its story along; one of an older run is asked for the need that it names. */
function causeOf(message: Work | Error) {
  if (message instanceof Error) return {};
  return message.kind === 'due' ? { subject: message.due } : { id: message.event.correlationid ?? needNamedBy(message.event) };
}

function nameOf(message: Work | Error) {
  if (message instanceof Error) return {};
  if (message.kind === 'due') return { due: `${message.due.pk}/${message.due.sk}` };
  return { event: { type: message.event.type, id: message.event.id } };
}

/** A worker that takes the whole batch at once, because many messages touch one item: answers the ids of those that failed. */
export const batchWorker = (work: (records: SQSRecord[]) => Promise<string[]>) =>
  middy<SQSEvent, SQSBatchResponse>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .use(publishingMetrics)
    .handler(async (event) => {
      const failed = await work(event.Records);
      count('MessagesFailed', failed.length);
      return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
    });
