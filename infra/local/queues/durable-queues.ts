/** What can be done with the queues. Nothing is acknowledged before it is on disk, and nothing is forgotten before it is deleted. */
import { randomUUID } from 'node:crypto';
import type { Activity } from '../activity.ts';
import { AwsError } from '../endpoint/aws-answer.ts';
import { asReceived, asStored, failuresOf, inMemory, type Message, type Outgoing, type Received, type StoredMessage } from './message.ts';
import { deleteMessage, putMessage, putReceipts, type MessageLog } from './message-log.ts';
import type { Counts, Queue } from './queue.ts';

export interface DeadLetter {
  readonly queueArn: string;
  /** The queue that gave the message up; missing when it was sent here directly, as the bus does. */
  readonly sourceArn?: string;
  readonly messageId: string;
  readonly body: string;
}

export class DurableQueues {
  readonly #byArn: ReadonlyMap<string, Queue>;
  readonly #log: MessageLog;
  readonly #activity: Activity;
  readonly #deadLetterListeners = new Set<(letter: DeadLetter) => void>();
  readonly #sent: (arn: string, bytes: number) => void;
  #lastSequence: number;
  #isClosed = false;

  /** @param sent hears of what other parts of the cloud put on a queue, each with its size */
  constructor(
    queues: readonly Queue[],
    log: MessageLog,
    activity: Activity,
    lastSequence: number,
    sent: (arn: string, bytes: number) => void = () => undefined,
  ) {
    this.#sent = sent;
    this.#byArn = new Map(queues.map((queue) => [queue.arn, queue]));
    this.#log = log;
    this.#activity = activity;
    this.#lastSequence = lastSequence;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  get queues(): Queue[] {
    return [...this.#byArn.values()];
  }

  /** Resolves when durable. @param attributes message attributes of type String */
  async send(arn: string, body: string, attributes: Readonly<Record<string, string>> = {}): Promise<void> {
    const queue = this.#queue(arn);
    this.#sent(arn, Buffer.byteLength(body));
    const typed = Object.fromEntries(Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]));
    await this.post(queue, { body, attributes: typed, delaySeconds: queue.settings.delaySeconds, senderId: 'local' });
  }

  async post(queue: Queue, { delaySeconds, ...outgoing }: Outgoing): Promise<Message> {
    // Counted before it is durable, so that time cannot jump while a message is on its way to the disk.
    const message = this.#newMessage(queue, { ...outgoing, id: randomUUID(), sentAtMillis: Date.now() });
    try {
      await this.#log.write([putMessage({ queue: queue.name, sequence: message.sequence }, asStored(message))]);
    } catch (error) {
      message.end();
      throw error;
    }
    queue.add(message, delaySeconds);
    if (queue.isDeadLetter) this.#tellDeadLetter({ queueArn: queue.arn, messageId: message.id, body: message.body });
    return message;
  }

  /** At most `max` messages, invisible to others for that long; each receipt is counted on disk before it is handed out. */
  async receive(arn: string, max: number, visibilitySeconds?: number): Promise<Received[]> {
    if (this.#isClosed) return [];
    const queue = this.#queue(arn);
    const received: Message[] = [];
    const exhausted: Message[] = [];
    while (received.length < max) {
      const [message] = queue.take(1);
      if (message === undefined) break;
      (isExhausted(queue, message) ? exhausted : received).push(message);
    }
    for (const message of received) {
      message.receipts = { ...message.receipts, count: (message.receipts?.count ?? 0) + 1, firstAtMillis: message.receipts?.firstAtMillis ?? Date.now() };
      message.receiptHandle = `${message.sequence}.${randomUUID()}`;
    }
    const records = received.map((message) => asReceived(message, arn));
    const counted = received.flatMap(({ sequence, receipts }) => (receipts ? [putReceipts({ queue: queue.name, sequence }, receipts)] : []));
    try {
      await Promise.all([this.#log.write(counted), ...exhausted.map((message) => this.#giveUp(queue, message))]);
    } finally {
      for (const message of received) queue.hide(message, visibilitySeconds ?? queue.settings.visibilitySeconds);
    }
    return records;
  }

  /** Deletes; durable when resolved. A handle that is not the latest of its message does nothing, as on AWS. */
  async remove(arn: string, receiptHandles: readonly string[]): Promise<void> {
    const queue = this.#queue(arn);
    await this.#discard(
      queue,
      receiptHandles.flatMap((handle) => this.#holding(queue, handle) ?? []),
    );
  }

  /** Makes a message in flight visible again after this long. Answers whether it was in flight under this handle. */
  release(arn: string, receiptHandle: string, afterSeconds: number): boolean {
    const queue = this.#queue(arn);
    const message = this.#holding(queue, receiptHandle);
    if (message?.state !== 'in-flight') return false;
    queue.hide(message, afterSeconds);
    return true;
  }

  async purge(arn: string): Promise<void> {
    const queue = this.#queue(arn);
    await this.#discard(queue, queue.messages);
  }

  /** Calls back whenever messages become visible, and soon if some are already. Answers how to stop that. */
  onMessage(arn: string, listener: () => void): () => void {
    return this.#queue(arn).onMessage(listener);
  }

  /** Calls back when a message has come to rest in a dead-letter queue, on whatever way. Answers how to stop that. */
  deadLettered(listener: (letter: DeadLetter) => void): () => void {
    this.#deadLetterListeners.add(listener);
    return () => this.#deadLetterListeners.delete(listener);
  }

  counts(arn: string): Counts {
    return this.#queue(arn).counts;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const queue of this.#byArn.values()) queue.close();
    await this.#log.close();
  }

  #queue(arn: string): Queue {
    const queue = this.#byArn.get(arn);
    if (queue === undefined) throw new Error(`${arn} is no queue here`);
    return queue;
  }

  #newMessage(queue: Queue, stored: StoredMessage): Message {
    this.#lastSequence += 1;
    return inMemory(stored, { sequence: this.#lastSequence, receipts: undefined, end: workOn(queue, this.#activity) });
  }

  #holding(queue: Queue, receiptHandle: string): Message | undefined {
    const sequence = Number(/^(\d{1,16})\.[0-9a-f-]{36}$/.exec(receiptHandle)?.[1]);
    if (Number.isNaN(sequence)) throw new AwsError('ReceiptHandleIsInvalid', `the receipt handle ${receiptHandle} is none of ours`, { status: 404 });
    const message = queue.find(sequence);
    return message?.receiptHandle === receiptHandle ? message : undefined;
  }

  async #discard(queue: Queue, messages: readonly Message[]): Promise<void> {
    for (const message of messages) queue.forget(message);
    await this.#log.write(messages.flatMap(({ sequence }) => deleteMessage({ queue: queue.name, sequence })));
    for (const message of messages) message.end();
  }

  /** Into the dead-letter queue under a new message id, in one write with leaving this one; when it was sent stays (SQS Developer Guide, “dead-letter queues”). */
  async #giveUp(queue: Queue, message: Message): Promise<void> {
    const target = this.#queue(queue.settings.redrive?.deadLetterTargetArn ?? '');
    const letter = this.#newMessage(target, { ...asStored(message), id: randomUUID(), deadLetterSource: queue.arn });
    const move = [
      ...deleteMessage({ queue: queue.name, sequence: message.sequence }),
      putMessage({ queue: target.name, sequence: letter.sequence }, asStored(letter)),
    ];
    try {
      await this.#log.write(move);
    } catch (error) {
      queue.hide(message, queue.settings.visibilitySeconds);
      throw error;
    }
    queue.forget(message);
    target.add(letter, 0);
    message.end();
    this.#tellDeadLetter({ queueArn: target.arn, sourceArn: queue.arn, messageId: letter.id, body: letter.body });
  }

  #tellDeadLetter(letter: DeadLetter): void {
    for (const listener of [...this.#deadLetterListeners]) listener(letter);
  }
}

/** Received as often as the policy allows without being deleted. */
const isExhausted = ({ settings: { redrive } }: Queue, { receipts }: Message): boolean =>
  redrive !== undefined && failuresOf(receipts) >= redrive.maxReceiveCount;

const NO_WORK = (): void => undefined;

/** A message holds the product's time until it is done with; nobody works on dead letters. */
export const workOn = (queue: Queue, activity: Activity): (() => void) => (queue.isDeadLetter ? NO_WORK : activity.begin(`a message of ${queue.name}`));
