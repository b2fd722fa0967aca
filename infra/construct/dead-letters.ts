/** Where a message ends that nobody could work off, with the alarm that says what this means to a person. */
import { Duration, Validations } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { alertWhen } from './alert.ts';

export interface DeadLettersProps {
  /** Becomes the alarm's text. */
  readonly errorImpact: string;
  readonly alerts: ITopic;
}

export class DeadLetters extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, { errorImpact, alerts }: DeadLettersProps) {
    super(scope, id);
    // SQS keeps fourteen days at most: longer than any source queue, or a letter would die before anybody reads it.
    this.queue = new Queue(this, 'Queue', { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, retentionPeriod: Duration.days(14) });
    Validations.of(this.queue).acknowledge({ id: 'AwsSolutions-SQS3', reason: 'It is where the last letters end; a person reads them or sends them again.' });
    const metric = this.queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1) });
    alertWhen(this, 'Alarm', { text: errorImpact, metric, threshold: 1, periods: 1, alerts });
  }
}
