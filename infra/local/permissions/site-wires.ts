/** Wires of the app's site: CloudFront to its bucket, and what puts the files there while the stack is deployed. */
import { z } from 'zod';
import type { ResolvedResource } from '../template/read-assembly.ts';
import { ACCOUNT_ID, PARTITION } from '../template/identity.ts';
import { ofType, read } from './roles.ts';
import type { Wire } from './wire.ts';

type Resources = readonly ResolvedResource[];

const distributionSchema = z.looseObject({ DistributionConfig: z.looseObject({ Origins: z.array(z.looseObject({ DomainName: z.string() })) }) });
/** Listing is what turns "forbidden" into "not found" for a file that is not there. */
const READS = [
  ['s3:GetObject', '/app/index.html'],
  ['s3:ListBucket', ''],
] as const;

const distributionWires = (resources: Resources): Wire[] =>
  ofType(resources, 'AWS::CloudFront::Distribution').flatMap((distribution) => {
    const domains = read(distribution, distributionSchema).DistributionConfig.Origins.map(({ DomainName: domain }) => domain);
    const buckets = ofType(resources, 'AWS::S3::Bucket').filter(({ attributes }) => domains.includes(attributes['RegionalDomainName'] ?? ''));
    return buckets.flatMap(({ name, attributes }) =>
      READS.map(([action, below]): Wire => ({
        ...{ what: `CloudFront → the bucket ${name}`, of: distribution.logicalId, action, resource: `${attributes['Arn'] ?? ''}${below}`, by: 'service' },
        ...{ service: 'cloudfront.amazonaws.com', sourceArn: `arn:${PARTITION}:cloudfront::${ACCOUNT_ID}:distribution/${distribution.ref}` },
      })),
    );
  });

const deploymentSchema = z.looseObject({
  ServiceToken: z.string(),
  SourceBucketNames: z.array(z.string()),
  SourceObjectKeys: z.array(z.string()),
  DestinationBucketName: z.string(),
  DestinationBucketKeyPrefix: z.string().default(''),
});
const functionSchema = z.looseObject({ Role: z.string() });
const s3 = (bucket: string, key = ''): string => `arn:${PARTITION}:s3:::${bucket}${key === '' ? '' : `/${key}`}`;

/** What `aws s3 cp` and `aws s3 sync` do in the name of CDK's function. */
const deploymentWires = (resources: Resources): Wire[] =>
  ofType(resources, 'Custom::CDKBucketDeployment').flatMap((deployment) => {
    const {
      ServiceToken,
      SourceBucketNames,
      SourceObjectKeys,
      DestinationBucketName: to,
      DestinationBucketKeyPrefix: prefix,
    } = read(deployment, deploymentSchema);
    const by = ofType(resources, 'AWS::Lambda::Function').find(({ attributes }) => attributes['Arn'] === ServiceToken);
    if (by === undefined) throw new Error(`${deployment.logicalId} (${deployment.type}) is done by ${ServiceToken}, which is no function of the template`);
    const { Role: roleArn } = read(by, functionSchema);
    const needs = [
      ...SourceObjectKeys.map((key, index) => ({ action: 's3:GetObject', resource: s3(SourceBucketNames[index] ?? '', key) })),
      { action: 's3:ListBucket', resource: s3(to) },
      { action: 's3:PutObject', resource: s3(to, `${prefix}/x`) },
    ];
    return needs.map(({ action, resource }): Wire => ({
      what: `${deployment.logicalId} → ${to}`,
      of: deployment.logicalId,
      action,
      resource,
      by: 'role',
      roleArn,
    }));
  });

export const siteWires = (resources: Resources): Wire[] => [...distributionWires(resources), ...deploymentWires(resources)];
