/** What a batch of the journeys' stream says: touchpoints that have come, and households whose people or things are no longer who they were. */
import type { DynamoDBRecord } from 'aws-lambda';
import { z } from 'zod';
import { circleSchema, movedHouseholds } from '../../shared/journey/identity/circle.ts';
import type { IdentityRecord } from '../../shared/journey/identity/identity-record.ts';
import { touchpointSchema, type Touchpoint } from '../../shared/journey/touchpoint.ts';
import type { HouseholdId } from '../../shared/values.ts';
import { storedStateSchema } from '../runtime/packed-state.ts';
import { plainImage, plainImageBefore } from '../runtime/stream-image.ts';

const touchpointItem = z.object({ state: touchpointSchema });
const circleItem = z.object({ state: storedStateSchema.pipe(circleSchema) });

/** Households of a circle in which somebody or something is no longer whose it was. */
export interface Moved {
  readonly households: readonly HouseholdId[];
  readonly records: readonly IdentityRecord[];
}
/** What is known around somebody is no longer what it was. */
export interface CircleChange {
  readonly before: readonly IdentityRecord[];
  readonly after: readonly IdentityRecord[];
}
export interface Changes {
  readonly touchpoints: readonly Touchpoint[];
  readonly moved: readonly Moved[];
  readonly circles: readonly CircleChange[];
}

export function readChanges(records: readonly DynamoDBRecord[]): Changes {
  const touchpoints: Touchpoint[] = [];
  const moved: Moved[] = [];
  const circles: CircleChange[] = [];
  for (const record of records) {
    const image = plainImage(record);
    if (image['sk'] !== 'CIRCLE') touchpoints.push(touchpointItem.parse(image).state);
    else {
      const earlier = plainImageBefore(record);
      const before = earlier === undefined ? [] : circleItem.parse(earlier).state.records;
      const { records: after, joined } = circleItem.parse(image).state;
      // One that has joined another lives on there, which tells its own change.
      const households = joined === undefined ? movedHouseholds(before, after) : [];
      if (joined === undefined) circles.push({ before, after });
      if (households.length > 0) moved.push({ households, records: after });
    }
  }
  return { touchpoints, moved, circles };
}
