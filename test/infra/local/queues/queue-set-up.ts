import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Activity } from '../../../../infra/local/activity.ts';
import type { QueueDefinition } from '../../../../infra/local/queues/queue-properties.ts';
import { openQueues, type Queues } from '../../../../infra/local/queues/queues.ts';

export const arnOf = (name: string): string => `arn:aws:sqs:eu-central-1:000000000000:${name}`;
export const urlOf = (name: string): string => `http://127.0.0.1:4566/000000000000/${name}`;
export const queue = (name: string, properties: object = {}): QueueDefinition => ({ name, arn: arnOf(name), url: urlOf(name), properties });

/** A queue that gives a message up after two receipts, and the queue it goes to. */
export const WORK = arnOf('work');
export const LETTERS = arnOf('letters');
export const workAndLetters: readonly QueueDefinition[] = [
  queue('work', { VisibilityTimeout: 60, RedrivePolicy: { deadLetterTargetArn: LETTERS, maxReceiveCount: 2 } }),
  queue('letters'),
];

export interface OpenedQueues {
  readonly queues: Queues;
  readonly activity: Activity;
}

/** A directory of its own, in which queues can be closed and opened again. */
export class QueuesOnDisk {
  readonly directory: string;
  readonly #definitions: readonly QueueDefinition[];
  #opened: Queues | undefined;

  private constructor(directory: string, definitions: readonly QueueDefinition[]) {
    this.directory = directory;
    this.#definitions = definitions;
  }

  static async create(definitions: readonly QueueDefinition[]): Promise<QueuesOnDisk> {
    return new QueuesOnDisk(await mkdtemp(join(tmpdir(), 'nachschub-queues-')), definitions);
  }

  async open(): Promise<OpenedQueues> {
    await this.#opened?.close();
    const activity = new Activity();
    this.#opened = await openQueues({ directory: this.directory, queues: this.#definitions, activity });
    return { queues: this.#opened, activity };
  }

  async remove(): Promise<void> {
    await this.#opened?.close();
    await rm(this.directory, { recursive: true, force: true });
  }
}
