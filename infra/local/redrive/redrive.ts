/**
 * Dead letters back to where they belong, one by one. A letter is removed only after its copy is durable: whoever is stopped in between leaves
 * one twice, and twice changes nothing, because every receiver knows its messages by their origin.
 */
import { PutEventsCommand, type EventBridgeClient } from '@aws-sdk/client-eventbridge';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { DeadLetterQueue } from './dead-letter-queues.ts';
import { readLetter, type Letter } from './letter.ts';

export interface Clients {
  readonly sqs: SQSClient;
  readonly events: EventBridgeClient;
}

export interface Held {
  readonly letter: Letter;
  readonly body: string;
  readonly receiptHandle: string;
}

export type Redriven = { readonly letter: Letter } & ({ readonly done: 'moved' | 'published' } | { readonly done: 'kept'; readonly why: string });

/** SQS gives ten a call. */
const MESSAGES_MAX = 10;
/** Long enough to work through a queue; who is stopped leaves the rest hidden for that long. */
const HELD_SECONDS = 120;
/** As many as a person would look at; the next call takes the next. */
const LETTERS_MAX = 1_000;

/** All letters of a queue, hidden from others until they are released, moved, or `HELD_SECONDS` have passed. */
export async function hold({ sqs }: Clients, { url }: DeadLetterQueue): Promise<Held[]> {
  const held: Held[] = [];
  // Asked first, because waiting for the letters of an empty queue takes a second.
  const { Attributes: { ApproximateNumberOfMessages: visible } = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['ApproximateNumberOfMessages'] }),
  );
  for (let more = visible !== '0'; more && held.length < LETTERS_MAX;) {
    const receive = new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: MESSAGES_MAX, VisibilityTimeout: HELD_SECONDS, WaitTimeSeconds: 1 });
    const { Messages: messages = [] } = await sqs.send(receive);
    held.push(...messages.map(({ Body: body = '', ReceiptHandle: receiptHandle = '' }) => ({ letter: readLetter(body), body, receiptHandle })));
    more = messages.length > 0;
  }
  return held;
}

/** They stay where they are, for everybody to see. */
export async function release({ sqs }: Clients, { url }: DeadLetterQueue, held: readonly Held[]): Promise<void> {
  for (const { receiptHandle } of held) {
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle: receiptHandle, VisibilityTimeout: 0 }));
  }
}

export async function redrive(clients: Clients, queue: DeadLetterQueue, held: readonly Held[]): Promise<Redriven[]> {
  const results: Redriven[] = [];
  for (const one of held) {
    const result = await redriveOne(clients, queue, one);
    if (result.done === 'kept') await release(clients, queue, [one]);
    else await clients.sqs.send(new DeleteMessageCommand({ QueueUrl: queue.url, ReceiptHandle: one.receiptHandle }));
    results.push(result);
  }
  return results;
}

async function redriveOne({ sqs, events }: Clients, { sourceUrl }: DeadLetterQueue, { letter, body }: Held): Promise<Redriven> {
  switch (letter.kind) {
    case 'report':
      return { letter, done: 'kept', why: letter.advice };
    case 'message':
      if (sourceUrl === undefined) return { letter, done: 'kept', why: 'No queue has this one for its dead letters, so it is not known where it belongs.' };
      await sqs.send(new SendMessageCommand({ QueueUrl: sourceUrl, MessageBody: body }));
      return { letter, done: 'moved' };
    case 'refused-event': {
      const { Entries: [answer] = [] } = await events.send(new PutEventsCommand({ Entries: [letter.entry] }));
      if (answer?.EventId !== undefined) return { letter, done: 'published' };
      return { letter, done: 'kept', why: `The bus refused it again: ${answer?.ErrorCode ?? 'no answer'}.` };
    }
  }
}
