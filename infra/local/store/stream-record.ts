import { createHash } from 'node:crypto';
import type { AttributeValue, Item } from 'dynalite/db/index.js';
import { z } from 'zod';
import type { StreamViewType } from './table-definition.ts';

/** An item's text as it stands in the store, beside the item itself, so that nothing is written out twice. */
export interface StoredItem {
  readonly item: Item;
  readonly text: string;
}

const imageSchema = z.record(
  z.string(),
  z.custom<AttributeValue>((value) => typeof value === 'object' && value !== null),
);

/** One element of `Records`, as Lambda gets it from a DynamoDB stream. */
export const streamRecordSchema = z.object({
  eventID: z.string(),
  eventName: z.enum(['INSERT', 'MODIFY', 'REMOVE']),
  eventVersion: z.literal('1.1'),
  eventSource: z.literal('aws:dynamodb'),
  awsRegion: z.string(),
  eventSourceARN: z.string(),
  dynamodb: z.object({
    /** Whole seconds since 1970, on product time. */
    ApproximateCreationDateTime: z.number(),
    Keys: imageSchema,
    NewImage: imageSchema.optional(),
    OldImage: imageSchema.optional(),
    SequenceNumber: z.string(),
    SizeBytes: z.number(),
    StreamViewType: z.enum(['NEW_AND_OLD_IMAGES', 'NEW_IMAGE', 'OLD_IMAGE', 'KEYS_ONLY']),
  }),
});
export type StreamRecord = z.infer<typeof streamRecordSchema>;

/** AWS gives at least 21 digits; of one length, text order is number order. */
const SEQUENCE_DIGITS = 21;
export const sequenceOf = (position: number): string => String(position).padStart(SEQUENCE_DIGITS, '0');
export const sequenceSchema = z.string().regex(/^\d{21}$/, 'expected a sequence number of this stream: 21 digits');

export interface RecordedChange {
  readonly sequence: string;
  readonly streamArn: string;
  readonly region: string;
  readonly viewType: StreamViewType;
  readonly nowMillis: number;
  readonly keys: Item;
  readonly before: StoredItem | undefined;
  readonly after: StoredItem | undefined;
}

/** The record as text. The images are spliced in as they stand in the store, since writing them out again is most of the cost. */
export function recordText(change: RecordedChange): string {
  const { viewType, before, after } = change;
  const keysText = JSON.stringify(change.keys);
  const newImage = viewType === 'NEW_AND_OLD_IMAGES' || viewType === 'NEW_IMAGE' ? after?.text : undefined;
  const oldImage = viewType === 'NEW_AND_OLD_IMAGES' || viewType === 'OLD_IMAGE' ? before?.text : undefined;
  const dynamodb = textOf({
    ApproximateCreationDateTime: String(Math.floor(change.nowMillis / 1000)),
    Keys: keysText,
    NewImage: newImage,
    OldImage: oldImage,
    SequenceNumber: JSON.stringify(change.sequence),
    // About the size that AWS counts: nothing is billed by it here.
    SizeBytes: String(keysText.length + (newImage?.length ?? 0) + (oldImage?.length ?? 0)),
    StreamViewType: JSON.stringify(viewType),
  });
  return textOf({
    eventID: JSON.stringify(createHash('md5').update(`${change.streamArn} ${change.sequence}`).digest('hex')),
    eventName: JSON.stringify(before ? (after ? 'MODIFY' : 'REMOVE') : 'INSERT'),
    eventVersion: '"1.1"',
    eventSource: '"aws:dynamodb"',
    awsRegion: JSON.stringify(change.region),
    eventSourceARN: JSON.stringify(change.streamArn),
    dynamodb,
  });
}

/** A JSON object of members that are JSON text already; absent ones are left out. */
function textOf(members: Readonly<Record<string, string | undefined>>): string {
  const present = Object.entries(members).filter(([, text]) => text !== undefined);
  return `{${present.map(([name, text]) => `"${name}":${text ?? 'null'}`).join(',')}}`;
}
