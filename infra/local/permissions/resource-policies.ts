/** Policies that hang on what is called: queues, topics, keys, secrets, buses and functions. */
import { z } from 'zod';
import type { ResolvedResource } from '../template/read-assembly.ts';
import { awsPrincipal, readDocument, type Statement } from './policy-document.ts';
import { ofType, read } from './roles.ts';

const queuePolicySchema = z.strictObject({ PolicyDocument: z.unknown(), Queues: z.array(z.string()).min(1) });
const inlinePolicySchema = z.strictObject({ PolicyDocument: z.unknown(), Queue: z.string() });
const bucketPolicySchema = z.strictObject({ PolicyDocument: z.unknown(), Bucket: z.string() });
const topicPolicySchema = z.strictObject({ PolicyDocument: z.unknown(), Topics: z.array(z.string()).min(1) });
const secretPolicySchema = z.strictObject({ ResourcePolicy: z.unknown(), SecretId: z.string(), BlockPublicPolicy: z.unknown().optional() });
const busPolicySchema = z.strictObject({ EventBusName: z.string().default('default'), StatementId: z.string(), Statement: z.unknown() });
const keySchema = z.looseObject({ KeyPolicy: z.unknown() });
const permissionSchema = z.strictObject({
  Action: z.string(),
  FunctionName: z.string(),
  Principal: z.string(),
  SourceArn: z.string().optional(),
  SourceAccount: z.string().optional(),
});

type Resources = readonly ResolvedResource[];
type Reader = (resource: ResolvedResource, resources: Resources) => { readonly arns: readonly string[]; readonly statements: readonly Statement[] };

const labelOf = ({ logicalId, type }: ResolvedResource): string => `${logicalId} (${type})`;

/** The ARN of the resource that a reference by `Ref` or by ARN means. */
function arnOf(resources: Resources, from: ResolvedResource, types: readonly string[], reference: string): string {
  const found = ofType(resources, ...types).find(({ ref, name, attributes }) => [ref, name, attributes['Arn'], attributes['TopicArn']].includes(reference));
  const arn = found?.attributes['Arn'] ?? found?.attributes['TopicArn'] ?? found?.attributes['Id'];
  if (arn === undefined) throw new Error(`${labelOf(from)} speaks of ${reference}, which is not in the template`);
  return arn;
}

const READERS: Readonly<Record<string, Reader>> = {
  'AWS::SQS::QueuePolicy': (policy, resources) => {
    const { Queues, PolicyDocument } = read(policy, queuePolicySchema);
    return {
      arns: Queues.map((url) => arnOf(resources, policy, ['AWS::SQS::Queue'], url)),
      statements: readDocument(labelOf(policy), 'resource', PolicyDocument),
    };
  },
  'AWS::SQS::QueueInlinePolicy': (policy, resources) => {
    const { Queue, PolicyDocument } = read(policy, inlinePolicySchema);
    return { arns: [arnOf(resources, policy, ['AWS::SQS::Queue'], Queue)], statements: readDocument(labelOf(policy), 'resource', PolicyDocument) };
  },
  'AWS::S3::BucketPolicy': (policy, resources) => {
    const { Bucket, PolicyDocument } = read(policy, bucketPolicySchema);
    return { arns: [arnOf(resources, policy, ['AWS::S3::Bucket'], Bucket)], statements: readDocument(labelOf(policy), 'resource', PolicyDocument) };
  },
  'AWS::SNS::TopicPolicy': (policy, resources) => {
    const { Topics, PolicyDocument } = read(policy, topicPolicySchema);
    return {
      arns: Topics.map((arn) => arnOf(resources, policy, ['AWS::SNS::Topic'], arn)),
      statements: readDocument(labelOf(policy), 'resource', PolicyDocument),
    };
  },
  'AWS::SecretsManager::ResourcePolicy': (policy, resources) => {
    const { SecretId, ResourcePolicy } = read(policy, secretPolicySchema);
    return {
      arns: [arnOf(resources, policy, ['AWS::SecretsManager::Secret'], SecretId)],
      statements: readDocument(labelOf(policy), 'resource', ResourcePolicy),
    };
  },
  'AWS::Events::EventBusPolicy': (policy, resources) => {
    const { EventBusName, Statement } = read(policy, busPolicySchema);
    const document = { Version: '2012-10-17', Statement };
    return { arns: [arnOf(resources, policy, ['AWS::Events::EventBus'], EventBusName)], statements: readDocument(labelOf(policy), 'resource', document) };
  },
  'AWS::KMS::Key': (key) => {
    const { KeyPolicy } = read(key, keySchema);
    // CDK leaves the version away here; AWS then takes the older one, which reads what is written here alike.
    const document = typeof KeyPolicy === 'object' && KeyPolicy !== null ? { Version: '2012-10-17', ...KeyPolicy } : KeyPolicy;
    return { arns: [key.attributes['Arn'] ?? ''], statements: readDocument(labelOf(key), 'resource', document) };
  },
  'AWS::Lambda::Permission': (permission, resources) => {
    const { Action, FunctionName, Principal, SourceArn, SourceAccount } = read(permission, permissionSchema);
    const arn = arnOf(resources, permission, ['AWS::Lambda::Function'], FunctionName);
    // Lambda developer guide, “Using resource-based policies”: the source stands as ArnLike, the account as StringEquals.
    const Condition = {
      ...(SourceArn !== undefined && { ArnLike: { 'aws:SourceArn': SourceArn } }),
      ...(SourceAccount !== undefined && { StringEquals: { 'aws:SourceAccount': SourceAccount } }),
    };
    const isService = Principal.endsWith('.amazonaws.com');
    if (!isService) awsPrincipal(Principal);
    const statement = { Effect: 'Allow', Action, Resource: arn, Principal: isService ? { Service: Principal } : { AWS: Principal }, Condition };
    return { arns: [arn], statements: readDocument(labelOf(permission), 'resource', { Version: '2012-10-17', Statement: [statement] }) };
  },
};

export const RESOURCE_POLICY_TYPES: readonly string[] = Object.keys(READERS);

/** Resource ARN → what its policies say. @throws Error naming the resource that is not understood */
export function resourcePoliciesOf(resources: Resources): Map<string, Statement[]> {
  const byArn = new Map<string, Statement[]>();
  for (const resource of resources) {
    const policy = policyOf(resource, resources);
    for (const arn of policy?.arns ?? []) byArn.set(arn, [...(byArn.get(arn) ?? []), ...(policy?.statements ?? [])]);
  }
  return byArn;
}

const policies = new WeakMap<ResolvedResource, ReturnType<Reader>>();
function policyOf(resource: ResolvedResource, resources: Resources): ReturnType<Reader> | undefined {
  const known = policies.get(resource);
  const reader = READERS[resource.type];
  if (known !== undefined || reader === undefined) return known;
  const made = reader(resource, resources);
  policies.set(resource, made);
  return made;
}
