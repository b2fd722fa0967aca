import { App, CfnResource, Stack, Validations } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { HouseChecks } from '../../../infra/rules/house-checks.ts';
import { houseRules } from '../../../infra/rules/house-rules.ts';
import type { Resource, Resources } from '../../../infra/rules/template.ts';
import { healthy } from './healthy.ts';

/** The healthy template, but with other properties of one resource; `undefined` takes one away. */
function but(id: string, properties: Record<string, unknown>, others: Partial<Resource> = {}): Resources {
  const resources = healthy();
  const kept = resources[id];
  if (kept === undefined) throw new Error(`there is no ${id} in the healthy template`);
  const merged = Object.fromEntries(Object.entries({ ...kept.Properties, ...properties }).filter(([, value]) => value !== undefined));
  return { ...resources, [id]: { ...kept, ...others, Properties: merged } };
}
const with_ = (id: string, Type: string, Properties: Record<string, unknown>): Resources => ({ ...healthy(), [id]: { Type, Properties } });
const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const OWN = '${iot:Connection.Thing.ThingName}';
const IOT = 'arn:aws:iot:eu-central-1:000000000000';
const attached = { Bool: { 'iot:Connection.Thing.IsAttached': 'true' } };
const things = (...Statement: object[]) => but('Things', { PolicyDocument: { Version: '2012-10-17', Statement } });
const may = (Action: string | string[], Resource: string | string[], more: object = {}) => things({ Effect: 'Allow', Action, Resource, ...more });
const role = (statement: object) => but('Policy', { PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] } });
const replicas = (replica: object) => but('Table', { Replicas: [{ Region: 'eu-central-1', ...replica }] });
const recoverable = { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } };

