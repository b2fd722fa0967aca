/** A message as it lies in a queue, and as a function gets it. */
import { createHash } from 'node:crypto';
import type { SQSRecord } from 'aws-lambda';
import { z } from 'zod';

export const messageAttributeSchema = z.strictObject({
  /** `String`, `Number` or `Binary`, with a label of one's own after a dot. */
  DataType: z
    .string()
    .regex(/^(String|Number|Binary)(\..+)?$/)
    .max(256),
  StringValue: z.string().optional(),
  /** Base64. */
  BinaryValue: z.base64().optional(),
});
export type MessageAttribute = z.infer<typeof messageAttributeSchema>;
export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** What never changes about a message: written once. */
export const storedMessageSchema = z.strictObject({
  id: z.string(),
  body: z.string(),
  attributes: z.record(z.string(), messageAttributeSchema),
  sentAtMillis: z.number(),
  senderId: z.string(),
  traceHeader: z.string().optional(),
  /** The queue that gave it up. */
  deadLetterSource: z.string().optional(),
});
export type StoredMessage = z.infer<typeof storedMessageSchema>;

/** What each receipt changes: beside the message, so that a receipt does not write the body again. */
export const receiptsSchema = z.strictObject({
  count: z.int().min(1),
  firstAtMillis: z.number(),
  /** Of the count: receipts that ended with the process and not with a verdict on the message. */
  cutOff: z.int().min(0).optional(),
});
export type Receipts = z.infer<typeof receiptsSchema>;

/** A message that ends the process each time is given up in the end all the same. */
const CUT_OFF_MAX = 25;

/** What was received before the process ended and is still there: whoever pulled the plug said nothing against the message. */
export const afterRestart = (receipts: Receipts | undefined): Receipts | undefined =>
  receipts && { ...receipts, cutOff: Math.min((receipts.cutOff ?? 0) + 1, receipts.count, CUT_OFF_MAX) };

/** How often somebody took the message and failed with it. */
export const failuresOf = (receipts: Receipts | undefined): number => (receipts?.count ?? 0) - (receipts?.cutOff ?? 0);

export interface Message extends StoredMessage {
  readonly sequence: number;
  state: 'waiting' | 'visible' | 'in-flight' | 'gone';
  receipts: Receipts | undefined;
  /** Of the latest receipt in this process: only that one can delete the message. */
  receiptHandle: string | undefined;
  /** Ends a delay or a visibility timeout. */
  timer: NodeJS.Timeout | undefined;
  /** Lets the product's time go on. */
  readonly end: () => void;
}

/** What a sender gives. */
export interface Outgoing {
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly delaySeconds: number;
  readonly senderId: string;
  readonly traceHeader?: string | undefined;
}

export const inMemory = (stored: StoredMessage, fresh: Pick<Message, 'sequence' | 'receipts' | 'end'>): Message => ({
  ...stored,
  ...fresh,
  state: 'waiting',
  receiptHandle: undefined,
  timer: undefined,
});

export const asStored = ({ id, body, attributes, sentAtMillis, senderId, traceHeader, deadLetterSource }: Message): StoredMessage => ({
  id,
  body,
  attributes,
  sentAtMillis,
  senderId,
  ...(traceHeader !== undefined && { traceHeader }),
  ...(deadLetterSource !== undefined && { deadLetterSource }),
});

/** What a Lambda SQS event record needs. */
export type Received = Readonly<SQSRecord>;

export const md5 = (content: string | Buffer): string => createHash('md5').update(content).digest('hex');

/**
 * As SQS computes it: names in order, each name, type and value with its length before it
 * (SQS Developer Guide, “Calculating the MD5 message digest for message attributes”).
 */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  const add = (bytes: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const name of names) {
    const { DataType = '', StringValue, BinaryValue } = attributes[name] ?? {};
    add(Buffer.from(name));
    add(Buffer.from(DataType));
    hash.update(Buffer.of(BinaryValue === undefined ? 1 : 2));
    add(BinaryValue === undefined ? Buffer.from(StringValue ?? '') : Buffer.from(BinaryValue, 'base64'));
  }
  return hash.digest('hex');
}

/** @param message in flight, so it has a receipt */
export function asReceived(message: Message, queueArn: string): Received {
  const checksum = md5OfAttributes(message.attributes);
  return {
    messageId: message.id,
    receiptHandle: message.receiptHandle ?? '',
    body: message.body,
    attributes: {
      ApproximateReceiveCount: String(message.receipts?.count ?? 0),
      SentTimestamp: String(message.sentAtMillis),
      SenderId: message.senderId,
      ApproximateFirstReceiveTimestamp: String(message.receipts?.firstAtMillis ?? 0),
      ...(message.traceHeader !== undefined && { AWSTraceHeader: message.traceHeader }),
      ...(message.deadLetterSource !== undefined && { DeadLetterQueueSourceArn: message.deadLetterSource }),
    },
    messageAttributes: Object.fromEntries(
      Object.entries(message.attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
        name,
        {
          dataType: DataType,
          stringListValues: [],
          binaryListValues: [],
          ...(StringValue !== undefined && { stringValue: StringValue }),
          ...(BinaryValue !== undefined && { binaryValue: BinaryValue }),
        },
      ]),
    ),
    md5OfBody: md5(message.body),
    ...(checksum !== undefined && { md5OfMessageAttributes: checksum }),
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: queueArn.split(':')[3] ?? '',
  };
}
