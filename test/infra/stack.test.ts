import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { functionNames } from '../../infra/bundle.ts';
import { routes, type Route } from '../../shared/api/routes.ts';
import { bundle, idIn, ofResourceType, synthesizeBoth, type Resources } from './synthesized.ts';

let resources: Resources;
beforeAll(async () => {
  await bundle();
  resources = synthesizeBoth();
}, 120_000);

const of = (type: string) => ofResourceType(resources, type);
/** What CloudFormation alone calls, to put files into a bucket, is CDK's own. */
const deployers = () => new Set(of('Custom::CDKBucketDeployment').map(([, { ServiceToken: by }]) => idIn(by)));
const functions = () => of('AWS::Lambda::Function').filter(([id]) => !deployers().has(id));
const environmentSchema = z.object({ Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }) });
const variablesOf = (properties: unknown) => environmentSchema.parse(properties).Environment.Variables;
const queueSchema = z.object({
  VisibilityTimeout: z.number().default(30),
  MessageRetentionPeriod: z.number().default(345_600),
  RedrivePolicy: z.object({ deadLetterTargetArn: z.unknown(), maxReceiveCount: z.number() }).optional(),
});
const queue = (id: string) => queueSchema.parse(resources[id]?.Properties);
const alarmSchema = z.object({
  AlarmDescription: z.string().min(20),
  Namespace: z.string(),
  MetricName: z.string(),
  /** None where a metric is made from log lines. */
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.unknown() })).default([]),
  AlarmActions: z.array(z.unknown()).min(1),
});
/** What is watched, by the last part of the metric and the logical id. */
const watched = () =>
  new Set(
    of('AWS::CloudWatch::Alarm').map(([, properties]) => {
      const { MetricName: metric, Dimensions: dimensions } = alarmSchema.parse(properties);
      return dimensions[0] === undefined ? metric : `${metric} ${idIn(dimensions[0].Value)}`;
    }),
  );

describe('every function', () => {
  it('of the folder is deployed, once, and nothing else is', () => {
    expect(
      functions()
        .map(([, properties]) => variablesOf(properties)['POWERTOOLS_SERVICE_NAME'])
        .sort(),
    ).toEqual(functionNames().sort());
  });

  it('runs on arm64 with a log group of its own and limits', () => {
    const groups = functions().map(([id, properties]) => {
      const { Architectures: architectures, LoggingConfig: logging } = z
        .object({ Architectures: z.array(z.string()), LoggingConfig: z.object({ LogGroup: z.unknown(), LogFormat: z.string() }), Timeout: z.number().max(60) })
        .parse(properties);
      expect([id, architectures, logging.LogFormat]).toEqual([id, ['arm64'], 'JSON']);
      return idIn(logging.LogGroup);
    });
    expect(new Set(groups).size).toBe(functions().length);
    for (const group of groups) expect(resources[group]?.Properties['RetentionInDays']).toBeGreaterThan(0);
  });

  it('has an alarm on its errors whose text says what they mean to a person', () => {
    const alarms = watched();
    for (const [id] of functions()) expect(alarms).toContain(`Errors ${id}`);
  });

  it('is told nothing secret, and nothing of a local machine', () => {
    for (const [id, properties] of functions()) {
      const variables = variablesOf(properties);
      expect(
        Object.keys(variables).filter((name) => /loopback|local|endpoint|password|_key$/i.test(name)),
        id,
      ).toEqual([]);
      expect(JSON.stringify(variables), id).not.toMatch(/resolve:secretsmanager|whsec_|loopback|localhost|127\.0\.0\.1|GenerateSecret/i);
      // The root secret is named, not given.
      const root = variables['ROOT_SECRET'];
      if (root !== undefined) expect(resources[idIn(root)]?.Type).toBe('AWS::SecretsManager::Secret');
    }
  });
});

