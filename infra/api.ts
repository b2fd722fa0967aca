/** The doors over HTTP: one route per line of `shared/api/routes.ts`, the scope demanded here and checked again in the function. */
import { Duration } from 'aws-cdk-lib';
import { CfnStage, HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { OAuthScope, ResourceServerScope, UserPool } from 'aws-cdk-lib/aws-cognito';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { routes, scopes, type Route } from '../shared/api/routes.ts';

export class Api extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string, functions: Record<Route['function'], Function>) {
    super(scope, id);
    const { pool, clientIds } = this.identities();
    const authorizer = new HttpJwtAuthorizer('Tokens', pool.userPoolProviderUrl, { jwtAudience: clientIds });
    const api = new HttpApi(this, 'Http', { description: 'Nachschub', createDefaultStage: true });
    for (const [name, route] of Object.entries<Route>(routes)) {
      api.addRoutes({
        path: route.path,
        methods: [HttpMethod[route.method]],
        integration: new HttpLambdaIntegration(`${name}Integration`, functions[route.function]),
        ...(route.caller !== 'retailer' && { authorizer, authorizationScopes: [...route.scopes] }),
      });
    }
    // An HTTP API has no limits per caller: these keep one of them from using up the account's functions.
    const stage = api.defaultStage?.node.defaultChild;
    if (stage instanceof CfnStage) stage.defaultRouteSettings = { throttlingBurstLimit: 200, throttlingRateLimit: 100 };
    this.url = api.apiEndpoint;
  }

  private identities() {
    const pool = new UserPool(this, 'People', { selfSignUpEnabled: false, signInAliases: { email: true }, deletionProtection: true });
    const scopeOf = (full: string) => new ResourceServerScope({ scopeName: full.replace('nachschub/', ''), scopeDescription: full });
    const [operate, household, collect] = [scopeOf(scopes.operate), scopeOf(scopes.household), scopeOf(scopes.collect)];
    const server = pool.addResourceServer('Scopes', { identifier: 'nachschub', scopes: [operate, household, collect] });
    const machine = (id: string, allowed: ResourceServerScope) =>
      pool.addClient(id, {
        generateSecret: true,
        oAuth: { flows: { clientCredentials: true }, scopes: [OAuthScope.resourceServer(server, allowed)] },
        accessTokenValidity: Duration.hours(1),
      });
    const app = pool.addClient('App', {
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.resourceServer(server, household)],
        callbackUrls: ['https://localhost/callback'],
      },
      accessTokenValidity: Duration.hours(1),
      preventUserExistenceErrors: true,
    });
    return { pool, clientIds: [app.userPoolClientId, machine('Operator', operate).userPoolClientId, machine('Collector', collect).userPoolClientId] };
  }
}
