/** A rule or schedule whose target cannot be reached keeps its event for a day and then forgets it, unless it is told where to. */
import { z } from 'zod';
import { idIn, ofType, type Finding, type Resources, type Rule } from './template.ts';

const lettersSchema = z.object({ DeadLetterConfig: z.object({ Arn: z.unknown() }).optional() });
const ruleSchema = z.object({ Targets: z.array(lettersSchema).default([]) });
const scheduleSchema = z.object({ Target: lettersSchema });

export const targetWithDeadLetters: Rule = {
  name: 'TargetWithDeadLetters',
  why: 'An event that a target did not take within 24 hours is gone.',
  check: (resources) => [
    ...ofType(resources, 'AWS::Events::Rule').flatMap(({ id, properties }) => judge(resources, id, ruleSchema.parse(properties).Targets)),
    ...ofType(resources, 'AWS::Scheduler::Schedule').flatMap(({ id, properties }) => judge(resources, id, [scheduleSchema.parse(properties).Target])),
  ],
};

const judge = (resources: Resources, id: string, targets: readonly z.infer<typeof lettersSchema>[]): Finding[] =>
  targets.flatMap(({ DeadLetterConfig: letters }, index) => {
    const queue = resources[idIn(letters?.Arn) ?? ''];
    return queue?.Type === 'AWS::SQS::Queue' ? [] : [{ resource: id, detail: `target ${index + 1} has no dead letters` }];
  });
