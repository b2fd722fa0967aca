/** What the template may say about a queue. What is not listed here is refused when loading, never ignored. */
import { z } from 'zod';

/** CloudFormation passes numbers as text where a parameter or a `Fn::Sub` was in between. */
const whole = (min: number, max: number) => z.coerce.number().int().min(min).max(max);
/** Understood, and without effect on one machine: nothing is encrypted here, and nothing grows old enough to be thrown away. */
const inert = z.unknown().optional();

export const queuePropertiesSchema = z
  .strictObject({
    QueueName: z.string().optional(),
    DelaySeconds: whole(0, 900).default(0),
    VisibilityTimeout: whole(0, 43_200).default(30),
    /** 1 MiB since January 2026; 256 KiB before. */
    MaximumMessageSize: whole(1_024, 1_048_576).default(1_048_576),
    MessageRetentionPeriod: whole(60, 1_209_600).default(345_600),
    ReceiveMessageWaitTimeSeconds: whole(0, 20).default(0),
    RedrivePolicy: z.strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: whole(1, 1_000) }).optional(),
    RedriveAllowPolicy: inert,
    KmsMasterKeyId: inert,
    KmsDataKeyReusePeriodSeconds: inert,
    SqsManagedSseEnabled: inert,
    Tags: inert,
  })
  .transform((properties) => ({
    delaySeconds: properties.DelaySeconds,
    visibilitySeconds: properties.VisibilityTimeout,
    messageBytesMax: properties.MaximumMessageSize,
    retentionSeconds: properties.MessageRetentionPeriod,
    receiveWaitSeconds: properties.ReceiveMessageWaitTimeSeconds,
    redrive: properties.RedrivePolicy,
  }));

export type QueueSettings = z.infer<typeof queuePropertiesSchema>;

export interface QueueDefinition {
  readonly name: string;
  readonly url: string;
  readonly arn: string;
  /** The resolved CloudFormation properties of `AWS::SQS::Queue`. */
  readonly properties: unknown;
  /**
   * Nobody works on its messages, so they hold no activity. Targets of a redrive policy are known to be so; the dead-letter queues of rules,
   * schedules and functions need this said.
   */
  readonly deadLetter?: boolean;
}

/** @throws Error naming the queue and what about it is not understood. */
export function readQueueProperties({ name, properties }: QueueDefinition): QueueSettings {
  const parsed = queuePropertiesSchema.safeParse(properties);
  if (!parsed.success) throw new Error(`the queue ${name}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
