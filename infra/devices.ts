/** Stage 2: what devices say. Rule → queue → batches; the device's identity comes from the connection. */
import { Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnPolicy, CfnTopicRule } from 'aws-cdk-lib/aws-iot';
import { Construct } from 'constructs';
import { QueueWorker } from './construct/house-function.ts';
import type { House } from './house.ts';

export class Devices extends Construct {
  constructor(scope: Construct, id: string, house: House) {
    super(scope, id);
    const ingest = new QueueWorker(this, 'IngestTelemetry', {
      name: 'ingest-telemetry',
      errorImpact: 'Readings of devices are not understood: supplies may run out unnoticed. The messages wait in the dead-letter queue.',
      environment: { HOUSEHOLDS_TABLE: house.tables.households.tableName },
      batchSize: 100,
      maxBatchingWindow: Duration.seconds(5),
      alerts: house.alerts,
    });
    house.open(house.tables.households, ingest.function, 'reads-and-writes');

    const role = new Role(this, 'RuleRole', { assumedBy: new ServicePrincipal('iot.amazonaws.com') });
    role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [ingest.inbox.queue.queueArn, ingest.inbox.deadLetters.queueArn] }));
    new CfnTopicRule(this, 'TelemetryRule', {
      topicRulePayload: {
        description: 'Wraps the untouched payload beside what the connection proves',
        awsIotSqlVersion: '2016-03-23',
        sql: "SELECT encode(*, 'base64') AS payload, topic(3) AS thing, clientid() AS clientId, principal() AS principal, timestamp() AS receivedAt FROM 'dt/nachschub/+/telemetry'",
        actions: [{ sqs: { queueUrl: ingest.inbox.queue.queueUrl, roleArn: role.roleArn, useBase64: false } }],
        errorAction: { sqs: { queueUrl: ingest.inbox.deadLetters.queueUrl, roleArn: role.roleArn, useBase64: false } },
      },
    });

    const { partition, region, account } = Stack.of(this);
    const iot = (resource: string) => `arn:${partition}:iot:${region}:${account}:${resource}`;
    const own = '${iot:Connection.Thing.ThingName}';
    new CfnPolicy(this, 'ThingPolicy', {
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 'iot:Connect',
            Resource: iot(`client/${own}`),
            Condition: { Bool: { 'iot:Connection.Thing.IsAttached': 'true' } },
          },
          {
            Effect: 'Allow',
            Action: 'iot:Publish',
            Resource: [iot(`topic/dt/nachschub/${own}/telemetry`), iot(`topic/dt/nachschub/${own}/presence`), iot(`topic/cmd/nachschub/${own}/sync`)],
          },
          { Effect: 'Allow', Action: 'iot:Subscribe', Resource: iot(`topicfilter/cmd/nachschub/${own}/message`) },
          { Effect: 'Allow', Action: 'iot:Receive', Resource: iot(`topic/cmd/nachschub/${own}/message`) },
        ],
      },
    });
  }
}
