/** How a function is fed from queues and streams. */
import { z } from 'zod';
import { idIn, ofType, type Finding, type Rule } from './template.ts';

const mappingSchema = z.object({
  EventSourceArn: z.unknown(),
  FunctionResponseTypes: z.array(z.string()).default([]),
  /** Only streams have one. */
  StartingPosition: z.string().optional(),
  BisectBatchOnFunctionError: z.boolean().default(false),
  MaximumRetryAttempts: z.number().default(-1),
  DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.unknown() }).optional() }).optional(),
});

export const mappingTellsPartialFailures: Rule = {
  name: 'MappingTellsPartialFailures',
  why: 'One bad message would make all the good ones of its batch happen again.',
  check: (resources) =>
    ofType(resources, 'AWS::Lambda::EventSourceMapping').flatMap(({ id, properties }) =>
      mappingSchema.parse(properties).FunctionResponseTypes.includes('ReportBatchItemFailures') ? [] : [{ resource: id, detail: 'tells no partial failures' }],
    ),
};

/** The default of AWS is to retry for ever and to block everything behind. */
export const streamMovesOn: Rule = {
  name: 'StreamMovesOn',
  why: 'One bad record would stop its shard until it dies of age.',
  check: (resources) =>
    ofType(resources, 'AWS::Lambda::EventSourceMapping').flatMap(({ id, properties }): Finding[] => {
      const mapping = mappingSchema.parse(properties);
      if (mapping.StartingPosition === undefined) return [];
      const destination = resources[idIn(mapping.DestinationConfig?.OnFailure?.Destination) ?? ''];
      return [
        ...(mapping.MaximumRetryAttempts >= 0 ? [] : [{ resource: id, detail: 'retries for ever' }]),
        ...(mapping.BisectBatchOnFunctionError ? [] : [{ resource: id, detail: 'does not halve a failing batch' }]),
        ...(destination?.Type === 'AWS::SQS::Queue' ? [] : [{ resource: id, detail: 'says nowhere what failed' }]),
      ];
    }),
};
