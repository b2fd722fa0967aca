/** The new image of a stream record as plain values. */
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { z } from 'zod';

/** The stream's attribute values have the form that the SDK names; `unmarshall` throws on any that has not. */
const imageSchema = z.custom<Record<string, AttributeValue>>((value) => typeof value === 'object' && value !== null, 'expected a new image');

export const plainImage = (record: DynamoDBRecord): Record<string, unknown> => unmarshall(imageSchema.parse(record.dynamodb?.NewImage));
