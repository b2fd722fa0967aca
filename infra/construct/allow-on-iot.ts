/** Lets a function act on topics, things or clients of AWS IoT. */
import { Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function } from 'aws-cdk-lib/aws-lambda';

export interface IotGrant {
  readonly actions: readonly `iot:${string}`[];
  /** What stands behind the account in an ARN: `topic/…`, `thing/…`, `client/…`. */
  readonly resource: string;
  /** Why the name is not known when we deploy: a wildcard is only taken with a reason. */
  readonly because: string;
}

export function allowOnIot(worker: Function, { actions, resource, because }: IotGrant): void {
  const { partition, region, account } = Stack.of(worker);
  worker.addToRolePolicy(new PolicyStatement({ actions: [...actions], resources: [`arn:${partition}:iot:${region}:${account}:${resource}`] }));
  Validations.of(worker.role ?? worker).acknowledge({
    id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:iot:${region}:<AWS::AccountId>:${resource}]`,
    reason: because,
  });
}