/** Rule, what is wrong, the template, and where the finding must stand. */
const broken: readonly [rule: string, what: string, template: Resources, resource: string, detail: string][] = [
  ['ConnectBoundToThing', 'any client id', may('iot:Connect', `${IOT}:client/*`, { Condition: attached }), 'Things', 'connects as'],
  [
    'ConnectBoundToThing',
    'a name that only begins like the thing',
    may('iot:Connect', `${IOT}:client/${OWN}-2`, { Condition: attached }),
    'Things',
    'connects as',
  ],
  ['ConnectBoundToThing', 'no attachment', may('iot:Connect', `${IOT}:client/${OWN}`), 'Things', 'IsAttached'],
  ['ConnectBoundToThing', 'every action', may('iot:*', `${IOT}:client/${OWN}`), 'Things', 'IsAttached'],
  [
    'ConnectBoundToThing',
    'an attachment that may be missing',
    may('iot:Connect', `${IOT}:client/${OWN}`, { Condition: { Bool: { 'iot:Connection.Thing.IsAttached': 'false' } } }),
    'Things',
    'IsAttached',
  ],
  ['ThingPolicyWithoutWildcard', 'any topic', may('iot:Publish', '*'), 'Things', '*'],
  ['ThingPolicyWithoutWildcard', 'every topic below its own', may('iot:Publish', `${IOT}:topic/dt/nachschub/${OWN}/*`), 'Things', '/*'],
  ['ThingPolicyWithoutWildcard', 'a filter over all things', may('iot:Subscribe', `${IOT}:topicfilter/cmd/nachschub/+/${OWN}`), 'Things', '+'],
  [
    'ThingPolicyWithoutWildcard',
    'everything but',
    things({ Effect: 'Allow', NotAction: 'iot:Connect', Resource: `${IOT}:topic/${OWN}` }),
    'Things',
    'everything but',
  ],
  ['ThingPolicyNamesTheThing', 'a topic of all', may('iot:Publish', `${IOT}:topic/dt/nachschub/common`), 'Things', 'common'],
  ['ThingPolicyNamesTheThing', 'the client id in its place', may('iot:Publish', `${IOT}:topic/dt/\${iot:ClientId}`), 'Things', 'ClientId'],
  ['RetainedByNobody', 'a retained message', may(['iot:Publish', 'iot:RetainPublish'], `${IOT}:topic/${OWN}`), 'Things', 'RetainPublish'],
  ['TopicRuleWithErrorAction', 'none', but('TopicRule', { TopicRulePayload: { Actions: [{ Sqs: {} }] } }), 'TopicRule', 'no error action'],
  ['TopicRuleWithErrorAction', 'an empty one', but('TopicRule', { TopicRulePayload: { Actions: [{ Sqs: {} }], ErrorAction: {} } }), 'TopicRule', 'no error'],
  ['TableRecoverable', 'a table without', replicas({ DeletionProtectionEnabled: true }), 'Table', 'point-in-time'],
  [
    'TableRecoverable',
    'one of two regions without',
    but('Table', {
      Replicas: [
        { Region: 'a', ...recoverable, DeletionProtectionEnabled: true },
        { Region: 'b', DeletionProtectionEnabled: true },
      ],
    }),
    'Table',
    'point-in-time',
  ],
  ['TableRecoverable', 'a plain table', with_('Plain', 'AWS::DynamoDB::Table', { DeletionProtectionEnabled: true }), 'Plain', 'point-in-time'],
  ['TableProtected', 'a table without', replicas(recoverable), 'Table', 'no deletion protection'],
  ['TableProtected', 'one that goes with its stack', but('Table', {}, { DeletionPolicy: 'Delete' }), 'Table', 'goes with its stack'],
  ['QueueOutlastsItsFunction', 'five times its limit', but('Inbox', { VisibilityTimeout: 179 }), 'Inbox', 'expected 180'],
  ['QueueOutlastsItsFunction', 'AWS’s default', but('Inbox', { VisibilityTimeout: undefined }), 'Inbox', 'seen again after 30'],
  ['QueueOutlastsItsFunction', 'a slower function', but('Function', { Timeout: 31 }), 'Inbox', 'expected 186'],
  ['QueueWithDeadLetters', 'none', but('Inbox', { RedrivePolicy: undefined }), 'Inbox', 'no dead letters'],
  ['QueueWithDeadLetters', 'letters that die as early', but('Letters', { MessageRetentionPeriod: 345_600 }), 'Inbox', 'outlast'],
  ['QueueWithDeadLetters', 'one try', but('Inbox', { RedrivePolicy: { deadLetterTargetArn: arn('Letters'), maxReceiveCount: 1 } }), 'Inbox', 'first failure'],
  [
    'QueueWithDeadLetters',
    'letters of somebody else',
    but('Inbox', { RedrivePolicy: { deadLetterTargetArn: 'arn:aws:sqs:eu-central-1:1:theirs', maxReceiveCount: 5 } }),
    'Inbox',
    'not in this template',
  ],
  ['TargetWithDeadLetters', 'one of two without', but('Rule', { Targets: [{ DeadLetterConfig: { Arn: arn('Letters') } }, {}] }), 'Rule', 'target 2'],
  ['TargetWithDeadLetters', 'letters that are no queue', but('Rule', { Targets: [{ DeadLetterConfig: { Arn: arn('Table') } }] }), 'Rule', 'target 1'],
  ['TargetWithDeadLetters', 'a schedule', with_('Nightly', 'AWS::Scheduler::Schedule', { Target: { Arn: arn('Function') } }), 'Nightly', 'target 1'],
  ['MappingTellsPartialFailures', 'none', but('ReadInbox', { FunctionResponseTypes: undefined }), 'ReadInbox', 'partial'],
  ['StreamMovesOn', 'retries for ever', but('ReadStream', { MaximumRetryAttempts: undefined }), 'ReadStream', 'for ever'],
  ['StreamMovesOn', 'minus one, which is for ever', but('ReadStream', { MaximumRetryAttempts: -1 }), 'ReadStream', 'for ever'],
  ['StreamMovesOn', 'whole batches', but('ReadStream', { BisectBatchOnFunctionError: false }), 'ReadStream', 'halve'],
  ['StreamMovesOn', 'failures that go nowhere', but('ReadStream', { DestinationConfig: undefined }), 'ReadStream', 'nowhere'],
  ['RoleNamesWhatItMay', 'everything but', role({ NotAction: 'iam:*', Resource: arn('Table') }), 'Policy', 'NotAction'],
  ['RoleNamesWhatItMay', 'everywhere but', role({ Action: 'sqs:SendMessage', NotResource: arn('Inbox') }), 'Policy', 'NotResource'],
  ['RoleNamesWhatItMay', 'a whole service', role({ Action: 'dynamodb:*', Resource: arn('Table') }), 'Policy', 'dynamodb:*'],
  ['RoleNamesWhatItMay', 'other roles', role({ Action: 'sts:AssumeRole', Resource: arn('Role') }), 'Policy', 'sts:AssumeRole'],
  ['RoleNamesWhatItMay', 'a wildcard of one letter', role({ Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:eu-central-1:1:inbox-?' }), 'Policy', 'inbox-?'],
  [
    'RoleNamesWhatItMay',
    'a policy inside the role',
    but('Role', { Policies: [{ PolicyName: 'x', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: 'a' }] } }] }),
    'Role',
    's3:*',
  ],
  [
    'RoleAssumedByServices',
    'an account',
    but('Role', { AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: 'arn:aws:iam::1:root' } }] } }),
    'Role',
    'no service',
  ],
  ['FunctionRingsAlarm', 'no alarm', with_('Silent', 'AWS::Lambda::Function', { LoggingConfig: { LogGroup: { Ref: 'Logs' } } }), 'Silent', 'no alarm'],
  ['FunctionRingsAlarm', 'an alarm without words', but('FunctionAlarm', { AlarmDescription: 'Errors' }), 'Function', 'no alarm'],
  ['FunctionRingsAlarm', 'an alarm that rings nowhere', but('FunctionAlarm', { AlarmActions: [] }), 'Function', 'no alarm'],
  ['FunctionRingsAlarm', 'an alarm on something else', but('FunctionAlarm', { MetricName: 'Throttles' }), 'Function', 'no alarm'],
  [
    'DeadLettersRingAlarm',
    'letters that nobody sees',
    but('LettersAlarm', { Dimensions: [{ Name: 'QueueName', Value: { Ref: 'Inbox' } }] }),
    'Letters',
    'without an alarm',
  ],
  ['FunctionForgetsLogs', 'a log for ever', but('Logs', { RetentionInDays: undefined }), 'Function', 'no log group'],
  ['FunctionForgetsLogs', 'a log that AWS makes', but('Function', { LoggingConfig: undefined }), 'Function', 'no log group'],
  ['FunctionWithoutUrl', 'a URL', with_('Url', 'AWS::Lambda::Url', { AuthType: 'NONE', TargetFunctionArn: arn('Function') }), 'Url', 'a door'],
  ['PermissionNamesItsSource', 'any rule of anybody', but('Permission', { SourceArn: undefined }), 'Permission', 'no source'],
  ['PermissionNamesItsSource', 'everybody', but('Permission', { Principal: '*' }), 'Permission', 'no service'],
];

