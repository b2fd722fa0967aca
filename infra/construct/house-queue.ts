/** A queue as this house has them: encrypted, and with dead letters that keep longer than it does. */
import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { alertWhen } from './alert.ts';
import { DeadLetters, type DeadLettersProps } from './dead-letters.ts';

export interface HouseQueueProps extends DeadLettersProps {
  /** Of the function that works it off; the visibility is six times as long (AWS's own advice for event source mappings). */
  readonly workerTimeout: Duration;
}

/** A healthy queue is empty within seconds; after a quarter of an hour somebody in a household may have noticed. */
const OLDEST_MAX = Duration.minutes(15);

export class HouseQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { errorImpact, workerTimeout, alerts }: HouseQueueProps) {
    super(scope, id);
    this.deadLetters = new DeadLetters(this, 'DeadLetters', { errorImpact, alerts }).queue;
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(workerTimeout.toSeconds() * 6),
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 5 },
    });
    alertWhen(this, 'AgeAlarm', {
      text: `Messages wait for a quarter of an hour, so more come in than are worked off. If it lasts: ${errorImpact}`,
      metric: this.queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5) }),
      threshold: OLDEST_MAX.toSeconds(),
      periods: 2,
      alerts,
    });
  }
}