describe('every queue that a function reads', () => {
  const mappings = () => of('AWS::Lambda::EventSourceMapping').map(([, properties]) => properties);
  const isStream = (mapping: Record<string, unknown>) => mapping['StartingPosition'] !== undefined;
  const queueMappings = () => mappings().filter((mapping) => !isStream(mapping));

  it('is seen again only after six times its function’s limit, and tells failures one by one', () => {
    expect(queueMappings().length).toBeGreaterThan(5);
    for (const mapping of queueMappings()) {
      const id = idIn(mapping['EventSourceArn']);
      const timeout = z.number().parse(resources[idIn(mapping['FunctionName'])]?.Properties['Timeout']);
      expect(queue(id).VisibilityTimeout, id).toBeGreaterThanOrEqual(6 * timeout);
      expect(mapping['FunctionResponseTypes'], id).toEqual(['ReportBatchItemFailures']);
    }
  });

  it('gives up after some tries into dead letters that outlast it and ring an alarm', () => {
    const alarms = watched();
    for (const mapping of queueMappings()) {
      const id = idIn(mapping['EventSourceArn']);
      const { RedrivePolicy: redrive, MessageRetentionPeriod: keeps } = queue(id);
      if (redrive === undefined) throw new Error(`${id} has no dead letters`);
      expect(redrive.maxReceiveCount).toBeGreaterThanOrEqual(2);
      const letters = idIn(redrive.deadLetterTargetArn);
      expect(queue(letters).MessageRetentionPeriod, letters).toBeGreaterThan(keeps);
      expect(alarms).toContain(`ApproximateNumberOfMessagesVisible ${letters}`);
    }
  });

  it('and every stream cuts a failing batch in half, a bounded number of times, and says where the failure went', () => {
    const streams = mappings().filter(isStream);
    expect(streams).toHaveLength(5);
    for (const mapping of streams) {
      expect(mapping).toMatchObject({ BisectBatchOnFunctionError: true, FunctionResponseTypes: ['ReportBatchItemFailures'] });
      expect(mapping['FilterCriteria']).toBeDefined();
      const { MaximumRetryAttempts: retries, DestinationConfig: destination } = z
        .object({ MaximumRetryAttempts: z.number(), DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.unknown() }) }) })
        .parse(mapping);
      expect(retries).toBeGreaterThan(0);
      expect(resources[idIn(destination.OnFailure.Destination)]?.Type).toBe('AWS::SQS::Queue');
    }
  });
});

describe('nothing is lost on the way', () => {
  it('every target of every rule has a dead-letter queue', () => {
    for (const [id, properties] of of('AWS::Events::Rule')) {
      const { Targets: targets } = z
        .object({ Targets: z.array(z.object({ Arn: z.unknown(), DeadLetterConfig: z.object({ Arn: z.unknown() }) })).min(1) })
        .parse(properties);
      for (const { DeadLetterConfig: letters } of targets) expect(resources[idIn(letters.Arn)]?.Type, id).toBe('AWS::SQS::Queue');
    }
  });

  it('every topic rule says where a message goes that its action refused', () => {
    const rules = of('AWS::IoT::TopicRule');
    expect(rules.length).toBeGreaterThan(0);
    for (const [, properties] of rules) expect(properties).toMatchObject({ TopicRulePayload: { ErrorAction: { Sqs: {} } } });
  });

  it('every table keeps its past, cannot be deleted by mistake, streams, and is encrypted with our key', () => {
    const tables = of('AWS::DynamoDB::GlobalTable');
    expect(tables).toHaveLength(3);
    for (const [id, properties] of tables) {
      expect(properties).toMatchObject({
        StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
        Replicas: [{ DeletionProtectionEnabled: true, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }],
      });
      const { Replicas: replicas } = z
        .object({ Replicas: z.array(z.object({ SSESpecification: z.object({ KMSMasterKeyId: z.unknown() }) })) })
        .parse(properties);
      for (const { SSESpecification: sse } of replicas) expect(resources[idIn(sse.KMSMasterKeyId)]?.Type, id).toBe('AWS::KMS::Key');
      expect(resources[id]).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    }
  });
});

