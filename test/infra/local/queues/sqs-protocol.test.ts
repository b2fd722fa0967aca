import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEndpoint, type Endpoint } from '../../../../infra/local/endpoint/endpoint.ts';
import type { Queues } from '../../../../infra/local/queues/queues.ts';
import { clientOf, failureOf, principals } from '../endpoint/local-client.ts';
import { LETTERS, QueuesOnDisk, urlOf, WORK, workAndLetters } from './queue-set-up.ts';

let disk: QueuesOnDisk;
let queues: Queues;
let endpoint: Endpoint;
let sqs: SQSClient;
const QueueUrl = urlOf('work');

beforeEach(async () => {
  disk = await QueuesOnDisk.create(workAndLetters);
  ({ queues } = await disk.open());
  endpoint = await openEndpoint({ handlers: { sqs: queues.handle }, principals });
  sqs = new SQSClient(clientOf(endpoint.url));
});
afterEach(async () => {
  sqs.destroy();
  await endpoint.close();
  await disk.remove();
});

describe('one message', () => {
  it('goes in and comes out with its attributes, and the SDK finds its checksums right', async () => {
    const MessageAttributes = {
      rule: { DataType: 'String', StringValue: 'ingest' },
      count: { DataType: 'Number', StringValue: '7' },
      raw: { DataType: 'Binary.png', BinaryValue: Uint8Array.of(0, 1, 254, 255) },
    };
    const sent = await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{"größe":1}', MessageAttributes }));
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MessageSystemAttributeNames: ['All'], MessageAttributeNames: ['All'], VisibilityTimeout: 60 }),
    );
    expect(Messages).toHaveLength(1);
    expect(Messages[0]).toMatchObject({
      MessageId: sent.MessageId,
      Body: '{"größe":1}',
      MessageAttributes,
      MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
      Attributes: { ApproximateReceiveCount: '1', SenderId: 'ingest-telemetry' },
    });
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: Messages[0]?.ReceiptHandle }));
    expect(queues.counts(WORK)).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  it.each([
    // MD5 of 00000001 'a' 00000006 'String' 01 00000001 'b'; the other worked out in the same way, in the order of the names.
    [{ a: { DataType: 'String', StringValue: 'b' } }, 'bef8bf215374a0a228d67533b1a488be'],
    [
      {
        z: { DataType: 'Number', StringValue: '7' },
        raw: { DataType: 'Binary.png', BinaryValue: Uint8Array.of(0, 255) },
        ab: { DataType: 'String', StringValue: 'ö' },
      },
      '2911a3d76ca999fba38b1a9e235894fd',
    ],
  ])('has the attribute checksum of the SQS Developer Guide: %#', async (MessageAttributes, checksum) => {
    const sent = await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x', MessageAttributes }));
    expect(sent.MD5OfMessageAttributes).toBe(checksum);
  });

  it('shows only the attributes that were asked for', async () => {
    const text = (StringValue: string) => ({ DataType: 'String', StringValue });
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x', MessageAttributes: { 'x.one': text('1'), 'x.two': text('2'), y: text('3') } }));
    const received = async (MessageAttributeNames: string[]) => {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames, VisibilityTimeout: 0 }));
      return Object.keys(Messages[0]?.MessageAttributes ?? {});
    };
    expect(await received(['x.*'])).toEqual(['x.one', 'x.two']);
    expect(await received(['y', 'z'])).toEqual(['y']);
  });

  it('comes back when its visibility is set to nothing', async () => {
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }));
    const { Messages: [first] = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(queues.counts(WORK)).toEqual({ visible: 0, inFlight: 1, delayed: 0 });
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle, VisibilityTimeout: 0 }));
    expect(queues.counts(WORK)).toEqual({ visible: 1, inFlight: 0, delayed: 0 });
    expect(
      await failureOf(sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle, VisibilityTimeout: 9 }))),
    ).toMatchObject({ name: 'MessageNotInflight' });
  });

  it('is waited for', async () => {
    const waiting = sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'at last' }));
    expect((await waiting).Messages?.map(({ Body }) => Body)).toEqual(['at last']);
  });

  it('is waited for no longer than asked', async () => {
    expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 }))).Messages).toBeUndefined();
  });

  it('goes to the dead-letter queue after two receipts', async () => {
    const sent = await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'poison' }));
    for (let receipt = 0; receipt < 3; receipt += 1) await sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 0 }));
    const { Messages: [letter] = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: urlOf('letters'), MessageSystemAttributeNames: ['All'] }));
    expect(letter).toMatchObject({ Body: 'poison', Attributes: { DeadLetterQueueSourceArn: WORK } });
    expect(letter?.MessageId).not.toBe(sent.MessageId);
  });
});