describe('the rules of the house', () => {
  it('find nothing in a healthy template', () => {
    expect(houseRules.flatMap(({ name, check }) => check(healthy()).map((finding) => ({ name, ...finding })))).toEqual([]);
  });

  it('each have a fixture that breaks them', () => {
    expect([...new Set(broken.map(([name]) => name))].sort()).toEqual(houseRules.map(({ name }) => name).sort());
  });

  it.each(broken)('%s finds %s', (name, _, template, resource, detail) => {
    const rule = houseRules.find((one) => one.name === name);
    expect(rule?.check(template)).toEqual([{ resource, detail: expect.stringContaining(detail) as unknown }]);
  });
});

describe('a finding', () => {
  const url = () => {
    const stack = new Stack(new App({ analyticsReporting: false }), 'Stack');
    const resource = new CfnResource(stack, 'Url', { type: 'AWS::Lambda::Url', properties: { AuthType: 'NONE' } });
    const check = () => new HouseChecks(stack, { Resources: { Url: { Type: 'AWS::Lambda::Url' } } }).validateScope(stack);
    return { resource, check };
  };

  it('is reported with where it stands and why it matters', () => {
    const { check } = url();
    expect(check()).toMatchObject({
      success: false,
      violations: [
        {
          ruleName: 'Nachschub-FunctionWithoutUrl[a-door-that-is-not-in-the-list-of-routes]',
          description: expect.stringContaining('beside the doors') as unknown,
          violatingResources: [{ constructPath: 'Stack/Url' }],
        },
      ],
    });
  });

  it('is silent once it is acknowledged beside its construct, and only that one', () => {
    const { resource, check } = url();
    Validations.of(resource).acknowledge({ id: 'Nachschub-PermissionNamesItsSource[no source]', reason: 'another finding' });
    expect(check().success).toBe(false);
    Validations.of(resource).acknowledge({ id: 'Nachschub-FunctionWithoutUrl[a door that is not in the list of routes]', reason: 'a test' });
    expect(check().success).toBe(true);
  });
});
