/** CDK's class of a bucket says `undefined` where its interface says nothing, which strict optional properties keep apart; it is one all the same. */
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';

const isBucket = (value: unknown): value is IBucket => value instanceof Bucket;

export function asBucket(bucket: unknown): IBucket {
  if (!isBucket(bucket)) throw new Error('expected a bucket');
  return bucket;
}
