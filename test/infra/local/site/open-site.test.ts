/** A distribution of a template, served: behaviours in their order, files with what was written into them, and what is refused. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { request } from 'node:http';
import { z } from 'zod';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openSite, type Site } from '../../../../infra/local/site/open-site.ts';
import type { Template } from '../../../../infra/local/template/read-assembly.ts';
import { readStack, type WrittenStack } from '../template/written-assembly.ts';

type Resources = NonNullable<WrittenStack['Resources']>;
const folder = mkdtempSync(path.join(tmpdir(), 'nachschub-site-'));
const LONG = 'body { color: green; }\n'.repeat(100);
const att = (id: string, attribute: string) => ({ 'Fn::GetAtt': [id, attribute] });
const role = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {} } };

const strip = 'function handler(event) { event.request.uri = event.request.uri.slice(4); return event.request; }';
const edge = (FunctionCode: string) => ({
  Type: 'AWS::CloudFront::Function',
  Properties: { Name: FunctionCode.length, AutoPublish: true, FunctionCode, FunctionConfig: { Comment: '', Runtime: 'cloudfront-js-2.0' } },
});
const behaviour = (more: object) => ({ ViewerProtocolPolicy: 'redirect-to-https', TargetOriginId: 'files', ...more });
const config = (more: object = {}) => ({
  Enabled: true,
  Origins: [
    { Id: 'files', DomainName: att('Bucket', 'RegionalDomainName') },
    { Id: 'api', DomainName: { 'Fn::Select': [2, { 'Fn::Split': ['/', att('Api', 'ApiEndpoint')] }] } },
  ],
  DefaultCacheBehavior: behaviour({ ResponseHeadersPolicyId: { Ref: 'Headers' } }),
  CacheBehaviors: [
    behaviour({ PathPattern: '/app/packed/*', Compress: true }),
    behaviour({
      ...{ PathPattern: '/api/*', TargetOriginId: 'api', AllowedMethods: ['GET', 'POST'] },
      FunctionAssociations: [{ EventType: 'viewer-request', FunctionARN: att('Strip', 'FunctionARN') }],
    }),
  ],
  ...more,
});
const deployment = (key: string, prefix: string, more: object = {}) => ({
  Type: 'Custom::CDKBucketDeployment',
  Properties: {
    ...{ ServiceToken: att('Deployer', 'Arn'), SourceBucketNames: ['assets'], SourceObjectKeys: [key], DestinationBucketName: { Ref: 'Bucket' } },
    ...{ DestinationBucketKeyPrefix: prefix, Prune: false, ...more },
  },
});
const resources = (more: Resources = {}): Resources => ({
  Bucket: { Type: 'AWS::S3::Bucket' },
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: {} },
  DeployerRole: role,
  Deployer: { Type: 'AWS::Lambda::Function', Properties: { Role: att('DeployerRole', 'Arn') } },
  Strip: edge(strip),
  Headers: {
    Type: 'AWS::CloudFront::ResponseHeadersPolicy',
    Properties: {
      ResponseHeadersPolicyConfig: {
        Name: 'headers',
        SecurityHeadersConfig: { ContentTypeOptions: { Override: true }, ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: true } },
        CustomHeadersConfig: { Items: [{ Header: 'X-House', Value: 'calm', Override: true }] },
      },
    },
  },
  Distribution: { Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig: config() } },
  Pages: deployment('pages.zip', 'app', {
    SourceMarkers: [{ '<<marker:0>>': att('Api', 'ApiEndpoint'), '<<marker:1>>': 'a "quoted" word' }],
    SourceMarkersConfig: [{ jsonEscape: true }],
    SystemMetadata: { 'cache-control': 'no-cache' },
  }),
  Packed: deployment('packed.zip', 'app/packed'),
  ...more,
});
const siteOf = (more: Resources = {}): Site => {
  const template: Template = readStack({ Resources: resources(more) });
  return openSite({ resources: template.resources, assetPath: (key) => path.join(folder, key.replace('.zip', '')) });
};

let server: Server;
let origin: string;
let site: Site;
beforeAll(async () => {
  for (const part of ['pages/deep', 'packed']) mkdirSync(path.join(folder, part), { recursive: true });
  writeFileSync(path.join(folder, 'pages/index.html'), '<p>home</p>');
  writeFileSync(path.join(folder, 'pages/config.json'), '{"api":"<<marker:0>>","text":"<<marker:1>>"}');
  writeFileSync(path.join(folder, 'pages/deep/ünï code.txt'), 'found');
  writeFileSync(path.join(folder, 'packed/long.css'), LONG);
  server = createServer((asked, response) => {
    void site.handle(asked, response, (call, answer) => {
      answer.writeHead(200).end(`the API hears ${call.method ?? ''} below ${site.apiMountPath}`);
      return Promise.resolve();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${z.object({ port: z.number() }).parse(server.address()).port}`;
});
beforeEach(() => {
  site = siteOf();
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

/** Without fetch's own unpacking and tidying of paths. */
const get = (to: string, headers: Record<string, string> = {}, method = 'GET') =>
  new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
    request(origin, { path: to, headers, method }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }));
    })
      .on('error', reject)
      .end();
  });

