/** A function that reads a table's stream as this house does: bounded retries, halved batches, and what fails goes to a queue instead of blocking the shard. */
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { EventSourceMapping, FilterCriteria, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { alertWhen } from './alert.ts';
import type { HouseFunction } from './house-function.ts';
import { mayReadStream, maySend } from './grants.ts';

export interface StreamReaderProps {
  readonly batchSize: number;
  /** What the reader wants to see; the rest is never paid for. */
  readonly filters: readonly Record<string, unknown>[];
  readonly failed: IQueue;
}

/** The default of AWS is to retry for ever and to block everything behind. */
const RETRIES_MAX = 10;

/** A stream keeps its records for a day: whoever is an hour behind has to be looked at long before they are gone. */
const BEHIND_MAX = Duration.hours(1);

export function readStream(house: HouseFunction, table: TableV2, { batchSize, filters, failed }: StreamReaderProps): void {
  const reader = house.function;
  if (table.tableStreamArn === undefined) throw new Error(`${table.node.path} has no stream`);
  mayReadStream(reader, table);
  maySend(reader, failed);
  new EventSourceMapping(reader, `Read${table.node.id}`, {
    target: reader,
    eventSourceArn: table.tableStreamArn,
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize,
    bisectBatchOnError: true,
    retryAttempts: RETRIES_MAX,
    reportBatchItemFailures: true,
    onFailure: { bind: () => ({ destination: failed.queueArn }) },
    filters: filters.map((filter) => FilterCriteria.filter(filter)),
  });
  if (house.node.tryFindChild('BehindAlarm') === undefined) watchAge(house);
}

/** One metric for all streams of a function: the one that is furthest behind counts. */
const watchAge = (house: HouseFunction): void =>
  alertWhen(house, 'BehindAlarm', {
    text: `The function ${house.name} is an hour behind a table's stream, which forgets after a day. ${house.errorImpact}`,
    metric: house.function.metric('IteratorAge', { statistic: Stats.MAXIMUM, period: Duration.minutes(5) }),
    threshold: BEHIND_MAX.toMilliseconds(),
    periods: 2,
    alerts: house.alerts,
  });
