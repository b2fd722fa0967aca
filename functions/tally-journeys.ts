/** Stage 9'. What was made of a journey has changed → the counters of all journeys, which reports read, and the roll of households. A batch read twice counts nothing twice. */
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { z } from 'zod';
import { householdIdSchema } from '../shared/values.ts';
import { isLead, isStanding } from './runtime/aggregates.ts';
import { keepLeadListed } from './tally-journeys/keep-lead-listed.ts';
import { logger } from './runtime/log.ts';
import { keepOnRoll } from './runtime/roll.ts';
import { countContributions } from './runtime/tally.ts';
import { contributionsNow } from './tally-journeys/contributions-now.ts';
import { keepDay } from './tally-journeys/keep-day.ts';

const keySchema = z.object({ pk: z.object({ S: z.string() }), sk: z.object({ S: z.string() }) });

async function count({ Records: records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const sources = records.map((record) => keySchema.parse(record.dynamodb?.Keys)).map(({ pk, sk }) => ({ pk: pk.S, sk: sk.S }));
  await keepDay();
  await countContributions(sources, contributionsNow);
  const stand = sources.filter(({ sk }) => isStanding(sk)).map(({ pk }) => householdIdSchema.parse(pk.slice('HH#'.length)));
  for (const householdId of new Set(stand)) await keepOnRoll(householdId);
  for (const record of records) if (isLead(keySchema.parse(record.dynamodb?.Keys).sk.S)) await keepLeadListed(record);
  return { batchItemFailures: [] };
}

/** Throws on failure, so that the whole batch is cut in half and read again. */
export const handler = middy<DynamoDBStreamEvent, DynamoDBBatchResponse>()
  .use(injectLambdaContext(logger, { resetKeys: true }))
  .handler(count);
