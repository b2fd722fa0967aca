/** The doors over HTTP: one route per line of `shared/api/routes.ts`, the scope demanded here and checked again in the function. */
import { CfnStage, HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { routes, type Route } from '../shared/api/routes.ts';
import type { Identities } from './identities.ts';

export class Api extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string, { issuer, clientIds }: Identities, functions: Record<Route['function'], Function>) {
    super(scope, id);
    const authorizer = new HttpJwtAuthorizer('Tokens', issuer, { jwtAudience: [...clientIds] });
    const api = new HttpApi(this, 'Http', { description: 'Nachschub', createDefaultStage: true });
    for (const [name, route] of Object.entries<Route>(routes)) {
      api.addRoutes({
        path: route.path,
        methods: [HttpMethod[route.method]],
        integration: new HttpLambdaIntegration(`${name}Integration`, functions[route.function]),
        ...(route.scopes.length > 0 && { authorizer, authorizationScopes: [...route.scopes] }),
      });
    }
    functions['describe-api'].addEnvironment('TOKEN_ISSUER', issuer);
    // An HTTP API has no limits per caller: these keep one of them from using up the account's functions.
    const stage = api.defaultStage?.node.defaultChild;
    if (stage instanceof CfnStage) stage.defaultRouteSettings = { throttlingBurstLimit: 200, throttlingRateLimit: 100 };
    this.url = api.apiEndpoint;
  }
}