describe('what stands in the bucket', () => {
  it('is served with the headers of its behaviour and the metadata of its deployment', async () => {
    const { status, headers, body } = await get('/app/index.html');
    expect([status, body.toString(), headers]).toEqual([
      200,
      '<p>home</p>',
      expect.objectContaining({ 'content-type': 'text/html', 'cache-control': 'no-cache', 'x-house': 'calm', 'x-content-type-options': 'nosniff' }),
    ]);
    expect((await get('/app/packed/long.css')).headers).not.toHaveProperty('x-house');
  });

  it('has the values that are known only when the stack is there, safely inside the JSON', async () => {
    expect(JSON.parse((await get('/app/config.json')).body.toString())).toEqual({ api: 'http://127.0.0.1:4566/api', text: 'a "quoted" word' });
  });

  it('is packed where the behaviour says so and the browser can unpack it', async () => {
    const packed = await get('/app/packed/long.css', { 'accept-encoding': 'br, gzip' });
    expect([packed.headers['content-encoding'], gunzipSync(packed.body).toString()]).toEqual(['gzip', LONG]);
    expect((await get('/app/packed/long.css')).body.toString()).toBe(LONG);
    expect((await get('/app/index.html', { 'accept-encoding': 'gzip' })).headers).not.toHaveProperty('content-encoding');
  });

  it('is not sent to somebody who has it, nor to somebody who asks only how it is', async () => {
    const { headers } = await get('/app/index.html');
    expect((await get('/app/index.html', { 'if-none-match': String(headers['etag']) })).status).toBe(304);
    const head = await get('/app/index.html', {}, 'HEAD');
    expect([head.status, head.headers['content-length'], head.body.length]).toEqual([200, '11', 0]);
  });

  it('is found by what an address means, and nothing outside it is', async () => {
    expect((await get(`/app/deep/${encodeURIComponent('ünï code.txt')}`)).body.toString()).toBe('found');
    for (const to of ['/app/../package.json', '/app/%2e%2e/%2e%2e/etc/passwd', '/app/deep', '/app/%', '/']) expect((await get(to)).status, to).toBe(404);
  });

  it('cannot be changed', async () => expect((await get('/app/index.html', {}, 'POST')).status).toBe(403));
});

it('calls of the API go there, with what the function takes from their path', async () => {
  expect((await get('/api/orders', {}, 'POST')).body.toString()).toBe('the API hears POST below /api');
  expect((await get('/api/orders', {}, 'PUT')).status).toBe(403);
});

describe('what is not done here stops the start and is named', () => {
  it.each<[string, Resources, RegExp]>([
    [
      'an error page of CloudFront',
      { Distribution: { Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig: config({ CustomErrorResponses: [] }) } } },
      /Distribution.*CustomErrorResponses/s,
    ],
    [
      'another origin',
      {
        Distribution: {
          Type: 'AWS::CloudFront::Distribution',
          Properties: {
            DistributionConfig: config({
              Origins: [
                { Id: 'files', DomainName: 'example.org' },
                { Id: 'api', DomainName: 'example.org' },
              ],
            }),
          },
        },
      },
      /example\.org/,
    ],
    ['a function that keeps the prefix', { Strip: edge('function handler(event) { return event.request; }') }, /reach the API as/],
    ['a deployment that takes files away', { Packed: deployment('packed.zip', 'app/packed', { Prune: true }) }, /Packed.*Prune/s],
    ['two distributions', { Second: { Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig: config() } } }, /one distribution.*not 2/],
  ])('%s', (_, more, expected) => expect(() => siteOf(more)).toThrow(expected));
});
