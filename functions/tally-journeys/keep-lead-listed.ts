/** A lead's line stands on the list of its stage and on no other; who is no lead any more stands on none. */
import { canonicalJson } from '../../shared/digest.ts';
import { leadEntryOf } from '../../shared/journey/lead/lead-entry.ts';
import { leadIdOf } from '../../shared/journey/lead/lead-id.ts';
import { leadSchema } from '../../shared/journey/lead/lead.ts';
import { ignored } from '../../shared/values.ts';
import type { DynamoDBRecord } from 'aws-lambda';
import { z } from 'zod';
import { keys, kinds } from '../runtime/aggregates.ts';
import { storedStateSchema } from '../runtime/packed-state.ts';
import { removeItem } from '../runtime/partition.ts';
import { change, load } from '../runtime/store.ts';
import { plainImage, plainImageBefore } from '../runtime/stream-image.ts';

const imageSchema = z.object({ state: storedStateSchema.pipe(leadSchema) });
const PERSON = 'PERSON#';

/** As it stands in the store now; the change says only on which lists it may still stand. */
export async function keepLeadListed(record: DynamoDBRecord): Promise<void> {
  const leadId = leadIdOf((record.dynamodb?.Keys?.['pk']?.S ?? '').slice(PERSON.length));
  const now = (await load(kinds.lead, keys.lead(leadId)))?.state;
  const images = [record.dynamodb?.NewImage === undefined ? undefined : plainImage(record), plainImageBefore(record)];
  const stood = new Set(images.flatMap((image) => (image === undefined ? [] : [imageSchema.parse(image).state.standing.stage])));
  if (now !== undefined) {
    const entry = leadEntryOf(now);
    await change(kinds.leadEntry, keys.leadEntry(leadId, entry.stage), (before) =>
      before !== undefined && canonicalJson(before) === canonicalJson(entry) ? ignored('as-it-stands') : { kind: 'changed', state: entry, events: [] },
    );
  }
  for (const stage of stood) if (stage !== now?.standing.stage) await removeItem('JOURNEYS_TABLE', keys.leadEntry(leadId, stage));
}
