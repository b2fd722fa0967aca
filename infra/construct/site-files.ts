/** The built app and what it has to know, put into the bucket while the stack is deployed: first what pages name, then the pages. */
import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnBucket, type Bucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source, type ISource } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { join } from 'node:path';
import { asBucket } from './as-bucket.ts';
import { ASSETS, siteDirectory } from '../site/build.ts';

export interface SiteFilesProps {
  readonly bucket: Bucket;
  /** Becomes `config.json` beside the pages: what is known only when the stack is there. */
  readonly config: Readonly<Record<string, string>>;
}

/** How CDK begins the name of the one function that all its deployments share. */
const DEPLOYER = 'Custom::CDKBucketDeployment';

export class SiteFiles extends Construct {
  constructor(scope: Construct, id: string, { bucket, config }: SiteFilesProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Logs', { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    const put = new PolicyStatement({ actions: ['s3:PutObject'], resources: [bucket.arnForObjects('app/*')] });
    role.addToPolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }));
    role.addToPolicy(put);
    const reason = 'Names of files follow from their content, so only the folder can be named; it holds what everybody may read.';
    if (!(bucket.node.defaultChild instanceof CfnBucket)) throw new Error('expected a bucket');
    const arn = `<${Stack.of(this).getLogicalId(bucket.node.defaultChild)}.Arn>`;
    Validations.of(role).acknowledge({ id: `AwsSolutions-IAM5[Resource::${arn}/app/*]`, reason });
    /** CDK would let it read and write whole buckets: here it may fetch just the archives that it unpacks. */
    const narrowly = (source: ISource): ISource => ({
      bind: (of, context) => {
        const found = source.bind(of, context);
        role.addToPolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: [found.bucket.arnForObjects(found.zipObjectKey)] }));
        return found;
      },
    });
    // Pages of yesterday that are still open find their files, so nothing is taken away.
    const shared = {
      destinationBucket: asBucket(bucket),
      role: role.withoutPolicyUpdates(),
      logGroup,
      memoryLimit: 512,
      prune: false,
      outputObjectKeys: false,
    };
    const assets = new BucketDeployment(this, 'Assets', {
      ...shared,
      sources: [narrowly(Source.asset(join(siteDirectory(), ASSETS)))],
      destinationKeyPrefix: `app/${ASSETS}`,
      cacheControl: [CacheControl.setPublic(), CacheControl.maxAge(Duration.days(365)), CacheControl.immutable()],
    });
    const pages = new BucketDeployment(this, 'Pages', {
      ...shared,
      sources: [narrowly(Source.asset(siteDirectory(), { exclude: [ASSETS] })), narrowly(Source.jsonData('config.json', config))],
      destinationKeyPrefix: 'app',
      cacheControl: [CacheControl.noCache()],
    });
    pages.node.addDependency(assets);
    this.explain();
  }

  private explain(): void {
    const deployer = Stack.of(this).node.children.find(({ node }) => node.id.startsWith(DEPLOYER));
    if (deployer === undefined) throw new Error('expected CDK’s function that puts files into a bucket');
    Validations.of(deployer).acknowledge(
      { id: 'AwsSolutions-L1', reason: 'It is CDK’s own function, in the language and version that CDK tests it with.' },
      {
        id: 'Nachschub-FunctionRingsAlarm[no-alarm-that-says-what-its-failure-means]',
        reason: 'Only CloudFormation calls it, and a deployment whose files did not arrive fails and is rolled back before the eyes of whoever deploys.',
      },
    );
  }
}
