/** A function as this house has them: arm64, the newest Node.js, its own log group, and an alarm that says what its failure means. */
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Architecture, Code, Function, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { join } from 'node:path';
import { bundlesDirectory } from '../bundle.ts';
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

  constructor(scope: Construct, id: string, { name, errorImpact, environment, timeout, alerts }: HouseFunctionProps) {
    super(scope, id);
    this.logs = new LogGroup(this, 'Logs', { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
    this.function = new Function(this, 'Function', {
      description: errorImpact,
      code: Code.fromAsset(join(bundlesDirectory(), name)),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 512,
      timeout: timeout ?? TIMEOUT,
      environment: { POWERTOOLS_SERVICE_NAME: name, NODE_OPTIONS: '--enable-source-maps', ...environment },
      loggingFormat: LoggingFormat.JSON,
      logGroup: this.logs,
    });
    new Alarm(this, 'ErrorAlarm', {
      alarmDescription: errorImpact,
      metric: this.function.metricErrors({ period: Duration.minutes(5) }),
      threshold: 1,
      evaluationPeriods: 3,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(new SnsAction(alerts));
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
    this.function.addEventSource(
      new SqsEventSource(this.inbox.queue, {
        batchSize: props.batchSize ?? 10,
        reportBatchItemFailures: true,
        ...(props.maxBatchingWindow && { maxBatchingWindow: props.maxBatchingWindow }),
        ...(props.maxConcurrency !== undefined && { maxConcurrency: props.maxConcurrency }),
      }),
    );
  }
}
