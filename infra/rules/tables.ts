/** Tables keep their past and cannot be deleted by mistake. cdk-nag looks at `Table` only, and we have global ones. */
import { z } from 'zod';
import { ofType, type Finding, type Resource, type Resources, type Rule } from './template.ts';

const recoverySchema = z.looseObject({ PointInTimeRecoverySpecification: z.looseObject({ PointInTimeRecoveryEnabled: z.unknown() }).optional() });
const protectionSchema = z.looseObject({ DeletionProtectionEnabled: z.unknown().optional() });
const replicasSchema = z.object({ Replicas: z.array(z.looseObject({ Region: z.unknown() })).min(1) });

/** A global table says both per replica, a plain one on itself. */
const copiesOf = ({ Type: type, Properties: properties }: Resource): readonly Record<string, unknown>[] =>
  type === 'AWS::DynamoDB::GlobalTable' ? replicasSchema.parse(properties).Replicas : [properties];

const tablesOf = (resources: Resources) => ['AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table'].flatMap((type) => ofType(resources, type));

const everyCopy = (isRight: (copy: Record<string, unknown>) => boolean, detail: string): Rule['check'] =>
  function check(resources): Finding[] {
    return tablesOf(resources).flatMap(({ id, resource }) => (copiesOf(resource).every(isRight) ? [] : [{ resource: id, detail }]));
  };

export const tableRecoverable: Rule = {
  name: 'TableRecoverable',
  why: 'A bad deployment would be remembered for ever.',
  check: everyCopy(
    (copy) => recoverySchema.parse(copy).PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled === true,
    'no point-in-time recovery in some region',
  ),
};

export const tableProtected: Rule = {
  name: 'TableProtected',
  why: 'One command would delete what households own.',
  check: (resources) => [
    ...everyCopy((copy) => protectionSchema.parse(copy).DeletionProtectionEnabled === true, 'no deletion protection in some region')(resources),
    ...tablesOf(resources).flatMap(({ id, resource }) =>
      resource.DeletionPolicy === 'Retain' && resource.UpdateReplacePolicy === 'Retain' ? [] : [{ resource: id, detail: 'goes with its stack' }],
    ),
  ],
};
