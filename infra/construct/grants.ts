/** Permissions no wider than what is done with them: CDK's own grants also hand out what nobody here calls. */
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';

export const maySend = (sender: Function, queue: IQueue): void =>
  sender.addToRolePolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queue.queueArn] }));

/** What Lambda's poller does in the function's name (Lambda developer guide, “Using Lambda with Amazon SQS”). */
export const mayReceive = (worker: Function, queue: IQueue): void =>
  worker.addToRolePolicy(new PolicyStatement({ actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], resources: [queue.queueArn] }));

/** The same for a table's stream, which its table's key protects. */
export function mayReadStream(reader: Function, table: TableV2): void {
  if (table.tableStreamArn === undefined) throw new Error(`${table.node.path} has no stream`);
  const actions = ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'];
  reader.addToRolePolicy(new PolicyStatement({ actions, resources: [table.tableStreamArn] }));
  table.encryptionKey?.grantDecrypt(reader);
}
