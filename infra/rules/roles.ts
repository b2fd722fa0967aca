/** What our roles may do. cdk-nag finds `*` in them; these are the ways round it. */
import { z } from 'zod';
import { allowed, statementsOf } from './policy.ts';
import { ofType, type Finding, type Resources, type Rule } from './template.ts';

const roleSchema = z.object({
  ManagedPolicyArns: z.array(z.unknown()).default([]),
  Policies: z.array(z.object({ PolicyDocument: z.unknown() })).default([]),
  AssumeRolePolicyDocument: z.unknown(),
});

/** Of policies of their own and of those that stand inside a role. */
const documents = (resources: Resources): { readonly id: string; readonly document: unknown }[] => [
  ...['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].flatMap((type) =>
    ofType(resources, type).map(({ id, properties }) => ({ id, document: properties['PolicyDocument'] })),
  ),
  ...ofType(resources, 'AWS::IAM::Role').flatMap(({ id, properties }) =>
    roleSchema.parse(properties).Policies.map(({ PolicyDocument: document }) => ({ id, document })),
  ),
];

export const roleNamesWhatItMay: Rule = {
  name: 'RoleNamesWhatItMay',
  why: 'Everything but what somebody thought of is allowed, and tomorrow’s actions too.',
  check: (resources) =>
    documents(resources).flatMap(({ id, document }) =>
      allowed(document).flatMap(({ isInverted, actions, resources: on }): Finding[] => [
        ...(isInverted ? [{ resource: id, detail: 'NotAction or NotResource' }] : []),
        ...[...actions, ...on].filter((text) => text.includes('?')).map((text) => ({ resource: id, detail: text })),
        ...actions.filter((action) => /^(iam|sts):|^\*$|:\*$/.test(action)).map((action) => ({ resource: id, detail: action })),
      ]),
    ),
};

/** The role of one function is used by services of AWS only, never by another account. */
export const roleAssumedByServices: Rule = {
  name: 'RoleAssumedByServices',
  why: 'Whoever may assume a role may do what it may.',
  check: (resources) =>
    ofType(resources, 'AWS::IAM::Role').flatMap(({ id, properties }) =>
      statementsOf(roleSchema.parse(properties).AssumeRolePolicyDocument)
        .filter(({ principal }) => !z.strictObject({ Service: z.string().endsWith('.amazonaws.com') }).safeParse(principal).success)
        .map(() => ({ resource: id, detail: 'assumed by somebody who is no service' })),
    ),
};
