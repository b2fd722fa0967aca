/** What GetQueueAttributes tells. */
import { AwsError } from '../endpoint/aws-answer.ts';
import type { Queue } from './queue.ts';

/** @throws AwsError for a name that is no attribute of a queue here */
export function queueAttributes(queue: Queue, names: readonly string[]): Record<string, string> {
  const { arn, settings, counts } = queue;
  const all: Record<string, string> = {
    QueueArn: arn,
    ApproximateNumberOfMessages: String(counts.visible),
    ApproximateNumberOfMessagesNotVisible: String(counts.inFlight),
    ApproximateNumberOfMessagesDelayed: String(counts.delayed),
    VisibilityTimeout: String(settings.visibilitySeconds),
    DelaySeconds: String(settings.delaySeconds),
    MaximumMessageSize: String(settings.messageBytesMax),
    MessageRetentionPeriod: String(settings.retentionSeconds),
    ReceiveMessageWaitTimeSeconds: String(settings.receiveWaitSeconds),
    ...(settings.redrive && { RedrivePolicy: JSON.stringify(settings.redrive) }),
  };
  if (names.includes('All')) return all;
  const unknown = names.find((name) => !Object.hasOwn(all, name) && name !== 'RedrivePolicy');
  if (unknown !== undefined) throw new AwsError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
}
