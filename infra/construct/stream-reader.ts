/** A function that reads a table's stream as this house does: bounded retries, halved batches, and what fails goes to a queue instead of blocking the shard. */
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventSourceMapping, FilterCriteria, StartingPosition, type Function } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';

export interface StreamReaderProps {
  readonly batchSize: number;
  /** What the reader wants to see; the rest is never paid for. */
  readonly filter: Record<string, unknown>;
  readonly failed: IQueue;
}

/** The default of AWS is to retry for ever and to block everything behind. */
const RETRIES_MAX = 10;

export function readStream(reader: Function, table: TableV2, { batchSize, filter, failed }: StreamReaderProps): void {
  if (table.tableStreamArn === undefined) throw new Error(`${table.node.path} has no stream`);
  table.grantStreamRead(reader);
  failed.grantSendMessages(reader);
  new EventSourceMapping(reader, `Read${table.node.id}`, {
    target: reader,
    eventSourceArn: table.tableStreamArn,
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize,
    bisectBatchOnError: true,
    retryAttempts: RETRIES_MAX,
    reportBatchItemFailures: true,
    onFailure: new SqsDlq(failed),
    filters: [FilterCriteria.filter(filter)],
  });
}
