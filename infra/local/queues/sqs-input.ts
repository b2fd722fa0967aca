/** What the SQS API takes, and what it refuses about a message. */
import { z } from 'zod';
import { AwsError } from '../endpoint/aws-answer.ts';
import { messageAttributeSchema, type Outgoing } from './message.ts';
import type { Queue } from './queue.ts';

const queueUrl = { QueueUrl: z.string() };
const receiptHandle = { ReceiptHandle: z.string() };
const visibilityTimeout = z.int().min(0).max(43_200);
const names = z.array(z.string()).default([]);

export const messageSchema = z.strictObject({
  MessageBody: z.string().optional(),
  DelaySeconds: z.int().min(0).max(900).optional(),
  MessageAttributes: z.record(z.string(), messageAttributeSchema).default({}),
  MessageSystemAttributes: z
    .strictObject({ AWSTraceHeader: z.strictObject({ DataType: z.literal('String'), StringValue: z.string() }).optional() })
    .default({}),
});
export type MessageInput = z.infer<typeof messageSchema>;
/** A batch is read entry by entry, so that a bad one fails alone. */
const batchOf = () => z.strictObject({ ...queueUrl, Entries: z.array(z.looseObject({ Id: z.string() })) });

export const inputSchemas = {
  SendMessage: messageSchema.extend(queueUrl),
  SendMessageBatch: batchOf(),
  ReceiveMessage: z.strictObject({
    ...queueUrl,
    MaxNumberOfMessages: z.int().min(1).max(10).default(1),
    VisibilityTimeout: visibilityTimeout.optional(),
    WaitTimeSeconds: z.int().min(0).max(20).optional(),
    AttributeNames: names,
    MessageSystemAttributeNames: names,
    MessageAttributeNames: names,
  }),
  DeleteMessage: z.strictObject({ ...queueUrl, ...receiptHandle }),
  DeleteMessageBatch: batchOf(),
  ChangeMessageVisibility: z.strictObject({ ...queueUrl, ...receiptHandle, VisibilityTimeout: visibilityTimeout }),
  ChangeMessageVisibilityBatch: batchOf(),
  GetQueueAttributes: z.strictObject({ ...queueUrl, AttributeNames: names }),
  GetQueueUrl: z.strictObject({ QueueName: z.string(), QueueOwnerAWSAccountId: z.string().optional() }),
  PurgeQueue: z.strictObject(queueUrl),
} as const;

export const entrySchemas = {
  SendMessageBatch: messageSchema.extend({ Id: z.string() }),
  DeleteMessageBatch: z.strictObject({ Id: z.string(), ...receiptHandle }),
  ChangeMessageVisibilityBatch: z.strictObject({ Id: z.string(), ...receiptHandle, VisibilityTimeout: visibilityTimeout }),
} as const;

/** The SDK reads the older name from this header (AWS JSON with query compatibility), and takes it for the exception's. */
export const sqsError = (code: string, message: string, queryCode: string): AwsError =>
  new AwsError(code, message, { headers: { 'x-amzn-query-error': `${queryCode};Sender` } });

const ATTRIBUTES_MAX = 10;
/** The characters of XML 1.0, which are all that SQS takes. */
const NOT_IN_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/** Body and attributes count, with names and types. */
export const bytesOf = ({ MessageBody = '', MessageAttributes }: MessageInput): number =>
  Object.entries(MessageAttributes).reduce(
    (bytes, [name, { DataType, StringValue = '', BinaryValue = '' }]) =>
      bytes + Buffer.byteLength(name) + Buffer.byteLength(DataType) + Buffer.byteLength(StringValue) + Buffer.byteLength(BinaryValue, 'base64'),
    Buffer.byteLength(MessageBody),
  );

/** @throws AwsError naming what the queue does not take about this message */
export function outgoing(queue: Queue, input: MessageInput, senderId: string): Outgoing {
  const { MessageBody, MessageAttributes, DelaySeconds, MessageSystemAttributes } = input;
  if (!MessageBody) throw new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.');
  if (NOT_IN_XML.test(MessageBody)) throw new AwsError('InvalidMessageContents', 'The message contains characters outside the allowed set.');
  if (bytesOf(input) > queue.settings.messageBytesMax)
    throw new AwsError('InvalidParameterValue', `Message must be shorter than ${queue.settings.messageBytesMax} bytes.`);
  if (Object.keys(MessageAttributes).length > ATTRIBUTES_MAX)
    throw new AwsError('InvalidParameterValue', `Number of message attributes must be at most ${ATTRIBUTES_MAX}.`);
  for (const [name, { DataType, StringValue, BinaryValue }] of Object.entries(MessageAttributes))
    if (!(DataType.startsWith('Binary') ? BinaryValue : StringValue))
      throw new AwsError('InvalidParameterValue', `The message attribute '${name}' must contain a non-empty value of its type ${DataType}.`);
  return {
    body: MessageBody,
    attributes: MessageAttributes,
    delaySeconds: DelaySeconds ?? queue.settings.delaySeconds,
    senderId,
    traceHeader: MessageSystemAttributes.AWSTraceHeader?.StringValue,
  };
}
