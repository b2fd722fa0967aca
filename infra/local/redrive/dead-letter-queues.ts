/** The template's dead-letter queues: whose letters lie there, where those belong, and what they mean to a person. */
import { z } from 'zod';
import { ofType, queuesOf } from '../cloud/definitions.ts';
import type { Template } from '../template/read-assembly.ts';

export interface DeadLetterQueue {
  readonly name: string;
  readonly url: string;
  /** Where its messages were before; none for reports and refused events. */
  readonly sourceUrl?: string;
  /** The text of its alarm. */
  readonly errorImpact?: string;
}

const redriveSchema = z.object({ RedrivePolicy: z.object({ deadLetterTargetArn: z.string() }) });
const alarmSchema = z.object({ AlarmDescription: z.string(), Dimensions: z.array(z.object({ Name: z.string(), Value: z.string() })) });

export function deadLetterQueuesOf(template: Template): DeadLetterQueue[] {
  const queues = queuesOf(template);
  const sources = new Map(
    queues.flatMap(({ url, properties }) => {
      const policy = redriveSchema.safeParse(properties);
      return policy.success ? [[policy.data.RedrivePolicy.deadLetterTargetArn, url] as const] : [];
    }),
  );
  const alarms = ofType(template, 'AWS::CloudWatch::Alarm').flatMap(({ properties }) => alarmSchema.safeParse(properties).data ?? []);
  return queues
    .filter(({ deadLetter }) => deadLetter === true)
    .map(({ name, url, arn }) => {
      const sourceUrl = sources.get(arn);
      const errorImpact = alarms.find(({ Dimensions: dimensions }) =>
        dimensions.some(({ Name, Value }) => Name === 'QueueName' && Value === name),
      )?.AlarmDescription;
      return { name, url, ...(sourceUrl !== undefined && { sourceUrl }), ...(errorImpact !== undefined && { errorImpact }) };
    });
}
