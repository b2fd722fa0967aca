import { describe, expect, it } from 'vitest';
import { readHttpApi } from '../../../../infra/local/http/api-definition.ts';
import { readStack, resource } from '../template/written-assembly.ts';
import { apiStack, CLIENT_ID } from './opened-api.ts';

const changed = (logicalId: string, properties: Record<string, unknown>) => {
  const { Resources } = apiStack({ 'GET /orders': {} });
  const { Type, Properties } = Resources[logicalId] as { Type: string; Properties: object };
  return readStack({ Resources: { ...Resources, [logicalId]: { Type, Properties: { ...Properties, ...properties } } } });
};

describe('the HTTP API of a template', () => {
  it('has its routes with function, authorizer, scopes and time limit', () => {
    const template = readStack(
      apiStack({ 'GET /orders': { scopes: ['nachschub/household'], timeoutMillis: 5_000 }, 'POST /v1/track': { isOpen: true, functionName: 'collect' } }),
    );
    const issuer = resource(template, 'Pool').attributes['ProviderURL'];
    expect(readHttpApi(template)).toEqual({
      apiId: resource(template, 'Api').ref,
      routes: [
        {
          routeKey: 'GET /orders',
          functionName: 'household-api',
          timeoutSeconds: 5,
          scopes: ['nachschub/household'],
          authorizer: { issuer, audience: [CLIENT_ID] },
        },
        { routeKey: 'POST /v1/track', functionName: 'collect', timeoutSeconds: 30, scopes: [], authorizer: undefined },
      ],
    });
  });

  it.each([
    ['Api', { CorsConfiguration: { AllowOrigins: ['*'] } }, /Api \(AWS::ApiGatewayV2::Api\).*CorsConfiguration/s],
    ['Integration0', { PayloadFormatVersion: '1.0' }, /Integration0/],
    ['Integration0', { IntegrationType: 'HTTP_PROXY' }, /Integration0/],
    ['Integration0', { IntegrationUri: 'https://example.com' }, /expected the ARN of a function/],
    ['Authorizer', { AuthorizerType: 'REQUEST' }, /Authorizer/],
    ['Route0', { AuthorizationType: 'AWS_IAM' }, /Route0/],
    ['Route0', { AuthorizerId: 'nobody' }, /route GET \/orders has no authorizer/],
    ['Route0', { Target: 'integrations/nothing' }, /route GET \/orders goes to integrations\/nothing/],
  ])('is refused where this would do less than API Gateway: %s %j', (logicalId, properties, reason) => {
    expect(() => readHttpApi(changed(logicalId, properties))).toThrow(reason);
  });

  it('is refused when there is none', () => {
    expect(() => readHttpApi(readStack({ Resources: {} }))).toThrow('expected one HTTP API in the template, not 0');
  });
});
