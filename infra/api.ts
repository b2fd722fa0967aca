/** The doors over HTTP: one route per line of `shared/api/routes.ts`, in the stack of the function behind it, the scope demanded here and checked again in the function. */
import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { CfnStage, HttpApi, HttpMethod, HttpRoute, HttpRouteKey } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { routes, type Route } from '../shared/api/routes.ts';
import type { Identities } from './identities.ts';

const WITHOUT_TOKEN: Partial<Record<Route['caller'], string>> = {
  'retailer-signature': 'The function verifies the signature of the message with the key of the shop that the path names, before it reads anything.',
  anyone:
    'It describes the API, or takes a withdrawal from somebody without an account (§356a BGB); it tells nothing of anybody, and is limited by the stage and by address.',
  'source-signature': 'The function verifies the signature of the message with the key of the source that the path names, before it reads anything.',
  'write-key':
    'The function checks the write key of the source, or a token with the scope for it, before it keeps anything; a gateway would refuse the basic auth of Segment’s libraries.',
  'signed-link':
    'The function checks the signature that stood in the link before it reads anything; a link names all that it may do, and every link is answered alike.',
};

/** Who did what and how it ended: routes instead of paths and no addresses, because paths hold ids of households. */
const ACCESS_LINE = {
  requestId: '$context.requestId',
  at: '$context.requestTime',
  route: '$context.routeKey',
  client: '$context.authorizer.claims.client_id',
  status: '$context.status',
  milliseconds: '$context.responseLatency',
  bytes: '$context.responseLength',
  error: '$context.error.message',
  functionError: '$context.integration.error',
};

/** Functions behind routes, by their files; a route whose function is not given is opened by another stack. */
export type Doors = Readonly<Partial<Record<Route['function'], Function>>>;

export class Api extends Construct {
  readonly url: string;
  readonly http: HttpApi;

  readonly #authorizer: HttpJwtAuthorizer;

  constructor(scope: Construct, id: string, { issuer, clientIds }: Identities, functions: Doors & { readonly 'describe-api': Function }) {
    super(scope, id);
    this.#authorizer = new HttpJwtAuthorizer('Tokens', issuer, { jwtAudience: [...clientIds] });
    const api = new HttpApi(this, 'Http', { description: 'Nachschub', createDefaultStage: true });
    this.http = api;
    this.open(api, functions);
    functions['describe-api'].addEnvironment('TOKEN_ISSUER', issuer);
    // An HTTP API has no limits per caller: these keep one of them from using up the account's functions.
    const stage = api.defaultStage?.node.defaultChild;
    if (stage instanceof CfnStage) {
      stage.defaultRouteSettings = { throttlingBurstLimit: 200, throttlingRateLimit: 100 };
      const log = new LogGroup(this, 'AccessLog', { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
      stage.accessLogSettings = { destinationArn: log.logGroupArn, format: JSON.stringify(ACCESS_LINE) };
    }
    this.url = api.apiEndpoint;
  }

  /** Opens the doors of these functions. They stand in the stack of `scope`, which may be another one than the API's. */
  open(scope: Construct, functions: Doors): void {
    for (const [name, to] of Object.entries(functions)) {
      // One for each function and not for each route: a stack may hold 500 resources.
      // Each function is permitted to this API as a whole: a permission for each path would name some twice, and fill the 20 KB of a function's policy.
      const integration = new HttpLambdaIntegration(name, to, { scopePermissionToRoute: false });
      for (const route of Object.values<Route>(routes).filter((one) => one.function === name)) {
        const door = new HttpRoute(scope, `${route.method}${route.path}`, {
          httpApi: this.http,
          routeKey: HttpRouteKey.with(route.path, HttpMethod[route.method]),
          integration,
          ...(route.scopes.length > 0 && { authorizer: this.#authorizer, authorizationScopes: [...route.scopes] }),
        });
        const reason = WITHOUT_TOKEN[route.caller];
        if (reason !== undefined) Validations.of(door).acknowledge({ id: 'AwsSolutions-APIG4', reason });
      }
    }
  }
}
