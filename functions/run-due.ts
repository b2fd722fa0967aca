/** What time starts. Reads the sparse index of what is due and tells the function that each item names; who is told twice ignores the second. */
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import { z } from 'zod';
import { productNow } from './runtime/clock.ts';
import { dueShardName, dueShards } from './runtime/due.ts';
import { environment, type EnvironmentName } from './runtime/environment.ts';
import { groupBy } from '../shared/group.ts';
import { logger } from './runtime/log.ts';
import { documents } from './runtime/store.ts';
import { dueSchema } from './runtime/worker.ts';
import type { Instant } from '../shared/values.ts';

const queues = new SQSClient({});
const bus = new EventBridgeClient({});
const TABLES = ['HOUSEHOLDS_TABLE', 'RETAILERS_TABLE', 'JOURNEYS_TABLE'] as const satisfies EnvironmentName[];
/** Of one shard in one run; what is left comes with the next. */
const ITEMS_MAX = 200;
/** SQS takes ten messages a call. */
const MESSAGES_MAX = 10;

const dueItemSchema = dueSchema.extend({ dueFor: z.string() }).strip();
type DueItem = z.infer<typeof dueItemSchema>;
const queueUrls = () => z.record(z.string(), z.string()).parse(JSON.parse(environment('DUE_QUEUES')));

async function dueIn(table: EnvironmentName, shard: number, now: Instant): Promise<DueItem[]> {
  const { Items: items = [] } = await documents.send(
    new QueryCommand({
      TableName: environment(table),
      IndexName: 'byDue',
      KeyConditionExpression: 'dueShard = :shard AND dueAt <= :now',
      ExpressionAttributeValues: { ':shard': dueShardName(shard), ':now': now },
      Limit: ITEMS_MAX,
    }),
  );
  return items.map((item) => dueItemSchema.parse(item));
}

/** For the worker of another stack, which hears of it on the bus: the first stack knows none of its queues. */
const ON_BUS = 'bus';

async function tell(url: string, items: readonly DueItem[]): Promise<void> {
  if (url === ON_BUS) return tellOnBus(items);
  for (let from = 0; from < items.length; from += MESSAGES_MAX) {
    const entries = items
      .slice(from, from + MESSAGES_MAX)
      .map(({ dueFor: _, ...detail }, index) => ({ Id: String(index), MessageBody: JSON.stringify({ 'detail-type': 'due', detail }) }));
    const { Failed: failed = [] } = await queues.send(new SendMessageBatchCommand({ QueueUrl: url, Entries: entries }));
    // They stay due, so the next run tells them again; a person hears that something is wrong.
    if (failed.length > 0) logger.error('due items could not be queued', { failed: failed.map(({ Code: code }) => code) });
  }
}

async function tellOnBus(items: readonly DueItem[]): Promise<void> {
  for (let from = 0; from < items.length; from += MESSAGES_MAX) {
    const entries = items.slice(from, from + MESSAGES_MAX).map(({ dueFor, ...detail }) => ({
      ...{ EventBusName: environment('EVENT_BUS'), Source: `nachschub.${dueFor}`, DetailType: 'due', Detail: JSON.stringify(detail) },
    }));
    const { FailedEntryCount: failed = 0 } = await bus.send(new PutEventsCommand({ Entries: entries }));
    if (failed > 0) logger.error('due items could not be put on the bus', { failed });
  }
}

export const handler = middy()
  .use(injectLambdaContext(logger, { resetKeys: true }))
  .handler(async () => {
    const now = productNow();
    const shards = Array.from({ length: dueShards() }, (_, shard) => shard);
    const due = (await Promise.all(TABLES.flatMap((table) => shards.map((shard) => dueIn(table, shard, now))))).flat();
    const urls = queueUrls();
    const told = [...groupBy(due, ({ dueFor }) => dueFor)].map(async ([worker, items]) => {
      const url = urls[worker];
      if (url === undefined) throw new Error(`an item is due for ${worker}, but the template names no queue of it`);
      await tell(url, items);
    });
    // A queue that refuses keeps no other from being told; the run fails all the same, so that it comes again and a person hears of it.
    const refused = (await Promise.allSettled(told)).find((outcome) => outcome.status === 'rejected');
    if (refused !== undefined) throw refused.reason;
  });
