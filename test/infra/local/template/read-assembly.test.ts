import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readAssembly } from '../../../../infra/local/template/read-assembly.ts';
import { refuseUnknown, SUPPORT } from '../../../../infra/local/template/supported.ts';
import { ENDPOINT, readStack, resource, writeAssembly } from './written-assembly.ts';

const one = (Type: string, Properties: Record<string, unknown> = {}) => resource(readStack({ Resources: { It: { Type, Properties } } }), 'It');

describe('a resource is known by', () => {
  it.each([
    ['AWS::SQS::Queue', { QueueName: 'jobs' }, `${ENDPOINT}/000000000000/jobs`, { Arn: 'arn:aws:sqs:eu-central-1:000000000000:jobs', QueueName: 'jobs' }],
    ['AWS::SQS::Queue', { FifoQueue: true }, `${ENDPOINT}/000000000000/It.fifo`, { QueueName: 'It.fifo' }],
    ['AWS::DynamoDB::Table', { TableName: 'T' }, 'T', { Arn: 'arn:aws:dynamodb:eu-central-1:000000000000:table/T' }],
    [
      'AWS::DynamoDB::GlobalTable',
      { StreamSpecification: { StreamViewType: 'NEW_IMAGE' } },
      'It',
      { StreamArn: 'arn:aws:dynamodb:eu-central-1:000000000000:table/It/stream/2026-01-01T00:00:00.000' },
    ],
    ['AWS::Lambda::Function', {}, 'It', { Arn: 'arn:aws:lambda:eu-central-1:000000000000:function:It' }],
    ['AWS::Events::Rule', { EventBusName: 'bus' }, 'It', { Arn: 'arn:aws:events:eu-central-1:000000000000:rule/bus/It' }],
    ['AWS::Events::Rule', { ScheduleExpression: 'rate(1 minute)' }, 'It', { Arn: 'arn:aws:events:eu-central-1:000000000000:rule/It' }],
    ['AWS::IoT::TopicRule', { RuleName: 'telemetry' }, 'telemetry', { Arn: 'arn:aws:iot:eu-central-1:000000000000:rule/telemetry' }],
    ['AWS::IAM::Role', {}, 'It', { Arn: 'arn:aws:iam::000000000000:role/It' }],
    ['AWS::Logs::LogGroup', {}, 'It', { Arn: 'arn:aws:logs:eu-central-1:000000000000:log-group:It:*' }],
    ['AWS::KMS::Alias', { AliasName: 'alias/key' }, 'alias/key', {}],
    ['AWS::Cognito::UserPoolResourceServer', { Identifier: 'nachschub' }, 'nachschub', {}],
    ['AWS::Cognito::UserPoolGroup', { GroupName: 'agents' }, 'agents', {}],
  ])('%s %j: its Ref and attributes', (type, properties, ref, attributes) => {
    const it = one(type, properties);
    expect(it.ref).toBe(ref);
    expect(it.attributes).toMatchObject(attributes);
  });

  it('ids that look as on AWS and stay the same', () => {
    const pool = one('AWS::Cognito::UserPool');
    expect(pool.ref).toMatch(/^eu-central-1_[A-Za-z0-9]{9}$/);
    expect(pool.attributes.ProviderURL).toBe(`https://cognito-idp.eu-central-1.amazonaws.com/${pool.ref}`);
    expect(one('AWS::Cognito::UserPool').ref).toBe(pool.ref);
    expect(one('AWS::Cognito::UserPoolClient').ref).toMatch(/^[a-z0-9]{26}$/);
    expect(one('AWS::SecretsManager::Secret', { Name: 'root' }).ref).toMatch(/^arn:aws:secretsmanager:eu-central-1:000000000000:secret:root-[A-Za-z0-9]{6}$/);
    expect(one('AWS::KMS::Key').attributes.Arn).toMatch(/^arn:aws:kms:eu-central-1:000000000000:key\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(one('AWS::ApiGatewayV2::Api').attributes.ApiEndpoint).toBe(`${ENDPOINT}/api`);
  });

  it('the path of its construct', () => {
    const template = readStack({
      Resources: { It: { Type: 'AWS::SQS::Queue', Metadata: { 'aws:cdk:path': 'Main/Inbox/Resource' } }, Bare: { Type: 'AWS::SQS::Queue' } },
    });
    expect(template.resources.map(({ path, stack }) => [stack, path])).toEqual([
      ['Main', 'Main/Inbox/Resource'],
      ['Main', 'Main/Bare'],
    ]);
  });
});

describe('an unsupported resource', () => {
  it('stops the reading, and each is named with its type', () => {
    const Resources = { Site: { Type: 'AWS::S3::AccessPoint' }, Fine: { Type: 'AWS::SQS::Queue' }, Mail: { Type: 'Custom::Mail' } };
    expect(() => readStack({ Resources })).toThrow(/Site \(AWS::S3::AccessPoint, Main\/Site\), Mail \(Custom::Mail, Main\/Mail\)/);
  });

  it('is refused in a template, and one with a plain reason is not', () => {
    expect(() => refuseUnknown({ resources: [{ logicalId: 'L', type: 'AWS::EC2::Instance', path: 'p' }] })).toThrow('L (AWS::EC2::Instance, p)');
    expect(() => refuseUnknown({ resources: [{ logicalId: 'L', type: 'AWS::CDK::Metadata', path: 'p' }] })).not.toThrow();
    // A type named as a member of every object must not pass for a known one.
    expect(() => refuseUnknown({ resources: [{ logicalId: 'L', type: 'constructor', path: 'p' }] })).toThrow('L (constructor, p)');
  });

  it('would be needless for an inert type, which says why in a sentence', () => {
    for (const support of Object.values(SUPPORT)) if (support.kind === 'inert') expect(support.reason).toMatch(/^[A-Z].{20,}\.$/);
  });
});

describe('an assembly', () => {
  it('knows where a bundle lies', () => {
    const directory = writeAssembly({ Main: {} }, { abc: 'asset.abc' });
    const template = readAssembly(directory, { endpointUrl: ENDPOINT });
    expect(template.assetPath('abc.zip')).toBe(path.join(directory, 'asset.abc'));
    expect(() => template.assetPath('other.zip')).toThrow('no asset other.zip');
  });

  it('is refused with a transform or a nested assembly, which would be ignored', () => {
    expect(() => readStack({ Transform: 'AWS::Serverless-2016-10-31' })).toThrow('template transforms are not supported');
    const directory = writeAssembly({});
    writeFileSync(path.join(directory, 'manifest.json'), JSON.stringify({ artifacts: { Stage: { type: 'cdk:cloud-assembly' } } }));
    expect(() => readAssembly(directory, { endpointUrl: ENDPOINT })).toThrow('nested assembly Stage');
  });

  it('is refused with the name of the file that is not what CDK writes', () => {
    const directory = writeAssembly({});
    const manifest = path.join(directory, 'manifest.json');
    writeFileSync(manifest, '{"artifacts":[]}');
    expect(existsSync(manifest)).toBe(true);
    expect(() => readAssembly(directory, { endpointUrl: ENDPOINT })).toThrow(manifest);
  });
});
