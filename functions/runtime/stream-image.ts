/** The images of a stream record as plain values. */
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { z } from 'zod';

/** The stream's attribute values have the form that the SDK names; `unmarshall` throws on any that has not. */
const imageSchema = z.custom<Record<string, AttributeValue>>((value) => typeof value === 'object' && value !== null, 'expected an image');
const bytesSchema = z.object({ B: z.string() }).transform(({ B: base64 }) => ({ B: Buffer.from(base64, 'base64') }));

/** Lambda tells events as JSON, and so does the store's own protocol, which knows no bytes: a packed state comes as base64. */
export const readable = (image: unknown): Record<string, AttributeValue> =>
  Object.fromEntries(Object.entries(imageSchema.parse(image)).map(([name, value]) => [name, bytesSchema.safeParse(value).data ?? value]));

export const plainImage = (record: DynamoDBRecord): Record<string, unknown> => unmarshall(readable(record.dynamodb?.NewImage));

/** What stood there before; undefined for a new item. */
export const plainImageBefore = (record: DynamoDBRecord): Record<string, unknown> | undefined =>
  record.dynamodb?.OldImage === undefined ? undefined : unmarshall(readable(record.dynamodb.OldImage));
