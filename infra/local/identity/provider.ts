/** The OpenID provider that stands in for Cognito: the paths, the claims and the lifetimes are those of a user pool. */
import { errors, Provider, type ClientMetadata, type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import { z } from 'zod';
import type { AppClient } from './clients.ts';
import type { People } from './people.ts';
import { showError, showSignedOut, showSignOut } from './other-pages.ts';
import type { SignIns } from './sign-ins.ts';
import { ALGORITHM, type SigningKey } from './signing-key.ts';
import { accessClaims, groupClaims } from './tokens.ts';

export interface ProviderOptions {
  readonly issuer: string;
  readonly key: SigningKey;
  readonly cookieKey: string;
  readonly clients: readonly AppClient[];
  readonly people: People;
  readonly signIns: SignIns;
}

/** Below the issuer. */
export const SIGN_IN_PATH = '/sign-in';
export const AUTHORIZE_PATH = '/oauth2/authorize';
/** Every client's tokens are for the one API; nobody has to name it. */
const API = 'urn:nachschub:api';
const OPENID_SCOPES: readonly string[] = ['openid', 'email'];
const DAY_SECONDS = 86_400;

const ofApi = (client: AppClient): string[] => client.scopes.filter((scope) => !OPENID_SCOPES.includes(scope));

export function openProvider(options: ProviderOptions): Provider {
  const { issuer, key, cookieKey, clients, people, signIns } = options;
  const known = new Map(clients.map((client) => [client.clientId, client]));
  const clientOf = (clientId: string): AppClient => {
    const client = known.get(clientId);
    if (client === undefined) throw new errors.InvalidClient('no such app client');
    return client;
  };
  const configuration: Configuration = {
    ...{ adapter: signIns.adapter, jwks: { keys: [key.jwk] }, clients: clients.map(metadataOf) },
    // The scopes of a user pool: those of OpenID that a client may have, and those of our resource server.
    scopes: [...new Set([...OPENID_SCOPES, ...clients.flatMap(({ scopes }) => scopes)])],
    claims: { openid: ['sub', 'token_use', 'cognito:username', 'cognito:groups'], email: ['email', 'email_verified'] },
    // Cognito puts what it knows of a person into the ID token itself.
    conformIdTokenClaims: false,
    cookies: { keys: [cookieKey], long: { httpOnly: true, sameSite: 'lax', signed: true }, short: { httpOnly: true, sameSite: 'lax', signed: true } },
    routes: {
      ...{ authorization: AUTHORIZE_PATH, token: '/oauth2/token', revocation: '/oauth2/revoke' },
      ...{ jwks: '/.well-known/jwks.json', end_session: '/logout' },
    },
    pkce: { required: () => true },
    ...{ responseTypes: ['code'], rotateRefreshToken: true, issueRefreshToken: (_, client) => client.grantTypeAllowed('refresh_token') },
    features: {
      ...{ devInteractions: { enabled: false }, userinfo: { enabled: false }, revocation: { enabled: true }, clientCredentials: { enabled: true } },
      rpInitiatedLogout: { enabled: true, logoutSource: showSignOut, postLogoutSuccessSource: showSignedOut },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => API,
        useGrantedResource: () => true,
        getResourceServerInfo: (_, resource, client) => {
          if (resource !== API) throw new errors.InvalidTarget();
          const app = clientOf(client.clientId);
          const jwt = { sign: { alg: ALGORITHM } } as const;
          return { scope: ofApi(app).join(' '), audience: API, accessTokenTTL: app.accessTokenSeconds, accessTokenFormat: 'jwt', jwt };
        },
      },
    },
    formats: { customizers: { jwt: (_, __, parts) => shapeAccessToken(parts, people) } },
    ttl: {
      AuthorizationCode: 60,
      AccessToken: (_, __, client) => clientOf(client.clientId).accessTokenSeconds,
      ClientCredentials: (_, __, client) => clientOf(client.clientId).accessTokenSeconds,
      IdToken: (_, __, client) => clientOf(client.clientId).idTokenSeconds,
      RefreshToken: (_, __, client) => clientOf(client.clientId).refreshTokenSeconds,
      ...{ Grant: 30 * DAY_SECONDS, Interaction: 3_600, Session: 30 * DAY_SECONDS },
    },
    interactions: { url: (_, { uid }) => `${new URL(issuer).pathname}${SIGN_IN_PATH}/${uid}` },
    findAccount: (_, memberId) => {
      const person = people.byMemberId(memberId);
      if (person === undefined) return undefined;
      const claims = { sub: memberId, token_use: 'id', 'cognito:username': memberId, email: person.email, email_verified: true, ...groupClaims(person.groups) };
      return { accountId: memberId, claims: () => claims };
    },
    // It is our own app: whoever signs in to it has agreed to it, as with Cognito.
    loadExistingGrant: (context) => grantAll(context, clientOf),
    // An app on another address of this machine may fetch tokens, if it is one that the template names.
    clientBasedCORS: (_, origin, client) => (client.redirectUris ?? []).some((uri) => new URL(uri).origin === origin),
    renderError: showError,
  };
  return new Provider(issuer, configuration);
}

function metadataOf({ clientId, flow, scopes, secret, callbackUrls, logoutUrls }: AppClient): ClientMetadata {
  const isMachine = flow === 'client_credentials';
  return {
    ...{ client_id: clientId, scope: scopes.join(' '), id_token_signed_response_alg: ALGORITHM, require_auth_time: !isMachine },
    ...(isMachine
      ? { grant_types: ['client_credentials'], response_types: [], redirect_uris: [] }
      : { grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'], redirect_uris: [...callbackUrls] }),
    ...(logoutUrls.length > 0 && { post_logout_redirect_uris: [...logoutUrls] }),
    ...(secret === undefined ? { token_endpoint_auth_method: 'none' } : { token_endpoint_auth_method: 'client_secret_basic', client_secret: secret }),
  };
}

async function grantAll({ oidc }: KoaContextWithOIDC, clientOf: (clientId: string) => AppClient) {
  const { client, session, provider } = oidc;
  if (client === undefined || session?.accountId === undefined) return undefined;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  const app = clientOf(client.clientId);
  grant.addOIDCScope(app.scopes.join(' '));
  grant.addResourceScope(API, ofApi(app).join(' '));
  await grant.save();
  return grant;
}

const payloadSchema = z.looseObject({ sub: z.string(), client_id: z.string(), scope: z.string().default(''), iat: z.number() });

/** From the provider's shape (RFC 9068) to Cognito's. */
function shapeAccessToken(parts: { header?: Record<string, unknown> | undefined; payload: Record<string, unknown> }, people: People): void {
  const { sub, client_id: clientId, scope, iat } = payloadSchema.parse(parts.payload);
  Object.assign(parts.payload, accessClaims(clientId, scope, iat, sub === clientId ? undefined : sub), groupClaims(people.byMemberId(sub)?.groups));
  // The provider insists on an audience and Cognito has none: here it is seen by the one and not written for the other.
  Object.defineProperty(parts.payload, 'aud', { value: API, enumerable: false, writable: true });
  parts.header = { typ: undefined };
}
