/** Which of our own keys protects what: whoever reads or writes it needs the key as well. */
import type { ResolvedResource } from '../template/read-assembly.ts';
import { z } from 'zod';
import { ofType, read } from './roles.ts';

const tableSchema = z.looseObject({
  SSESpecification: z.looseObject({ KMSMasterKeyId: z.string().optional() }).optional(),
  Replicas: z.array(z.looseObject({ SSESpecification: z.looseObject({ KMSMasterKeyId: z.string().optional() }).optional() })).default([]),
});
/** Topics say it alike. */
const queueSchema = z.looseObject({ KmsMasterKeyId: z.string().optional() });
const secretSchema = z.looseObject({ KmsKeyId: z.string().optional() });

/** Resource ARN → ARN of the key. @throws Error naming a resource whose key is not one of the template */
export function keysOf(resources: readonly ResolvedResource[]): Map<string, string> {
  const keys = ofType(resources, 'AWS::KMS::Key');
  const keyArn = (owner: ResolvedResource, id: string | undefined): string | undefined => {
    if (id === undefined) return undefined;
    const key = keys.find(({ ref, attributes }) => ref === id || attributes['Arn'] === id);
    if (key === undefined) throw new Error(`${owner.logicalId} (${owner.type}) is protected by ${id}, which is no key of the template`);
    return key.attributes['Arn'];
  };
  const found = new Map<string, string>();
  const note = (resource: ResolvedResource, arn: string | undefined, id: string | undefined): void => {
    const key = keyArn(resource, id);
    if (key !== undefined && arn !== undefined) found.set(arn, key);
  };
  for (const table of ofType(resources, 'AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table')) {
    const { SSESpecification, Replicas } = read(table, tableSchema);
    note(table, table.attributes['Arn'], SSESpecification?.KMSMasterKeyId ?? Replicas[0]?.SSESpecification?.KMSMasterKeyId);
  }
  for (const queue of ofType(resources, 'AWS::SQS::Queue')) note(queue, queue.attributes['Arn'], read(queue, queueSchema).KmsMasterKeyId);
  for (const topic of ofType(resources, 'AWS::SNS::Topic')) note(topic, topic.ref, read(topic, queueSchema).KmsMasterKeyId);
  for (const secret of ofType(resources, 'AWS::SecretsManager::Secret')) note(secret, secret.ref, read(secret, secretSchema).KmsKeyId);
  return found;
}