describe('the doors', () => {
  const WITHOUT_TOKEN: ReadonlySet<Route['caller']> = new Set(['retailer-signature', 'write-key', 'source-signature', 'anyone', 'signed-link']);
  const routeSchema = z.object({ RouteKey: z.string(), AuthorizationType: z.string().default('NONE'), AuthorizationScopes: z.array(z.string()).default([]) });

  it('are those of the list, with their scopes, and no others', () => {
    const deployed = of('AWS::ApiGatewayV2::Route').map(([, properties]) => {
      const { RouteKey: key, AuthorizationType: type, AuthorizationScopes: scopes } = routeSchema.parse(properties);
      return `${key} ${type} ${[...scopes].sort().join(' ')}`;
    });
    const listed = Object.values<Route>(routes).map(
      ({ method, path, caller, scopes }) => `${method} ${path} ${WITHOUT_TOKEN.has(caller) ? 'NONE' : 'JWT'} ${[...scopes].sort().join(' ')}`,
    );
    expect(deployed.sort()).toEqual(listed.sort());
    expect(Object.values<Route>(routes).filter(({ caller, scopes }) => WITHOUT_TOKEN.has(caller) !== (scopes.length === 0))).toEqual([]);
  });

  it('of things name nothing but the thing itself', () => {
    const [policy] = of('AWS::IoT::Policy');
    // The one refuses the client ids of apps, the other is what a thing's own display says.
    const text = JSON.stringify(policy).replace('client/app-*', '').replaceAll('${iot:Connection.Thing.ThingName}/shadow/name/display/*', '');
    expect(text).not.toContain('*');
    expect(text).toContain('${iot:Connection.Thing.ThingName}/telemetry');
  });

  it('of our own roles: none may do everything to everything', () => {
    for (const [id, { PolicyDocument: document }] of of('AWS::IAM::Policy')) {
      const { Statement: statements } = z
        .object({ Statement: z.array(z.object({ Action: z.union([z.string(), z.array(z.string())]), Resource: z.unknown() })) })
        .parse(document);
      for (const { Action: action } of statements)
        expect(
          [action].flat().filter((one) => one === '*' || one.endsWith(':*')),
          id,
        ).toEqual([]);
    }
  });
});

describe('the app’s address', () => {
  const policies = () => of('AWS::CloudFront::ResponseHeadersPolicy').map(([, properties]) => JSON.stringify(properties));

  it('lets a page load nothing that is not its own, no script in a page, and no frame of somebody else', () => {
    const pages = policies().filter((policy) => policy.includes('ContentSecurityPolicy'));
    expect(pages).toHaveLength(1);
    for (const part of ["default-src 'none'", "script-src 'self';", "style-src 'self';", "base-uri 'none'", "form-action 'self'", 'frame-ancestors '])
      expect(pages[0]).toContain(part);
    expect(pages[0]).not.toMatch(/unsafe|\*/);
  });

  it('is reached over HTTPS alone, and its files through CloudFront alone', () => {
    for (const policy of policies()) expect(policy).toMatch(/"StrictTransportSecurity":\{"AccessControlMaxAgeSec":63072000/);
    const buckets = of('AWS::S3::Bucket');
    expect(buckets).toHaveLength(1);
    for (const [, properties] of buckets) {
      expect(properties).toMatchObject({
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
      });
      expect(properties).not.toHaveProperty('BucketName');
    }
  });

  it('keeps what has its content in its name, and asks for everything else each time; pages come last', () => {
    const deployments = of('Custom::CDKBucketDeployment').map(([id, properties]) => ({ id, properties, after: resources[id] }));
    expect(deployments.map(({ properties: one }) => [one['DestinationBucketKeyPrefix'], one['SystemMetadata'], one['Prune']])).toEqual([
      ['app/assets', { 'cache-control': 'public, max-age=31536000, immutable' }, false],
      ['app', { 'cache-control': 'no-cache' }, false],
    ]);
    expect(JSON.stringify(deployments[1]?.after?.['DependsOn'])).toContain(deployments[0]?.id);
  });
});

describe('the template', () => {
  it('is the same when it is made again', () => {
    expect(synthesizeBoth()).toEqual(resources);
  }, 60_000);

  it('holds these resources', () => {
    const counts: Record<string, number> = {};
    for (const { Type: type } of Object.values(resources)) counts[type] = (counts[type] ?? 0) + 1;
    expect(Object.fromEntries(Object.entries(counts).sort())).toMatchSnapshot();
  });

  it('cannot carry the switch of the local machine: two files read the symbol’s answers, one reads the symbol', async () => {
    const clock = await readFile(join(import.meta.dirname, '../../functions/runtime/clock.ts'), 'utf8');
    expect(clock).not.toContain('process.env');
    expect(clock).toContain("Symbol.for('nachschub.local')");
    expect(JSON.stringify(resources)).not.toMatch(/nachschub\.local|loopbackAllowed/);
  });
});
