/** A topic rule as this house has them: to one worker's queue, what fails to its dead letters, and with no more rights than these two. */
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnTopicRule } from 'aws-cdk-lib/aws-iot';
import { Construct } from 'constructs';
import type { QueueWorker } from './house-function.ts';

export interface TopicRuleProps {
  /** Fixed, because devices that use Basic Ingest have it in their firmware. */
  readonly ruleName: string;
  readonly description: string;
  readonly sql: string;
  readonly worker: QueueWorker;
}

export class TopicRule extends Construct {
  /** The rule's name. */
  readonly ref: string;

  constructor(scope: Construct, id: string, { ruleName, description, sql, worker: { inbox } }: TopicRuleProps) {
    super(scope, id);
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('iot.amazonaws.com') });
    role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [inbox.queue.queueArn, inbox.deadLetters.queueArn] }));
    const { ref } = new CfnTopicRule(this, 'Rule', {
      ruleName,
      topicRulePayload: {
        ...{ description, sql, awsIotSqlVersion: '2016-03-23' },
        actions: [{ sqs: { queueUrl: inbox.queue.queueUrl, roleArn: role.roleArn, useBase64: false } }],
        errorAction: { sqs: { queueUrl: inbox.deadLetters.queueUrl, roleArn: role.roleArn, useBase64: false } },
      },
    });
    this.ref = ref;
  }
}
