/** Who may knock: the people, the app that they sign in with, and the machines with a client of their own. */
import { Aws, CfnCondition, CfnOutput, CfnParameter, Duration, Fn, Validations } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  CfnUserPoolGroup,
  CfnUserPoolClient,
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
import { AGENTS, scopes, type Scope } from '../shared/api/routes.ts';

const SCOPE_TEXT: Record<Scope, string> = {
  [scopes.operate]: 'Set households, devices and shops up',
  [scopes.household]: 'See and answer for the households that one belongs to',
  [scopes.collect]: 'Send touchpoints from web, e-mail and CRM',
  [scopes.retailer]: 'Read what was sent to one’s own shop',
  [scopes.lookAfter]: 'Look after households, for those who work for the company',
};
const SERVER = 'nachschub';
/** Instead of addresses. */
const THIS_APP = 'this-app';

export class Identities extends Construct {
  readonly issuer: string;
  readonly pool: UserPool;
  /** Where the sign-in pages stand. */
  readonly signInUrl: string;
  readonly app: UserPoolClient;
  /** Every client that the API may be called with. */
  readonly clientIds: readonly string[];
  /** Of trackers and CRMs that send touchpoints with a token. */
  readonly collectorClientId: string;
  /** Retailer → its app client. */
  readonly retailerClientIds: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, retailers: readonly string[]) {
    super(scope, id);
    const pool = this.people();
    this.pool = pool;
    // Anybody may ask for the scope at sign-in; the group, which only an operator fills, says whose it is.
    new CfnUserPoolGroup(this, 'Agents', { userPoolId: pool.userPoolId, groupName: AGENTS, description: 'Look after households' });
    this.issuer = pool.userPoolProviderUrl;
    const allowed = new Map(Object.entries(SCOPE_TEXT).map(([full, text]) => [full, scopeOf(full, text)]));
    const server = pool.addResourceServer('Scopes', { identifier: SERVER, scopes: [...allowed.values()] });
    const granted = (full: Scope): OAuthScope => OAuthScope.resourceServer(server, allowed.get(full) ?? scopeOf(full, SCOPE_TEXT[full]));
    this.app = this.signIn(pool, [granted(scopes.household), granted(scopes.lookAfter)]);
    this.signInUrl = this.signInPages(pool, this.app);
    const machine = (name: string, full: Scope) => machineClient(pool, name, granted(full)).userPoolClientId;
    const [operator, collector] = [machine('Operator', scopes.operate), machine('Collector', scopes.collect)] as const;
    this.collectorClientId = collector;
    this.retailerClientIds = Object.fromEntries(retailers.map((retailerId) => [retailerId, machine(`Retailer-${retailerId}`, scopes.retailer)]));
    this.clientIds = [this.app.userPoolClientId, operator, collector, ...Object.values(this.retailerClientIds)];
    dependOn(server, [this.app]);
    this.tell('Issuer', this.issuer);
    this.tell('AppClientId', this.app.userPoolClientId);
  }

  /** The user name is the member id (`mem_…`), so that a token says whose it is without a look-up; people sign in with their e-mail address. */
  private people(): UserPool {
    const pool = new UserPool(this, 'People', {
      // Operators and owners of households invite: nobody becomes a member of a household by filling in a form.
      selfSignUpEnabled: false,
      signInAliases: { username: true, email: true },
      signInCaseSensitive: false,
      autoVerify: { email: true },
      userInvitation: {
        emailSubject: 'Nachschub: your invitation · deine Einladung',
        emailBody:
          'Somebody has invited you into their household. Sign in with this e-mail address and the first password {####} (user name {username}).<br><br>' +
          'Jemand hat dich in einen Haushalt eingeladen. Melde dich mit dieser E-Mail-Adresse und dem ersten Passwort {####} an (Benutzername {username}).',
      },
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
  private signIn(pool: UserPool, allowed: readonly OAuthScope[]): UserPoolClient {
    return pool.addClient('App', {
      authFlows: { userSrp: true },
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, ...allowed],
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
  }

  private signInPages(pool: UserPool, app: UserPoolClient): string {
    const domain = pool.addDomain('SignIn', {
      cognitoDomain: { domainPrefix: `nachschub-${Aws.ACCOUNT_ID}` },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    // Without it managed login has no page for this client.
    new CfnManagedLoginBranding(this, 'SignInPages', { userPoolId: pool.userPoolId, clientId: app.userPoolClientId, useCognitoProvidedValues: true });
    const url = domain.baseUrl();
    this.tell('SignInUrl', url);
    return url;
  }

  /** What the app has to know of the sign-in. */
  get forApp(): { readonly issuer: string; readonly clientId: string; readonly signInUrl: string } {
    return { issuer: this.issuer, clientId: this.app.userPoolClientId, signInUrl: this.signInUrl };
  }

  /** People come back to the app where it stands, unless whoever deploys names other addresses. @param siteUrl without a slash at the end */
  comeBackTo(siteUrl: string): void {
    const named = new CfnParameter(this, 'AppUrls', {
      type: 'CommaDelimitedList',
      default: THIS_APP,
      description: 'Where people come back to after signing in and out, if not to the app of this stack: https, or http on localhost',
    });
    named.overrideLogicalId('AppUrls');
    const isNamed = new CfnCondition(this, 'AppUrlsNamed', { expression: Fn.conditionNot(Fn.conditionEquals(Fn.join(',', named.valueAsList), THIS_APP)) });
    const urls = Fn.conditionIf(isNamed.logicalId, named.valueAsList, [`${siteUrl}/app/signed-in`]);
    const client = this.app.node.defaultChild;
    if (!(client instanceof CfnUserPoolClient)) throw new Error('expected an app client');
    client.addPropertyOverride('CallbackURLs', urls);
    client.addPropertyOverride('LogoutURLs', urls);
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
