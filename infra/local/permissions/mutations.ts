/**
 * Takes each grant, each variable and each route out of a copy of the template, one at a time. What nobody would notice
 * is either more than is needed or not tried by anything.
 */
import { z } from 'zod';
import type { ResolvedResource } from '../template/read-assembly.ts';
import { ofType, read } from './roles.ts';

type Resources = readonly ResolvedResource[];

export type Mutation = {
  /** For a person, and for the list of those that have a reason: `<construct>: <action> on <resource>`. */
  readonly name: string;
} & (
  | { readonly kind: 'grant' | 'thing grant'; readonly without: () => Resources }
  | { readonly kind: 'variable'; readonly functionName: string; readonly variable: string }
  | { readonly kind: 'route'; readonly routeKey: string }
);

/** Where documents stand in a resource's properties. */
const DOCUMENTS: Readonly<Record<string, readonly string[]>> = {
  'AWS::IAM::Role': ['AssumeRolePolicyDocument'],
  'AWS::IAM::Policy': ['PolicyDocument'],
  'AWS::IAM::ManagedPolicy': ['PolicyDocument'],
  'AWS::IoT::Policy': ['PolicyDocument'],
  'AWS::KMS::Key': ['KeyPolicy'],
  'AWS::S3::BucketPolicy': ['PolicyDocument'],
  'AWS::SNS::TopicPolicy': ['PolicyDocument'],
  'AWS::SQS::QueuePolicy': ['PolicyDocument'],
  'AWS::SQS::QueueInlinePolicy': ['PolicyDocument'],
  'AWS::SecretsManager::ResourcePolicy': ['ResourcePolicy'],
};

const texts = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const statementSchema = z.looseObject({ Effect: z.string(), Action: texts, Resource: texts.optional() });
const documentSchema = z.looseObject({ Statement: z.union([z.array(statementSchema), statementSchema.transform((one) => [one])]) });
type Document = z.infer<typeof documentSchema>;

/** Every way to take one action on one resource out of a document. A statement without resources, as of a trust policy, loses the action. */
function withoutEachGrant(document: Document): { readonly what: string; readonly rest: Document }[] {
  return document.Statement.flatMap((statement, index) => {
    if (statement.Effect !== 'Allow') return [];
    const { Resource: resources = [undefined] } = statement;
    return statement.Action.flatMap((action) =>
      resources.map((resource) => {
        const others = statement.Action.filter((other) => other !== action);
        const elsewhere = resource === undefined ? [] : resources.filter((other) => other !== resource);
        const left = [
          ...(others.length > 0 ? [{ ...statement, Action: others }] : []),
          ...(elsewhere.length > 0 ? [{ ...statement, Action: [action], Resource: elsewhere.filter((other) => other !== undefined) }] : []),
        ];
        return {
          what: resource === undefined ? action : `${action} on ${resource.split(':').slice(5).join(':') || resource}`,
          rest: { ...document, Statement: document.Statement.toSpliced(index, 1, ...left) },
        };
      }),
    );
  });
}

const labelOf = ({ path }: ResolvedResource): string => path.replace(/\/Resource$/, '');
const replaced = (resources: Resources, old: ResolvedResource, properties: Readonly<Record<string, unknown>>): Resources =>
  resources.map((resource) => (resource === old ? { ...old, properties: { ...old.properties, ...properties } } : resource));

function documentGrants(resources: Resources): Mutation[] {
  return resources.flatMap((resource) =>
    (DOCUMENTS[resource.type] ?? []).flatMap((property) => {
      const document = documentSchema.parse(resource.properties[property]);
      return withoutEachGrant(document).map(({ what, rest }): Mutation => ({
        name: `${labelOf(resource)}: ${what}`,
        kind: resource.type === 'AWS::IoT::Policy' ? 'thing grant' : 'grant',
        without: () => replaced(resources, resource, { [property]: rest }),
      }));
    }),
  );
}

const roleSchema = z.looseObject({
  ManagedPolicyArns: z.array(z.string()).default([]),
  Policies: z.array(z.looseObject({ PolicyName: z.string(), PolicyDocument: documentSchema })).default([]),
});
function roleGrants(resources: Resources): Mutation[] {
  return ofType(resources, 'AWS::IAM::Role').flatMap((role) => {
    const { ManagedPolicyArns: managed, Policies: inline } = read(role, roleSchema);
    return [
      ...managed.map((arn): Mutation => ({
        name: `${labelOf(role)}: the managed policy ${arn.split('/').at(-1) ?? arn}`,
        kind: 'grant',
        without: () => replaced(resources, role, { ManagedPolicyArns: managed.filter((other) => other !== arn) }),
      })),
      ...inline.flatMap((policy, index) =>
        withoutEachGrant(policy.PolicyDocument).map(({ what, rest }): Mutation => ({
          name: `${labelOf(role)}: ${what}`,
          kind: 'grant',
          without: () => replaced(resources, role, { Policies: inline.with(index, { ...policy, PolicyDocument: rest }) }),
        })),
      ),
    ];
  });
}

/** Resources that are a grant as a whole. */
const wholeGrants = (resources: Resources): Mutation[] =>
  ofType(resources, 'AWS::Lambda::Permission', 'AWS::Events::EventBusPolicy').map((permission) => ({
    name: labelOf(permission),
    kind: 'grant',
    without: () => resources.filter((other) => other !== permission),
  }));

const functionSchema = z.looseObject({ Environment: z.looseObject({ Variables: z.record(z.string(), z.unknown()) }).optional() });
const variables = (resources: Resources): Mutation[] =>
  ofType(resources, 'AWS::Lambda::Function').flatMap((resource) =>
    Object.keys(read(resource, functionSchema).Environment?.Variables ?? {}).map((variable) => ({
      name: `${labelOf(resource)}: the variable ${variable}`,
      kind: 'variable',
      functionName: resource.name,
      variable,
    })),
  );

const routeSchema = z.looseObject({ RouteKey: z.string() });
const routes = (resources: Resources): Mutation[] =>
  ofType(resources, 'AWS::ApiGatewayV2::Route').map((resource) => {
    const { RouteKey: routeKey } = read(resource, routeSchema);
    return { name: `the route ${routeKey}`, kind: 'route', routeKey };
  });

export const mutationsOf = (resources: Resources): Mutation[] => [
  ...documentGrants(resources),
  ...roleGrants(resources),
  ...wholeGrants(resources),
  ...variables(resources),
  ...routes(resources),
];
