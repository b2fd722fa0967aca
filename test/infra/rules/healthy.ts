/** A small template that breaks no rule; tests break it in one place at a time. */
import { readResources, type Resources } from '../../../infra/rules/template.ts';

const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const OWN = '${iot:Connection.Thing.ThingName}';
const iot = (resource: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iot:eu-central-1:`, { Ref: 'AWS::AccountId' }, `:${resource}`]] });
const alarm = (MetricName: string, Value: unknown) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    ...{ AlarmDescription: 'Households run out although their devices said so.', Namespace: 'AWS/Any', MetricName },
    ...{ Dimensions: [{ Name: 'Name', Value }], AlarmActions: [{ Ref: 'Alerts' }] },
  },
});
const assumedBy = (Service: string) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service } }] });

/** Freshly made each time, so that whoever breaks it breaks only his own. */
export const healthy = (): Resources =>
  readResources({
    Resources: {
      Table: {
        Type: 'AWS::DynamoDB::GlobalTable',
        Properties: {
          Replicas: [{ Region: 'eu-central-1', DeletionProtectionEnabled: true, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }],
        },
        ...{ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' },
      },
      Logs: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 30 } },
      Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: assumedBy('lambda.amazonaws.com') } },
      Policy: {
        Type: 'AWS::IAM::Policy',
        Properties: { PolicyDocument: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: ['dynamodb:GetItem'], Resource: arn('Table') } } },
      },
      Function: { Type: 'AWS::Lambda::Function', Properties: { Timeout: 30, LoggingConfig: { LogGroup: { Ref: 'Logs' } } } },
      FunctionAlarm: alarm('Errors', { Ref: 'Function' }),
      Letters: { Type: 'AWS::SQS::Queue', Properties: { MessageRetentionPeriod: 1_209_600 } },
      LettersAlarm: alarm('ApproximateNumberOfMessagesVisible', { 'Fn::GetAtt': ['Letters', 'QueueName'] }),
      Inbox: {
        Type: 'AWS::SQS::Queue',
        Properties: { VisibilityTimeout: 180, RedrivePolicy: { deadLetterTargetArn: arn('Letters'), maxReceiveCount: 5 } },
      },
      ReadInbox: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { EventSourceArn: arn('Inbox'), FunctionName: { Ref: 'Function' }, FunctionResponseTypes: ['ReportBatchItemFailures'] },
      },
      ReadStream: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          ...{
            EventSourceArn: { 'Fn::GetAtt': ['Table', 'StreamArn'] },
            FunctionName: { Ref: 'Function' },
            FunctionResponseTypes: ['ReportBatchItemFailures'],
          },
          ...{ StartingPosition: 'TRIM_HORIZON', BisectBatchOnFunctionError: true, MaximumRetryAttempts: 10 },
          DestinationConfig: { OnFailure: { Destination: arn('Letters') } },
        },
      },
      Rule: { Type: 'AWS::Events::Rule', Properties: { Targets: [{ Id: 'one', Arn: arn('Inbox'), DeadLetterConfig: { Arn: arn('Letters') } }] } },
      Permission: {
        Type: 'AWS::Lambda::Permission',
        Properties: { Action: 'lambda:InvokeFunction', FunctionName: arn('Function'), Principal: 'events.amazonaws.com', SourceArn: arn('Rule') },
      },
      TopicRule: {
        Type: 'AWS::IoT::TopicRule',
        Properties: { TopicRulePayload: { Actions: [{ Sqs: {} }], ErrorAction: { Sqs: { QueueUrl: { Ref: 'Letters' } } }, Sql: 'SELECT * FROM "a"' } },
      },
      Things: {
        Type: 'AWS::IoT::Policy',
        Properties: {
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                ...{ Effect: 'Allow', Action: 'iot:Connect', Resource: iot(`client/${OWN}`) },
                Condition: { Bool: { 'iot:Connection.Thing.IsAttached': 'true' } },
              },
              { Effect: 'Allow', Action: 'iot:Publish', Resource: [iot(`topic/dt/nachschub/${OWN}/telemetry`)] },
            ],
          },
        },
      },
    },
  });
