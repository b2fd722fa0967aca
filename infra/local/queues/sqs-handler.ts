/** SQS as the AWS SDK speaks it: AWS JSON 1.0, `x-amz-target: AmazonSQS.<operation>`. */
import type { z } from 'zod';
import type { AwsHandler, AwsRequest } from '../aws-request.ts';
import { AwsError, jsonAnswer, parseBody } from '../endpoint/aws-answer.ts';
import type { DurableQueues } from './durable-queues.ts';
import { md5, md5OfAttributes, type Message } from './message.ts';
import { queueAttributes } from './queue-attributes.ts';
import type { Queue } from './queue.ts';
import { receiveMessage } from './sqs-receive.ts';
import { eachEntry } from './sqs-batch.ts';
import { bytesOf, entrySchemas, inputSchemas, outgoing, sqsError, type MessageInput } from './sqs-input.ts';

type Operation = (request: AwsRequest) => object | Promise<object>;

const BATCH_BYTES_MAX = 1_048_576;

export function createSqsHandler(queues: DurableQueues): AwsHandler {
  const operations = operationsOn(queues);
  return async (request) => {
    const name = request.headers['x-amz-target']?.replace(/^AmazonSQS\./, '') ?? '';
    const operation = operations.get(name);
    if (operation === undefined) throw new AwsError('UnsupportedOperation', `the local cloud does not offer sqs ${name}`);
    return jsonAnswer(request, await operation(request));
  };
}

/** Reads the input, finds the queue that it names, and does with both what is to be done. */
function onQueue<Schema extends z.ZodType<{ QueueUrl: string }>>(
  queues: DurableQueues,
  schema: Schema,
  carryOut: (queue: Queue, input: Omit<z.infer<Schema>, 'QueueUrl'>, caller: string) => object | Promise<object>,
): Operation {
  return (request) => {
    const { QueueUrl, ...input } = parseBody(request, schema, 'InvalidParameterValue');
    return carryOut(queueAt(queues, QueueUrl), input, request.caller);
  };
}

function operationsOn(queues: DurableQueues): Map<string, Operation> {
  const one = operationsOnOne(queues);
  return new Map<string, Operation>([
    ['SendMessage', onQueue(queues, inputSchemas.SendMessage, one.send)],
    ['DeleteMessage', onQueue(queues, inputSchemas.DeleteMessage, one.remove)],
    ['ChangeMessageVisibility', onQueue(queues, inputSchemas.ChangeMessageVisibility, one.hide)],
    [
      'SendMessageBatch',
      onQueue(queues, inputSchemas.SendMessageBatch, (queue, { Entries }, caller) => {
        checkBatchSize(Entries);
        return eachEntry(Entries, entrySchemas.SendMessageBatch, (entry) => one.send(queue, entry, caller));
      }),
    ],
    [
      'DeleteMessageBatch',
      onQueue(queues, inputSchemas.DeleteMessageBatch, (queue, { Entries }) =>
        eachEntry(Entries, entrySchemas.DeleteMessageBatch, (entry) => one.remove(queue, entry)),
      ),
    ],
    [
      'ChangeMessageVisibilityBatch',
      onQueue(queues, inputSchemas.ChangeMessageVisibilityBatch, (queue, { Entries }) =>
        eachEntry(Entries, entrySchemas.ChangeMessageVisibilityBatch, (entry) => one.hide(queue, entry)),
      ),
    ],
    ['ReceiveMessage', onQueue(queues, inputSchemas.ReceiveMessage, (queue, input) => receiveMessage(queues, queue, input))],
    [
      'GetQueueAttributes',
      onQueue(queues, inputSchemas.GetQueueAttributes, (queue, { AttributeNames }) => ({ Attributes: queueAttributes(queue, AttributeNames) })),
    ],
    ['PurgeQueue', onQueue(queues, inputSchemas.PurgeQueue, async (queue) => empty(queues.purge(queue.arn)))],
    ['GetQueueUrl', (request) => queueUrl(queues, parseBody(request, inputSchemas.GetQueueUrl, 'InvalidParameterValue').QueueName)],
  ]);
}

/** What the batch operations do for each of their entries. */
function operationsOnOne(queues: DurableQueues) {
  return {
    send: async (queue: Queue, input: MessageInput, caller: string) => sentAnswer(await queues.post(queue, outgoing(queue, input, caller))),
    remove: async (queue: Queue, { ReceiptHandle }: { ReceiptHandle: string }) => empty(queues.remove(queue.arn, [ReceiptHandle])),
    hide: (queue: Queue, { ReceiptHandle, VisibilityTimeout }: { ReceiptHandle: string; VisibilityTimeout: number }) => {
      if (queues.release(queue.arn, ReceiptHandle, VisibilityTimeout)) return {};
      throw sqsError('MessageNotInflight', 'The message is not in flight under this receipt handle.', 'AWS.SimpleQueueService.MessageNotInflight');
    },
  };
}

const empty = async (done: Promise<void>): Promise<object> => {
  await done;
  return {};
};

function queueUrl(queues: DurableQueues, name: string): object {
  const queue = queues.queues.find((candidate) => candidate.name === name);
  if (queue === undefined) throw noSuchQueue(name);
  return { QueueUrl: queue.url };
}

const noSuchQueue = (name: string): AwsError =>
  sqsError('QueueDoesNotExist', `The specified queue does not exist: ${name}`, 'AWS.SimpleQueueService.NonExistentQueue');

/** By the path of its URL: the port may have changed since whoever asks wrote it down. */
function queueAt(queues: DurableQueues, url: string): Queue {
  const path = pathOf(url);
  const queue = queues.queues.find((candidate) => pathOf(candidate.url) === path);
  if (queue === undefined) throw noSuchQueue(url);
  return queue;
}

const pathOf = (url: string): string => (URL.canParse(url) ? new URL(url).pathname : url);

function sentAnswer({ id, body, attributes }: Message): object {
  const checksum = md5OfAttributes(attributes);
  return { MessageId: id, MD5OfMessageBody: md5(body), ...(checksum !== undefined && { MD5OfMessageAttributes: checksum }) };
}

/** What does not parse counts nothing: it fails on its own. */
function checkBatchSize(entries: readonly object[]): void {
  const bytes = entries.reduce((sum, entry) => {
    const parsed = entrySchemas.SendMessageBatch.safeParse(entry);
    return sum + (parsed.success ? bytesOf(parsed.data) : 0);
  }, 0);
  if (bytes > BATCH_BYTES_MAX)
    throw sqsError('BatchRequestTooLong', `Batch requests cannot be longer than ${BATCH_BYTES_MAX} bytes.`, 'AWS.SimpleQueueService.BatchRequestTooLong');
}
