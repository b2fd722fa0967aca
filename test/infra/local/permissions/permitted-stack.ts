/** A small template in which everything is wired and permitted: a table that a function reads, its stream, a rule, a schedule, a route, a topic rule and an alarm. */
import { readStack, type WrittenStack } from '../template/written-assembly.ts';
import type { Template } from '../../../../infra/local/template/read-assembly.ts';

const Version = '2012-10-17';
const arnOf = (id: string, attribute = 'Arn') => ({ 'Fn::GetAtt': [id, attribute] });
const document = (...Statement: object[]) => ({ Version, Statement });
const allow = (Action: string | string[], Resource: unknown, rest: object = {}) => ({ Effect: 'Allow', Action, Resource, ...rest });
const trust = (Service: string) => document({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service } });
const from = (service: string, id: string) => ({ Principal: { Service: service }, Condition: { ArnEquals: { 'aws:SourceArn': arnOf(id) } } });
const onQueue = (id: string, ...statements: object[]) => ({
  Type: 'AWS::SQS::QueuePolicy',
  Properties: { Queues: [{ Ref: id }], PolicyDocument: document(...statements) },
});
const permission = (Principal: string, SourceArn: unknown) => ({
  Type: 'AWS::Lambda::Permission',
  Properties: { Action: 'lambda:InvokeFunction', FunctionName: arnOf('Work'), Principal, SourceArn },
});
const log = { 'Fn::Join': ['', ['arn:aws:logs:eu-central-1:000000000000:log-group:', { Ref: 'Logs' }, ':*']] };
const anyRoute = { 'Fn::Join': ['', ['arn:aws:execute-api:eu-central-1:000000000000:', { Ref: 'Api' }, '/*/*/*']] };

const grants = {
  WorkRole: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust('lambda.amazonaws.com') } },
  WorkPolicy: {
    Type: 'AWS::IAM::Policy',
    Properties: {
      PolicyName: 'work',
      Roles: [{ Ref: 'WorkRole' }],
      PolicyDocument: document(
        allow(['logs:CreateLogStream', 'logs:PutLogEvents'], log),
        allow(['dynamodb:GetItem', 'dynamodb:PutItem'], arnOf('Table')),
        allow('kms:Decrypt', arnOf('Key')),
        allow(['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'], arnOf('Table', 'StreamArn')),
        allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], arnOf('Inbox')),
        allow('sqs:SendMessage', arnOf('Failed')),
      ),
    },
  },
  RuleRole: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: trust('iot.amazonaws.com'),
      Policies: [{ PolicyName: 'send', PolicyDocument: document(allow('sqs:SendMessage', [arnOf('Inbox'), arnOf('Failed')])) }],
    },
  },
  InboxPolicy: onQueue('Inbox', allow('sqs:SendMessage', arnOf('Inbox'), from('events.amazonaws.com', 'Told'))),
  FailedPolicy: onQueue(
    'Failed',
    { Effect: 'Deny', Action: 'sqs:*', Resource: arnOf('Failed'), Principal: { AWS: '*' }, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    allow('sqs:SendMessage', arnOf('Failed'), from('events.amazonaws.com', 'Told')),
    allow('sqs:SendMessage', arnOf('Failed'), from('events.amazonaws.com', 'Hourly')),
  ),
  ByHour: permission('events.amazonaws.com', arnOf('Hourly')),
  ByApi: permission('apigateway.amazonaws.com', anyRoute),
  ByIot: permission('iot.amazonaws.com', arnOf('Apps')),
  AlertsPolicy: {
    Type: 'AWS::SNS::TopicPolicy',
    Properties: {
      Topics: [{ Ref: 'Alerts' }],
      PolicyDocument: document(
        allow(
          'sns:Publish',
          { Ref: 'Alerts' },
          { Principal: { Service: 'cloudwatch.amazonaws.com' }, Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } } },
        ),
      ),
    },
  },
  Key: {
    Type: 'AWS::KMS::Key',
    Properties: {
      KeyPolicy: document(allow('kms:*', '*', { Principal: { AWS: { 'Fn::Join': ['', ['arn:aws:iam::', { Ref: 'AWS::AccountId' }, ':root']] } } })),
    },
  },
};

const wired = {
  Table: {
    Type: 'AWS::DynamoDB::GlobalTable',
    Properties: {
      TableName: 'Households',
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
      Replicas: [{ Region: 'eu-central-1', SSESpecification: { KMSMasterKeyId: arnOf('Key') } }],
    },
  },
  Inbox: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'inbox' } },
  Failed: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'failed' } },
  Logs: { Type: 'AWS::Logs::LogGroup' },
  Work: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      FunctionName: 'work',
      Role: arnOf('WorkRole'),
      LoggingConfig: { LogGroup: { Ref: 'Logs' } },
      Environment: { Variables: { TABLE: { Ref: 'Table' }, SPARE: '1' } },
    },
  },
  FromQueue: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { EventSourceArn: arnOf('Inbox'), FunctionName: { Ref: 'Work' } } },
  FromStream: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: arnOf('Table', 'StreamArn'),
      FunctionName: { Ref: 'Work' },
      DestinationConfig: { OnFailure: { Destination: arnOf('Failed') } },
    },
  },
  Told: {
    Type: 'AWS::Events::Rule',
    Properties: { EventPattern: { source: ['x'] }, Targets: [{ Arn: arnOf('Inbox'), Id: 'a', DeadLetterConfig: { Arn: arnOf('Failed') } }] },
  },
  Hourly: {
    Type: 'AWS::Events::Rule',
    Properties: { ScheduleExpression: 'rate(1 hour)', Targets: [{ Arn: arnOf('Work'), Id: 'a', DeadLetterConfig: { Arn: arnOf('Failed') } }] },
  },
  Telemetry: {
    Type: 'AWS::IoT::TopicRule',
    Properties: {
      TopicRulePayload: {
        Actions: [{ Sqs: { QueueUrl: { Ref: 'Inbox' }, RoleArn: arnOf('RuleRole') } }],
        ErrorAction: { Sqs: { QueueUrl: { Ref: 'Failed' }, RoleArn: arnOf('RuleRole') } },
      },
    },
  },
  Apps: { Type: 'AWS::IoT::Authorizer', Properties: { AuthorizerFunctionArn: arnOf('Work') } },
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: {} },
  ToWork: { Type: 'AWS::ApiGatewayV2::Integration', Properties: { IntegrationUri: arnOf('Work') } },
  Read: {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: { ApiId: { Ref: 'Api' }, RouteKey: 'GET /orders/{id}', Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'ToWork' }]] } },
  },
  Alerts: { Type: 'AWS::SNS::Topic' },
  Bell: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmActions: [{ Ref: 'Alerts' }] } },
};

const both = { ...grants, ...wired };

/** @param without logical ids that are left out @param also replaces or adds */
export function permittedStack(without: readonly string[] = [], also: WrittenStack['Resources'] = {}): Template {
  return readStack({ Resources: Object.fromEntries(Object.entries({ ...both, ...also }).filter(([id]) => !without.includes(id))) });
}
