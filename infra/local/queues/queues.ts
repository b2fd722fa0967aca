/** Every queue of the template, durable. */
import type { Activity } from '../activity.ts';
import type { AwsHandler } from '../aws-request.ts';
import { DurableQueues, workOn } from './durable-queues.ts';
import { afterRestart, inMemory } from './message.ts';
import { MessageLog } from './message-log.ts';
import { Queue } from './queue.ts';
import { readQueueProperties, type QueueDefinition } from './queue-properties.ts';
import { createSqsHandler } from './sqs-handler.ts';

export interface QueuesOptions {
  /** Holds one database for all queues. */
  readonly directory: string;
  readonly queues: readonly QueueDefinition[];
  readonly activity: Activity;
  /** Hears of what rules, the bus and mappings put on a queue. */
  readonly sent?: (arn: string, bytes: number) => void;
}

export class Queues extends DurableQueues {
  /** The SQS JSON protocol. */
  readonly handle: AwsHandler = createSqsHandler(this);
}

/** @throws Error naming a queue whose properties are not understood, or a dead-letter queue that is not there */
export async function openQueues({ directory, queues, activity, sent }: QueuesOptions): Promise<Queues> {
  const read = queues.map((definition) => ({ definition, settings: readQueueProperties(definition) }));
  const redriveTargets = new Set(read.flatMap(({ settings: { redrive } }) => redrive?.deadLetterTargetArn ?? []));
  const opened = read.map(({ definition, settings }) => new Queue(definition, settings, definition.deadLetter ?? redriveTargets.has(definition.arn)));
  for (const arn of redriveTargets) if (!opened.some((queue) => queue.arn === arn)) throw new Error(`a redrive policy names ${arn}, which is no queue here`);
  const log = await MessageLog.open(directory);
  return new Queues(opened, log, activity, await restore(opened, log, activity), sent);
}

/**
 * Everything undeleted is visible at once: who had it in flight died with the last process. Messages of queues that the template
 * no longer has stay on disk, in case it has them again. Answers the last sequence number in use.
 */
async function restore(queues: readonly Queue[], log: MessageLog, activity: Activity): Promise<number> {
  const byName = new Map(queues.map((queue) => [queue.name, queue]));
  let lastSequence = 0;
  for (const { queue: name, sequence, message, receipts } of await log.load()) {
    const queue = byName.get(name);
    lastSequence = Math.max(lastSequence, sequence);
    queue?.add(inMemory(message, { sequence, receipts: afterRestart(receipts), end: workOn(queue, activity) }), 0);
  }
  return lastSequence;
}
