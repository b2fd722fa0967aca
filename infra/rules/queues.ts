/** Queues give a function its time, and keep what it could not work off longer than they keep anything else. */
import { z } from 'zod';
import { idIn, ofType, type Finding, type Resources, type Rule } from './template.ts';

const timeoutSchema = z.object({ Timeout: z.number().default(3) });
/** Defaults of AWS: seen again after 30 seconds, kept four days. */
const queueSchema = z.object({
  VisibilityTimeout: z.number().default(30),
  MessageRetentionPeriod: z.number().default(345_600),
  RedrivePolicy: z.object({ deadLetterTargetArn: z.unknown(), maxReceiveCount: z.number() }).optional(),
});
type Queue = z.infer<typeof queueSchema>;

/** AWS's own advice for queues that a function reads (Lambda developer guide, “Using Lambda with Amazon SQS”). */
const TIMEOUTS_UNTIL_SEEN_AGAIN = 6;
const TRIES_MIN = 2;

const queueAt = (resources: Resources, id: string | undefined): Queue | undefined => {
  const resource = id === undefined ? undefined : resources[id];
  return resource?.Type === 'AWS::SQS::Queue' ? queueSchema.parse(resource.Properties) : undefined;
};

/** Each queue of the template that a function reads, with that function. */
const readQueues = (resources: Resources) =>
  ofType(resources, 'AWS::Lambda::EventSourceMapping').flatMap(({ properties }) => {
    const id = idIn(properties['EventSourceArn']);
    const queue = queueAt(resources, id);
    return id === undefined || queue === undefined ? [] : [{ id, queue, reader: idIn(properties['FunctionName']) }];
  });

export const queueOutlastsItsFunction: Rule = {
  name: 'QueueOutlastsItsFunction',
  why: 'A message that is still worked on would be worked on by a second function.',
  check: (resources) =>
    readQueues(resources).flatMap(({ id, queue, reader = '' }): Finding[] => {
      const { Timeout: timeoutSeconds } = timeoutSchema.parse(resources[reader]?.Properties ?? {});
      const least = TIMEOUTS_UNTIL_SEEN_AGAIN * timeoutSeconds;
      return queue.VisibilityTimeout >= least ? [] : [{ resource: id, detail: `seen again after ${queue.VisibilityTimeout} s, expected ${least} s or more` }];
    }),
};

export const queueWithDeadLetters: Rule = {
  name: 'QueueWithDeadLetters',
  why: 'What nobody can work off is repeated until it dies of age, unseen. A letter keeps the age of its message, so its queue must keep longer.',
  check: (resources) =>
    readQueues(resources).flatMap(({ id, queue }): Finding[] => {
      const { RedrivePolicy: redrive, MessageRetentionPeriod: keepsSeconds } = queue;
      if (redrive === undefined) return [{ resource: id, detail: 'no dead letters' }];
      const letters = queueAt(resources, idIn(redrive.deadLetterTargetArn));
      if (letters === undefined) return [{ resource: id, detail: 'dead letters that are not in this template' }];
      return [
        ...(letters.MessageRetentionPeriod > keepsSeconds ? [] : [{ resource: id, detail: 'dead letters do not outlast it' }]),
        ...(redrive.maxReceiveCount >= TRIES_MIN ? [] : [{ resource: id, detail: 'gives up at the first failure' }]),
      ];
    }),
};
