/** The CloudFront distribution as the template wires it: which paths go where, through which function, and with which headers. */
import { z } from 'zod';
import { ofType } from '../permissions/roles.ts';
import type { ResolvedResource, Template } from '../template/read-assembly.ts';
import { edgeFunction, type EdgeFunction } from './edge-function.ts';
import { headersOf } from './response-headers.ts';

export interface Behaviour {
  /** `/api/*`; undefined for what no other takes. */
  readonly pattern: string | undefined;
  /** The bucket's name, or the HTTP API. */
  readonly origin: { readonly bucket: string } | 'api';
  readonly methods: readonly string[];
  readonly compress: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly atRequest: EdgeFunction | undefined;
}

const unread = z.unknown().optional();
const behaviourSchema = z.strictObject({
  PathPattern: z.string().optional(),
  TargetOriginId: z.string(),
  AllowedMethods: z.array(z.string()).default(['GET', 'HEAD']),
  Compress: z.boolean().default(false),
  ResponseHeadersPolicyId: z.string().optional(),
  FunctionAssociations: z
    .array(z.strictObject({ EventType: z.literal('viewer-request'), FunctionARN: z.string() }))
    .max(1)
    .default([]),
  /** On one machine nothing stands between browser and origin: nothing is cached, and everything is handed on. */
  ...{ CachePolicyId: unread, OriginRequestPolicyId: unread },
  /** On the loopback there is no HTTPS. */
  ViewerProtocolPolicy: z.enum(['redirect-to-https', 'https-only']),
});
const originSchema = z.looseObject({ Id: z.string(), DomainName: z.string(), S3OriginConfig: unread, CustomOriginConfig: unread });
const distributionSchema = z.strictObject({
  DistributionConfig: z.strictObject({
    DefaultCacheBehavior: behaviourSchema,
    CacheBehaviors: z.array(behaviourSchema).default([]),
    Origins: z.array(originSchema),
    Enabled: z.literal(true),
    ...{ Aliases: unread, Comment: unread, HttpVersion: unread, IPV6Enabled: unread, PriceClass: unread, ViewerCertificate: unread },
  }),
  Tags: unread,
});
const functionSchema = z.looseObject({
  AutoPublish: z.literal(true),
  FunctionCode: z.string(),
  FunctionConfig: z.looseObject({ Runtime: z.literal('cloudfront-js-2.0') }),
});
const apiSchema = z.looseObject({ ApiEndpoint: z.string() });

export function read<Schema extends z.ZodType>({ logicalId, type }: ResolvedResource, schema: Schema, value: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Error(`${logicalId} (${type}): ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** In the order in which CloudFront tries them. @throws Error naming the resource that asks for what is not done here, or when there is not one distribution */
export function behavioursOf({ resources }: Pick<Template, 'resources'>): Behaviour[] {
  const [distribution, ...others] = ofType(resources, 'AWS::CloudFront::Distribution');
  if (distribution === undefined || others.length > 0)
    throw new Error(`expected one distribution in the template, not ${others.length + (distribution ? 1 : 0)}`);
  const { DefaultCacheBehavior, CacheBehaviors, Origins } = read(distribution, distributionSchema, distribution.properties).DistributionConfig;
  const functions = new Map(ofType(resources, 'AWS::CloudFront::Function').map((resource) => [resource.ref, functionOf(resource)]));
  return [...CacheBehaviors, DefaultCacheBehavior].map((behaviour) => {
    const origin = Origins.find(({ Id }) => Id === behaviour.TargetOriginId);
    if (origin === undefined) throw new Error(`${distribution.logicalId} names ${behaviour.TargetOriginId}, which is none of its origins`);
    const policy = resources.find(({ type, ref }) => type === 'AWS::CloudFront::ResponseHeadersPolicy' && ref === behaviour.ResponseHeadersPolicyId);
    const [association] = behaviour.FunctionAssociations;
    const atRequest = association && functions.get(association.FunctionARN);
    if (association !== undefined && atRequest === undefined)
      throw new Error(`${distribution.logicalId} names the function ${association.FunctionARN}, which is not in the template`);
    return {
      ...{ pattern: behaviour.PathPattern, origin: originOf(resources, origin), methods: behaviour.AllowedMethods, compress: behaviour.Compress, atRequest },
      headers: policy === undefined ? {} : headersOf(policy),
    };
  });
}

function functionOf(resource: ResolvedResource): EdgeFunction {
  return edgeFunction(resource.name, read(resource, functionSchema, resource.properties).FunctionCode);
}

function originOf(resources: Template['resources'], { DomainName: domain }: z.infer<typeof originSchema>): Behaviour['origin'] {
  const bucket = ofType(resources, 'AWS::S3::Bucket').find(({ attributes }) => attributes['RegionalDomainName'] === domain);
  if (bucket !== undefined) return { bucket: bucket.name };
  const isApi = ofType(resources, 'AWS::ApiGatewayV2::Api').some((api) => new URL(read(api, apiSchema, api.attributes).ApiEndpoint).host === domain);
  if (isApi) return 'api';
  throw new Error(`the distribution fetches from ${domain}, which is neither a bucket nor the API of the template`);
}
