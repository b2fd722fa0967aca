/** From the template's resources to what each part of the local cloud wants to know. Anything unexpected stops the start. */
import { z } from 'zod';
import type { RuleDefinition } from '../bus/bus.ts';
import type { PolicyDocument } from '../broker/policy.ts';
import type { TopicRule } from '../broker/rules.ts';
import type { FunctionDefinition } from '../functions/environment.ts';
import { readMapping, type CompilePattern, type EventSourceMapping } from '../functions/mapping-properties.ts';
import type { QueueDefinition } from '../queues/queue-properties.ts';
import type { ResolvedResource, Template } from '../template/read-assembly.ts';

export const ofType = (template: Template, ...types: readonly string[]): ResolvedResource[] => template.resources.filter(({ type }) => types.includes(type));

export function arnOf({ logicalId, attributes }: ResolvedResource): string {
  const arn = attributes['Arn'];
  if (arn === undefined) throw new Error(`${logicalId} has no ARN here`);
  return arn;
}

function read<Schema extends z.ZodType>({ logicalId, type, properties }: ResolvedResource, schema: Schema): z.infer<Schema> {
  const parsed = schema.safeParse(properties);
  if (!parsed.success) throw new Error(`${logicalId} (${type}): ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

const functionSchema = z.looseObject({
  Code: z.object({ S3Key: z.string() }),
  Handler: z.string(),
  Timeout: z.number().default(3),
  MemorySize: z.number().default(128),
  Environment: z.object({ Variables: z.record(z.string(), z.string()) }).default({ Variables: {} }),
});

/** Functions that only CloudFormation calls have nothing to do where nothing is deployed: what they are told to do is read instead. */
function isForDeploying(template: Template, { attributes }: ResolvedResource): boolean {
  return ofType(template, 'Custom::CDKBucketDeployment').some(({ properties }) => properties['ServiceToken'] === attributes['Arn']);
}

export const functionsOf = (template: Template): FunctionDefinition[] =>
  ofType(template, 'AWS::Lambda::Function').flatMap((resource) => {
    if (isForDeploying(template, resource)) return [];
    const { Code, Handler, Timeout, MemorySize, Environment } = read(resource, functionSchema);
    const own = {
      ...{ name: resource.name, arn: arnOf(resource), handler: Handler, timeoutSeconds: Timeout, memoryMegabytes: MemorySize },
      bundleDirectory: template.assetPath(Code.S3Key),
      environment: Environment.Variables,
    };
    return [own];
  });

export const tablesOf = (template: Template) =>
  ofType(template, 'AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table').map(({ name, properties }) => ({ name, properties }));

/** A queue that no function reads is an end: what lies there is for a person, and time does not wait for it. */
export function queuesOf(template: Template): QueueDefinition[] {
  const read = new Set(ofType(template, 'AWS::Lambda::EventSourceMapping').map(({ properties }) => properties['EventSourceArn']));
  return ofType(template, 'AWS::SQS::Queue').map((resource) => {
    const arn = arnOf(resource);
    return { name: resource.name, url: resource.ref, arn, properties: resource.properties, deadLetter: !read.has(arn) };
  });
}

/** Stream ARN → table. */
export const streamsOf = (template: Template): Map<string, string> =>
  new Map(
    ofType(template, 'AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table').flatMap(({ name, attributes }) =>
      attributes['StreamArn'] === undefined ? [] : [[attributes['StreamArn'], name]],
    ),
  );

export const mappingsOf = (template: Template, compilePattern: CompilePattern): EventSourceMapping[] =>
  ofType(template, 'AWS::Lambda::EventSourceMapping').map(({ logicalId, properties }) => readMapping(logicalId, properties, compilePattern));

const targetSchema = z.strictObject({
  Arn: z.string(),
  Id: z.string(),
  Input: z.string().optional(),
  InputPath: z.string().optional(),
  InputTransformer: z.strictObject({ InputPathsMap: z.record(z.string(), z.string()).default({}), InputTemplate: z.string() }).optional(),
  DeadLetterConfig: z.strictObject({ Arn: z.string() }).optional(),
  /** A target that fails is told here once and then dead-lettered: on one machine a second try would meet the same. */
  RetryPolicy: z.unknown().optional(),
});
const eventRuleSchema = z.strictObject({
  Name: z.string().optional(),
  Description: z.string().optional(),
  EventBusName: z.string().optional(),
  EventPattern: z.record(z.string(), z.unknown()).optional(),
  ScheduleExpression: z.string().optional(),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Targets: z.array(targetSchema).default([]),
});

export type ScheduledTargets = { readonly name: string; readonly arn: string; readonly expression: string; readonly targets: RuleDefinition['targets'] };

export function eventRulesOf(template: Template): { rules: RuleDefinition[]; schedules: ScheduledTargets[] } {
  const rules: RuleDefinition[] = [];
  const schedules: ScheduledTargets[] = [];
  for (const resource of ofType(template, 'AWS::Events::Rule')) {
    const rule = read(resource, eventRuleSchema);
    if (rule.State === 'DISABLED') continue;
    const targets = rule.Targets.map(({ Arn, Id, Input, InputPath, InputTransformer, DeadLetterConfig }) => ({
      ...{ arn: Arn, id: Id, input: Input, inputPath: InputPath, transformer: InputTransformer, deadLetterArn: DeadLetterConfig?.Arn },
    }));
    const { name } = resource;
    if (rule.EventPattern !== undefined) rules.push({ name, busName: rule.EventBusName ?? 'default', pattern: rule.EventPattern, targets });
    if (rule.ScheduleExpression !== undefined) schedules.push({ name, arn: arnOf(resource), expression: rule.ScheduleExpression, targets });
  }
  return { rules, schedules };
}

const sqsAction = z.strictObject({ Sqs: z.strictObject({ QueueUrl: z.string(), RoleArn: z.string(), UseBase64: z.boolean().optional() }) });
const topicRuleSchema = z.looseObject({
  TopicRulePayload: z.strictObject({
    Description: z.string().optional(),
    AwsIotSqlVersion: z.string().optional(),
    RuleDisabled: z.boolean().default(false),
    Sql: z.string(),
    Actions: z.array(sqsAction).min(1),
    ErrorAction: sqsAction,
  }),
});

export function topicRulesOf(template: Template): TopicRule[] {
  const arnOfUrl = new Map(queuesOf(template).map(({ url, arn }) => [url, arn]));
  const queueOf = ({ Sqs: { QueueUrl } }: z.infer<typeof sqsAction>) => {
    const queueArn = arnOfUrl.get(QueueUrl);
    if (queueArn === undefined) throw new Error(`a topic rule sends to ${QueueUrl}, which is no queue of the template`);
    return { queueArn };
  };
  return ofType(template, 'AWS::IoT::TopicRule').flatMap((resource) => {
    const { TopicRulePayload: payload } = read(resource, topicRuleSchema);
    if (payload.RuleDisabled) return [];
    return [
      {
        ...{ name: resource.name, sql: payload.Sql, actions: payload.Actions.map(queueOf), errorActions: [queueOf(payload.ErrorAction)] },
        ...(payload.AwsIotSqlVersion !== undefined && { awsIotSqlVersion: payload.AwsIotSqlVersion }),
      },
    ];
  });
}

const policySchema = z.strictObject({ PolicyName: z.string().optional(), PolicyDocument: z.unknown() });

/** What every thing may do. */
export const thingPoliciesOf = (template: Template): PolicyDocument[] =>
  ofType(template, 'AWS::IoT::Policy').map((resource) => ({ name: resource.logicalId, document: read(resource, policySchema).PolicyDocument }));
