/** The HTTP API as the template wires it: which route goes to which function, and who may call it. */
import { z } from 'zod';
import type { Template } from '../template/read-assembly.ts';

export interface Route {
  /** `GET /households/{householdId}`, or `$default`. */
  readonly routeKey: string;
  readonly functionName: string;
  readonly timeoutSeconds: number;
  /** Without one, everybody may call. */
  readonly authorizer: Authorizer | undefined;
  /** One of them is enough; none demands none. */
  readonly scopes: readonly string[];
}

export interface Authorizer {
  readonly issuer: string;
  readonly audience: readonly string[];
}

export interface HttpApiDefinition {
  readonly apiId: string;
  readonly routes: readonly Route[];
}

const apiSchema = z.strictObject({
  Name: z.string().optional(),
  Description: z.string().optional(),
  ProtocolType: z.literal('HTTP'),
  DisableExecuteApiEndpoint: z.boolean().optional(),
  Tags: z.unknown().optional(),
});
const integrationSchema = z.strictObject({
  ApiId: z.string(),
  Description: z.string().optional(),
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  IntegrationMethod: z.string().optional(),
  PayloadFormatVersion: z.literal('2.0'),
  TimeoutInMillis: z.int().min(50).max(30_000).default(30_000),
});
const authorizerSchema = z.strictObject({
  ApiId: z.string(),
  Name: z.string(),
  AuthorizerType: z.literal('JWT'),
  IdentitySource: z.tuple([z.string().regex(/^\$request\.header\.authorization$/i)]),
  JwtConfiguration: z.strictObject({ Audience: z.array(z.string()).min(1), Issuer: z.string() }),
});
const routeSchema = z.strictObject({
  ApiId: z.string(),
  RouteKey: z.string().regex(/^(\$default|[A-Z]+ \/.*)$/),
  OperationName: z.string().optional(),
  Target: z.string().startsWith('integrations/'),
  AuthorizationType: z.enum(['NONE', 'JWT']).default('NONE'),
  AuthorizationScopes: z.array(z.string()).default([]),
  AuthorizerId: z.string().optional(),
});

/** `arn:…:function:<name>`, alone or inside the longer address that API Gateway also takes. */
function functionNameOf(uri: string): string {
  const name = /:function:([A-Za-z0-9_-]+)/.exec(uri)?.[1];
  if (name === undefined) throw new Error(`expected the ARN of a function, not ${uri}`);
  return name;
}

/** Throws, naming the resource, at anything that API Gateway would do and this does not. */
export function readHttpApi(template: Pick<Template, 'resources'>): HttpApiDefinition {
  const read = <Schema extends z.ZodType>(type: string, schema: Schema): { id: string; value: z.infer<Schema> }[] =>
    template.resources
      .filter((resource) => resource.type === type)
      .map(({ logicalId, ref, properties }) => {
        const parsed = schema.safeParse(properties);
        if (!parsed.success) throw new Error(`${logicalId} (${type}): ${z.prettifyError(parsed.error)}`);
        return { id: ref, value: parsed.data };
      });
  const apis = read('AWS::ApiGatewayV2::Api', apiSchema);
  const [api] = apis;
  if (api === undefined || apis.length > 1) throw new Error(`expected one HTTP API in the template, not ${apis.length}`);
  const integrations = new Map(read('AWS::ApiGatewayV2::Integration', integrationSchema).map(({ id, value }) => [id, value]));
  const authorizers = new Map(read('AWS::ApiGatewayV2::Authorizer', authorizerSchema).map(({ id, value }) => [id, value.JwtConfiguration]));
  const routes = read('AWS::ApiGatewayV2::Route', routeSchema).map(({ value: route }): Route => {
    const integration = integrations.get(route.Target.slice('integrations/'.length));
    if (integration === undefined) throw new Error(`route ${route.RouteKey} goes to ${route.Target}, which is not in the template`);
    const configuration = route.AuthorizationType === 'JWT' ? authorizers.get(route.AuthorizerId ?? '') : undefined;
    if (route.AuthorizationType === 'JWT' && configuration === undefined) throw new Error(`route ${route.RouteKey} has no authorizer in the template`);
    return {
      routeKey: route.RouteKey,
      functionName: functionNameOf(integration.IntegrationUri),
      timeoutSeconds: integration.TimeoutInMillis / 1_000,
      authorizer: configuration === undefined ? undefined : { issuer: configuration.Issuer, audience: configuration.Audience },
      scopes: route.AuthorizationScopes,
    };
  });
  return { apiId: api.id, routes };
}
