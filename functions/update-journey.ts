/** Stage 9. New touchpoints → the day they belong to is summed up again and the profile folded; a batch read twice changes nothing. */
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { z } from 'zod';
import { touchpointSchema, type Touchpoint } from '../shared/journey/touchpoint.ts';
import { foldTouchpoints } from './update-journey/fold-touchpoints.ts';
import { groupBy } from '../shared/group.ts';
import { logger } from './runtime/log.ts';
import { plainImage } from './runtime/stream-image.ts';

const itemSchema = z.object({ state: touchpointSchema });

async function update({ Records: records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const touchpoints: Touchpoint[] = records.map((record) => itemSchema.parse(plainImage(record)).state);
  for (const [householdId, ofHousehold] of groupBy(touchpoints, (touchpoint) => touchpoint.householdId))
    if (householdId !== undefined) await foldTouchpoints(householdId, ofHousehold);
  return { batchItemFailures: [] };
}

/** Throws on failure, so that the whole batch is cut in half and read again: folding is idempotent. */
export const handler = middy<DynamoDBStreamEvent, DynamoDBBatchResponse>()
  .use(injectLambdaContext(logger, { resetKeys: true }))
  .handler(update);
