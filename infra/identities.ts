/** Who may knock: the people, the app that they sign in with, and the machines with a client of their own. */
import { Aws, CfnOutput, CfnParameter, Duration, Validations } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  FeaturePlan,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  ResourceServerScope,
  UserPool,
  UserPoolClientIdentityProvider,
  type UserPoolClient,
  type UserPoolResourceServer,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { scopes, type Scope } from '../shared/api/routes.ts';

const SCOPE_TEXT: Record<Scope, string> = {
  [scopes.operate]: 'Set households, devices and shops up',
  [scopes.household]: 'See and answer for the households that one belongs to',
  [scopes.collect]: 'Send touchpoints from web, e-mail and CRM',
  [scopes.retailer]: 'Read what was sent to one’s own shop',
};
const SERVER = 'nachschub';

export class Identities extends Construct {
  readonly issuer: string;
  readonly app: UserPoolClient;
  /** Every client that the API may be called with. */
  readonly clientIds: readonly string[];
  /** Retailer → its app client. */
  readonly retailerClientIds: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, retailers: readonly string[]) {
    super(scope, id);
    const pool = this.people();
    this.issuer = pool.userPoolProviderUrl;
    const allowed = new Map(Object.entries(SCOPE_TEXT).map(([full, text]) => [full, scopeOf(full, text)]));
    const server = pool.addResourceServer('Scopes', { identifier: SERVER, scopes: [...allowed.values()] });
    const granted = (full: Scope): OAuthScope => OAuthScope.resourceServer(server, allowed.get(full) ?? scopeOf(full, SCOPE_TEXT[full]));
    this.app = this.signIn(pool, granted(scopes.household));
    const machine = (name: string, full: Scope) => machineClient(pool, name, granted(full)).userPoolClientId;
    const [operator, collector] = [machine('Operator', scopes.operate), machine('Collector', scopes.collect)];
    this.retailerClientIds = Object.fromEntries(retailers.map((retailerId) => [retailerId, machine(`Retailer-${retailerId}`, scopes.retailer)]));
    this.clientIds = [this.app.userPoolClientId, operator, collector, ...Object.values(this.retailerClientIds)];
    dependOn(server, [this.app]);
    this.tell('Issuer', this.issuer);
    this.tell('AppClientId', this.app.userPoolClientId);
  }

  /** The user name is the member id (`mem_…`), so that a token says whose it is without a look-up; people sign in with their e-mail address. */
  private people(): UserPool {
    const pool = new UserPool(this, 'People', {
      // Operators invite: nobody becomes a member of a household by filling in a form.
      selfSignUpEnabled: false,
      signInAliases: { username: true, email: true },
      signInCaseSensitive: false,
      autoVerify: { email: true },
      standardAttributes: { email: { required: true, mutable: true } },
      keepOriginal: { email: true },
      passwordPolicy: {
        minLength: 12,
        ...{ requireLowercase: true, requireUppercase: true, requireDigits: true, requireSymbols: true },
        tempPasswordValidity: Duration.days(3),
      },
      // A household decides for itself: a grandmother without a second device must still be able to say no.
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      featurePlan: FeaturePlan.ESSENTIALS,
      deletionProtection: true,
    });
    Validations.of(pool).acknowledge(
      { id: 'AwsSolutions-COG2', reason: 'A second factor is offered and not forced: whoever has no second device must still be able to say no to an order.' },
      {
        id: 'AwsSolutions-COG8',
        reason: 'Threat protection costs by the head and month. What a stolen password could buy is bounded by the linked shops and the address.',
      },
    );
    return pool;
  }

  /** Authorization code with PKCE: a public client has no secret that a phone could lose. */
  private signIn(pool: UserPool, household: OAuthScope): UserPoolClient {
    const callbacks = new CfnParameter(this, 'AppUrls', {
      type: 'CommaDelimitedList',
      default: 'http://localhost:4580/app/signed-in',
      description: 'Where people come back to after signing in and out: the pages of the app. https, or http on localhost',
    });
    callbacks.overrideLogicalId('AppUrls');
    const app = pool.addClient('App', {
      authFlows: { userSrp: true },
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, household],
        callbackUrls: callbacks.valueAsList,
        logoutUrls: callbacks.valueAsList,
      },
      supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.days(30),
      // Each refresh gives a new token; the old one is good for as long as an answer may be lost on the way.
      refreshTokenRotationGracePeriod: Duration.seconds(60),
      enableTokenRevocation: true,
      preventUserExistenceErrors: true,
    });
    const domain = pool.addDomain('SignIn', {
      cognitoDomain: { domainPrefix: `nachschub-${Aws.ACCOUNT_ID}` },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    // Without it managed login has no page for this client.
    new CfnManagedLoginBranding(this, 'SignInPages', { userPoolId: pool.userPoolId, clientId: app.userPoolClientId, useCognitoProvidedValues: true });
    this.tell('SignInUrl', domain.baseUrl());
    return app;
  }

  /** What whoever writes a client of their own has to know. */
  private tell(name: string, value: string): void {
    new CfnOutput(this, name, { value }).overrideLogicalId(name);
  }
}

const scopeOf = (full: string, scopeDescription: string) => new ResourceServerScope({ scopeName: full.slice(`${SERVER}/`.length), scopeDescription });

const machineClient = (pool: UserPool, name: string, scope: OAuthScope): UserPoolClient =>
  pool.addClient(name, {
    generateSecret: true,
    oAuth: { flows: { clientCredentials: true }, scopes: [scope] },
    accessTokenValidity: Duration.hours(1),
    enableTokenRevocation: true,
  });

function dependOn(server: UserPoolResourceServer, clients: readonly UserPoolClient[]): void {
  for (const client of clients) client.node.addDependency(server);
}
