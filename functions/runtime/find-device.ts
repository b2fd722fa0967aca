/** From a thing's name to the household and the slots it was added with. */
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { isInHouse, type Device } from '../../shared/household/household.ts';
import type { ThingName } from '../../shared/values.ts';
import { kinds } from './aggregates.ts';
import { environment } from './environment.ts';
import { documents, load } from './store.ts';

const foundSchema = z.object({ pk: z.string(), sk: z.string() });

export async function findDevice(thing: ThingName): Promise<Device | undefined> {
  const { Items: [found] = [] } = await documents.send(
    new QueryCommand({
      TableName: environment('HOUSEHOLDS_TABLE'),
      IndexName: 'byThing',
      KeyConditionExpression: 'thing = :thing',
      ExpressionAttributeValues: { ':thing': thing },
      Limit: 1,
    }),
  );
  if (found === undefined) return undefined;
  const { pk, sk } = foundSchema.parse(found);
  // The index may lag behind: what the item itself says decides.
  const device = (await load(kinds.device, { pk, sk }))?.state;
  return isInHouse(device) ? device : undefined;
}
