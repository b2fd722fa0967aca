/** ReceiveMessage, which may wait for a message to come. */
import type { z } from 'zod';
import { md5OfAttributes, type MessageAttributes, type Received } from './message.ts';
import type { Queue } from './queue.ts';
import type { DurableQueues } from './durable-queues.ts';
import type { inputSchemas } from './sqs-input.ts';

type ReceiveInput = Omit<z.infer<typeof inputSchemas.ReceiveMessage>, 'QueueUrl'>;

export async function receiveMessage(queues: DurableQueues, queue: Queue, input: ReceiveInput): Promise<object> {
  const deadlineMillis = Date.now() + (input.WaitTimeSeconds ?? queue.settings.receiveWaitSeconds) * 1_000;
  for (;;) {
    const received = await queues.receive(queue.arn, input.MaxNumberOfMessages, input.VisibilityTimeout);
    const leftMillis = deadlineMillis - Date.now();
    if (received.length > 0) return { Messages: received.map((record) => messageAnswer(record, input)) };
    if (leftMillis <= 0 || queues.isClosed) return {};
    await somethingVisible(queue, leftMillis);
  }
}

function somethingVisible(queue: Queue, withinMillis: number): Promise<void> {
  return new Promise((resolve) => {
    const stop = queue.onMessage(() => {
      clearTimeout(timer);
      stop();
      resolve();
    });
    const timer = setTimeout(() => {
      stop();
      resolve();
    }, withinMillis);
  });
}

function messageAnswer(record: Received, { AttributeNames, MessageSystemAttributeNames, MessageAttributeNames }: ReceiveInput): object {
  const system = [...AttributeNames, ...MessageSystemAttributeNames];
  const attributes = Object.fromEntries(Object.entries(record.attributes).filter(([name]) => system.includes('All') || system.includes(name)));
  const messageAttributes = asked(record, MessageAttributeNames);
  const checksum = md5OfAttributes(messageAttributes);
  return {
    MessageId: record.messageId,
    ReceiptHandle: record.receiptHandle,
    Body: record.body,
    MD5OfBody: record.md5OfBody,
    ...(Object.keys(attributes).length > 0 && { Attributes: attributes }),
    ...(checksum !== undefined && { MessageAttributes: messageAttributes, MD5OfMessageAttributes: checksum }),
  };
}

/** `All` or `.*` means all, `prefix.*` all that begin so, anything else a name. */
function asked(record: Received, names: readonly string[]): MessageAttributes {
  const isAsked = (attribute: string) =>
    names.some((name) => name === 'All' || name === attribute || (name.endsWith('.*') && attribute.startsWith(name.slice(0, -2))));
  return Object.fromEntries(
    Object.entries(record.messageAttributes)
      .filter(([name]) => isAsked(name))
      .map(([name, { dataType, stringValue, binaryValue }]) => [
        name,
        { DataType: dataType, ...(stringValue !== undefined && { StringValue: stringValue }), ...(binaryValue !== undefined && { BinaryValue: binaryValue }) },
      ]),
  );
}
