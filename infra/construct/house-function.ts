/** A function as this house has them: arm64, the newest Node.js, its own log group, and an alarm that says what its failure means. */
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, EventSourceMapping, Function, LoggingFormat, Runtime, SystemLogLevel } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { join } from 'node:path';
import { bundlesDirectory } from '../bundle.ts';
import { alertWhen } from './alert.ts';
import { mayReceive } from './grants.ts';
import { HouseQueue } from './house-queue.ts';

export interface HouseFunctionProps {
  /** The file in `functions/`, and the folder of its bundle. */
  readonly name: string;
  /** What it means to a person when this fails. Becomes the alarm's text. */
  readonly errorImpact: string;
  readonly environment?: Record<string, string>;
  readonly timeout?: Duration;
  readonly alerts: ITopic;
}

const TIMEOUT = Duration.seconds(30);

export class HouseFunction extends Construct {
  readonly function: Function;
  readonly logs: LogGroup;
  /** The file in `functions/`. */
  readonly name: string;
  readonly errorImpact: string;
  readonly alerts: ITopic;

  constructor(scope: Construct, id: string, { name, errorImpact, environment, timeout, alerts }: HouseFunctionProps) {
    super(scope, id);
    this.name = name;
    this.errorImpact = errorImpact;
    this.alerts = alerts;
    this.logs = new LogGroup(this, 'Logs', { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
    // AWS's managed policy would let it write into everybody's logs.
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.logs.grantWrite(role);
    this.function = new Function(this, 'Function', {
      role,
      description: errorImpact,
      code: Code.fromAsset(join(bundlesDirectory(), name)),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 512,
      timeout: timeout ?? TIMEOUT,
      environment: { POWERTOOLS_SERVICE_NAME: name, NODE_OPTIONS: '--enable-source-maps', ...environment },
      loggingFormat: LoggingFormat.JSON,
      // Start and report of every call would cost twice what the call does; metrics hold the durations.
      systemLogLevelV2: SystemLogLevel.WARN,
      logGroup: this.logs,
    });
    const period = Duration.minutes(5);
    alertWhen(this, 'ErrorAlarm', { text: errorImpact, metric: this.function.metricErrors({ period }), threshold: 1, periods: 3, alerts });
    const text = `AWS runs no more copies of ${name}, because the account's limit is reached; what cannot wait is refused. If it lasts: ${errorImpact}`;
    alertWhen(this, 'ThrottleAlarm', { text, metric: this.function.metricThrottles({ period }), threshold: 1, periods: 3, alerts });
  }
}

export interface QueueWorkerProps extends HouseFunctionProps {
  readonly batchSize?: number;
  readonly maxBatchingWindow?: Duration;
  readonly maxConcurrency?: number;
}

/** A function with the queue that it works off, message by message. */
export class QueueWorker extends HouseFunction {
  readonly inbox: HouseQueue;

  constructor(scope: Construct, id: string, props: QueueWorkerProps) {
    super(scope, id, props);
    this.inbox = new HouseQueue(this, 'Inbox', { errorImpact: props.errorImpact, workerTimeout: props.timeout ?? TIMEOUT, alerts: props.alerts });
    mayReceive(this.function, this.inbox.queue);
    new EventSourceMapping(this, 'ReadInbox', {
      target: this.function,
      eventSourceArn: this.inbox.queue.queueArn,
      batchSize: props.batchSize ?? 10,
      reportBatchItemFailures: true,
      ...(props.maxBatchingWindow && { maxBatchingWindow: props.maxBatchingWindow }),
      ...(props.maxConcurrency !== undefined && { maxConcurrency: props.maxConcurrency }),
    });
  }
}
