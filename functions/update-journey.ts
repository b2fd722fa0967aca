/** Stage 9. New touchpoints → the journey of the household that each belongs to; who is who has changed → journeys read anew. A batch read twice changes nothing. */
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { readChanges } from './update-journey/read-changes.ts';
import { followLeads, followLeadsAround } from './update-journey/follow-leads.ts';
import { followPaths } from './update-journey/follow-paths.ts';
import { foldTouchpoints } from './update-journey/fold-touchpoints.ts';
import { standsElsewhere } from './update-journey/journey-of.ts';
import { withoutObjected } from './update-journey/objected.ts';
import { refold } from './update-journey/refold.ts';
import { atHome, whoseAre } from './update-journey/whose.ts';
import { handTouchpointsOn, handVisitsOn, subscriptionsOn } from './runtime/hand-on.ts';
import { readPaths } from './runtime/paths.ts';
import { logger } from './runtime/log.ts';

async function update({ Records: records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const { touchpoints, moved, circles } = readChanges(records);
  const whose = await whoseAre(touchpoints);
  const home = atHome(whose);
  for (const [householdId, ofHousehold] of home) await foldTouchpoints(householdId, await withoutObjected(ofHousehold, householdId));
  const paths = home.size === 0 ? [] : await readPaths();
  for (const [householdId, ofHousehold] of home) await followPaths(householdId, await withoutObjected(ofHousehold, householdId), paths);
  const subscriptions = touchpoints.length === 0 ? [] : await subscriptionsOn();
  if (subscriptions.length > 0) {
    for (const [householdId, ofHousehold] of home) await handTouchpointsOn(householdId, await withoutObjected(ofHousehold, householdId), subscriptions);
    const visits = whose.flatMap(({ householdId, touchpoint }) => (householdId === undefined ? [touchpoint] : []));
    await handVisitsOn(visits, subscriptions);
  }
  await followLeads(whose);
  for (const circle of circles) await followLeadsAround(circle);
  for (const { households, records: known } of moved) if (await standsElsewhere(known)) for (const householdId of households) await refold(householdId);
  return { batchItemFailures: [] };
}

/** Throws on failure, so that the whole batch is cut in half and read again: folding is idempotent. */
export const handler = middy<DynamoDBStreamEvent, DynamoDBBatchResponse>()
  .use(injectLambdaContext(logger, { resetKeys: true }))
  .handler(update);