describe('a batch', () => {
  it('fails entry by entry', async () => {
    const answer = await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl,
        Entries: [
          { Id: 'good', MessageBody: 'a' },
          { Id: 'empty', MessageBody: '' },
          { Id: 'control', MessageBody: 'a\u0000b' },
          { Id: 'late', MessageBody: 'a', DelaySeconds: 901 },
          { Id: 'fine', MessageBody: 'b' },
        ],
      }),
    );
    expect(answer.Successful?.map(({ Id }) => Id)).toEqual(['good', 'fine']);
    expect(answer.Failed?.map(({ Id, Code, SenderFault }) => [Id, Code, SenderFault])).toEqual([
      ['empty', 'MissingParameter', true],
      ['control', 'InvalidMessageContents', true],
      ['late', 'InvalidParameterValue', true],
    ]);
    expect(queues.counts(WORK).visible).toBe(2);
  });

  it('deletes and hides entry by entry', async () => {
    await Promise.all(['a', 'b'].map((MessageBody) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }))));
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    const [first, second] = Messages.map(({ ReceiptHandle }) => ReceiptHandle);
    const hidden = await sqs.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl,
        Entries: [
          { Id: '1', ReceiptHandle: first, VisibilityTimeout: 0 },
          { Id: '2', ReceiptHandle: 'nonsense', VisibilityTimeout: 0 },
        ],
      }),
    );
    expect(hidden.Failed?.map(({ Id, Code }) => [Id, Code])).toEqual([['2', 'ReceiptHandleIsInvalid']]);
    const deleted = await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl,
        Entries: [
          { Id: '1', ReceiptHandle: 'nonsense' },
          { Id: '2', ReceiptHandle: second },
        ],
      }),
    );
    expect(deleted.Successful?.map(({ Id }) => Id)).toEqual(['2']);
    expect(deleted.Failed?.map(({ Id }) => Id)).toEqual(['1']);
    expect(queues.counts(WORK)).toEqual({ visible: 1, inFlight: 0, delayed: 0 });
  });

  const body = (Id: string, bytes = 1) => ({ Id, MessageBody: 'x'.repeat(bytes) });
  it.each([
    ['is empty', [], 'EmptyBatchRequest'],
    ['has eleven entries', Array.from({ length: 11 }, (_, index) => body(String(index))), 'TooManyEntriesInBatchRequest'],
    ['names two alike', [body('a'), body('a')], 'BatchEntryIdsNotDistinct'],
    ['names one badly', [body('a b')], 'InvalidBatchEntryId'],
    ['is larger than 1 MiB', [body('a', 600_000), body('b', 600_000)], 'BatchRequestTooLong'],
  ])('is refused when it %s', async (_, Entries, name) => {
    expect(await failureOf(sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries })))).toMatchObject({ name, status: 400 });
    expect(queues.counts(WORK).visible).toBe(0);
  });
});

describe('refusals', () => {
  it('knows no queue by another name', async () => {
    const other = urlOf('other');
    await expect(sqs.send(new SendMessageCommand({ QueueUrl: other, MessageBody: 'x' }))).rejects.toBeInstanceOf(QueueDoesNotExist);
    await expect(sqs.send(new GetQueueUrlCommand({ QueueName: 'other' }))).rejects.toBeInstanceOf(QueueDoesNotExist);
  });

  it.each([
    ['a message that is too long', { MessageBody: 'x'.repeat(1_048_577) }, 'InvalidParameterValue'],
    ['an attribute without a value', { MessageBody: 'x', MessageAttributes: { a: { DataType: 'String' } } }, 'InvalidParameterValue'],
    ['an attribute of another type', { MessageBody: 'x', MessageAttributes: { a: { DataType: 'Date', StringValue: '1' } } }, 'InvalidParameterValue'],
    ['an order that a standard queue cannot keep', { MessageBody: 'x', MessageDeduplicationId: 'd' }, 'InvalidParameterValue'],
  ])('refuses %s', async (_, message, name) => {
    expect(await failureOf(sqs.send(new SendMessageCommand({ QueueUrl, ...message })))).toMatchObject({ name, status: 400 });
    expect(queues.counts(WORK).visible).toBe(0);
  });

  it('names an operation it does not offer', async () => {
    expect(await failureOf(sqs.send(new ListQueuesCommand()))).toMatchObject({ message: 'the local cloud does not offer sqs ListQueues' });
  });
});

describe('a queue', () => {
  it('tells its attributes', async () => {
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }));
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'y', DelaySeconds: 60 }));
    const all = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
    expect(all.Attributes).toEqual({
      QueueArn: WORK,
      ApproximateNumberOfMessages: '1',
      ApproximateNumberOfMessagesNotVisible: '0',
      ApproximateNumberOfMessagesDelayed: '1',
      VisibilityTimeout: '60',
      DelaySeconds: '0',
      MaximumMessageSize: '1048576',
      MessageRetentionPeriod: '345600',
      ReceiveMessageWaitTimeSeconds: '0',
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: LETTERS, maxReceiveCount: 2 }),
    });
    const one = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
    expect(one.Attributes).toEqual({ QueueArn: WORK });
  });

  it('is found by its name and emptied', async () => {
    expect((await sqs.send(new GetQueueUrlCommand({ QueueName: 'work' }))).QueueUrl).toBe(QueueUrl);
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }));
    await sqs.send(new PurgeQueueCommand({ QueueUrl }));
    expect(queues.counts(WORK).visible).toBe(0);
  });
});
