/** What the rules of the broker do with a message, and where it goes when they cannot. */
import { z } from 'zod';
import { ofType, type Rule } from './template.ts';

const payloadSchema = z.object({
  TopicRulePayload: z.looseObject({ Actions: z.array(z.unknown()).min(1), ErrorAction: z.record(z.string(), z.unknown()).optional() }),
});

export const topicRuleWithErrorAction: Rule = {
  name: 'TopicRuleWithErrorAction',
  why: 'A message whose action fails is acknowledged to the device and gone.',
  check: (resources) =>
    ofType(resources, 'AWS::IoT::TopicRule').flatMap(({ id, properties }) => {
      const { TopicRulePayload: payload } = payloadSchema.parse(properties);
      return Object.keys(payload.ErrorAction ?? {}).length > 0 ? [] : [{ resource: id, detail: 'no error action' }];
    }),
};
