import { describe, expect, it } from 'vitest';
import { readPermissions } from '../../../../infra/local/permissions/permissions.ts';
import { missingGrants, refuseMissingGrants, wiresOf } from '../../../../infra/local/permissions/wires.ts';
import type { WrittenStack } from '../template/written-assembly.ts';
import { permittedStack } from './permitted-stack.ts';

const missingIn = (without: readonly string[], also?: WrittenStack['Resources']): string[] => {
  const { resources } = permittedStack(without, also);
  return missingGrants(wiresOf(resources), readPermissions(resources)).map((line) => line.split(':')[0] ?? '');
};

describe('a wire without its permission', () => {
  it('is none when all are there', () => {
    expect(missingIn([])).toEqual([]);
  });

  it.each([
    ['the queue’s own policy', ['InboxPolicy'], ['Told']],
    ['the policy of the dead letters', ['FailedPolicy'], ['Told', 'Hourly']],
    ['the schedule’s permission', ['ByHour'], ['Hourly']],
    ['the API’s permission', ['ByApi'], ['Read']],
    ['the authorizer’s permission', ['ByIot'], ['Apps']],
  ])('is found: %s', (_, without, expected) => {
    expect(missingIn(without)).toEqual(expected);
  });

  it('is found: everything that the function’s role lacks', () => {
    // Two for its log, three for the queue, four for the stream, the key, and where failures go.
    expect(missingIn(['WorkPolicy'])).toEqual(['Work', 'Work', ...Array<string>(3).fill('FromQueue'), ...Array<string>(6).fill('FromStream')]);
  });

  it('is found: a topic rule whose role trusts somebody else', () => {
    const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }] };
    expect(missingIn([], { RuleRole: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust } } })).toEqual(Array(4).fill('Telemetry'));
  });

  it('is found: an alarm at a topic whose policy forgets it, and not at one without a policy', () => {
    const Statement = [{ Effect: 'Deny', Action: 'sns:Publish', Resource: '*', Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }];
    const AlertsPolicy = { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [{ Ref: 'Alerts' }], PolicyDocument: { Version: '2012-10-17', Statement } } };
    expect(missingIn([], { AlertsPolicy })).toEqual(['Bell']);
    expect(missingIn(['AlertsPolicy'])).toEqual([]);
  });

  it('is found: a key that whoever fills the queue may not use', () => {
    const Inbox = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'inbox', KmsMasterKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } } };
    // The rule on the bus and the topic rule each lack two; Lambda’s poller may decrypt already.
    expect(missingIn([], { Inbox })).toEqual(['Told', 'Told', 'Telemetry', 'Telemetry']);
  });

  it('stops the start, saying who may not do what and why', () => {
    const { resources } = permittedStack(['ByHour']);
    expect(() => refuseMissingGrants(resources, readPermissions(resources))).toThrow(
      'Hourly: the rule Hourly needs lambda:InvokeFunction on arn:aws:lambda:eu-central-1:000000000000:function:work: events.amazonaws.com is not allowed by any policy to do so for arn:aws:events:eu-central-1:000000000000:rule/Hourly',
    );
  });
});

describe('a template is refused', () => {
  it.each<[string, WrittenStack['Resources'], RegExp]>([
    [
      'a policy of a role that is not there',
      { Stray: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'p', Roles: ['Nobody'], PolicyDocument: { Version: '2012-10-17', Statement: [] } } } },
      /Stray .* speaks for Nobody/,
    ],
    ['a policy of a user', { Stray: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'p', Users: ['u'], PolicyDocument: {} } } }, /Stray .*Users/s],
    [
      'a boundary',
      { WorkRole: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {}, PermissionsBoundary: 'x' } } },
      /WorkRole .*PermissionsBoundary/s,
    ],
    [
      'a permission for the address of a function',
      {
        ByHour: {
          Type: 'AWS::Lambda::Permission',
          Properties: { Action: 'lambda:InvokeFunctionUrl', FunctionName: 'work', Principal: '*', FunctionUrlAuthType: 'NONE' },
        },
      },
      /ByHour .*FunctionUrlAuthType/s,
    ],
    [
      'a queue policy of a queue that is not there',
      { Stray: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: ['http://elsewhere/q'], PolicyDocument: { Version: '2012-10-17', Statement: [] } } } },
      /Stray .* http:\/\/elsewhere\/q/,
    ],
  ])('%s', (_, also, expected) => {
    expect(() => readPermissions(permittedStack([], also).resources)).toThrow(expected);
  });

  it('a key that is not one of its own', () => {
    const { resources } = permittedStack([], { Inbox: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'inbox', KmsMasterKeyId: 'alias/aws/sqs' } } });
    expect(() => wiresOf(resources)).toThrow(/Inbox .* alias\/aws\/sqs/);
  });
});
