/** Authorization code with PKCE (RFC 7636, RFC 9700). Loaded only when somebody signs in or a token has to be renewed. */
import * as oauth from 'oauth4webapi';
import type { AppConfig } from './config.ts';
import type { Side, Tokens } from './tokens.ts';

export interface PendingSignIn {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly redirectUri: string;
  readonly returnTo: string;
}

/** No more than that side needs. */
const SCOPES: Readonly<Record<Side, string>> = { household: 'openid email nachschub/household', company: 'openid email nachschub/look-after' };
const isLoopback = ({ hostname }: URL): boolean => hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';

/** Only a machine's own provider may speak plain HTTP. */
const optionsFor = (issuer: string) => ({ [oauth.allowInsecureRequests]: isLoopback(new URL(issuer)) });

async function discover({ issuer }: AppConfig): Promise<oauth.AuthorizationServer> {
  const url = new URL(issuer);
  return oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, { algorithm: 'oidc', ...optionsFor(issuer) }));
}

export interface Wish {
  readonly side: Side;
  readonly returnTo: string;
  /** The e-mail address of whoever is expected. */
  readonly loginHint?: string | undefined;
}

export async function beginAt(config: AppConfig, redirectUri: string, { side, returnTo, loginHint }: Wish): Promise<{ url: URL; pending: PendingSignIn }> {
  const { authorization_endpoint: endpoint } = await discover(config);
  if (endpoint === undefined) throw new Error('the issuer has no page to sign in');
  const [state, nonce, verifier] = [oauth.generateRandomState(), oauth.generateRandomNonce(), oauth.generateRandomCodeVerifier()];
  const url = new URL(endpoint);
  const asked = {
    client_id: config.clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: SCOPES[side],
    ...{ state, nonce },
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...(loginHint !== undefined && { login_hint: loginHint }),
  };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  return { url, pending: { state, nonce, verifier, redirectUri, returnTo } };
}

const tokensOf = (answer: oauth.TokenEndpointResponse): Tokens => ({
  accessToken: answer.access_token,
  refreshToken: answer.refresh_token,
  idToken: answer.id_token,
});

/** @param current the address to which the issuer sent the browser back @throws when state, nonce or code are not ours */
export async function finishAt(config: AppConfig, current: URL, pending: PendingSignIn): Promise<Tokens> {
  const server = await discover(config);
  const client: oauth.Client = { client_id: config.clientId };
  const parameters = oauth.validateAuthResponse(server, client, current, pending.state);
  const response = await oauth.authorizationCodeGrantRequest(
    ...([server, client, oauth.None(), parameters, pending.redirectUri, pending.verifier] as const),
    optionsFor(config.issuer),
  );
  const answer = await oauth.processAuthorizationCodeResponse(server, client, response, { expectedNonce: pending.nonce, requireIdToken: true });
  return tokensOf(answer);
}

/** @throws oauth.ResponseBodyError when the issuer takes the token no longer */
export async function refreshAt(config: AppConfig, tokens: Tokens): Promise<Tokens> {
  if (tokens.refreshToken === undefined) throw new Refused('there is no refresh token');
  const server = await discover(config);
  const client: oauth.Client = { client_id: config.clientId };
  const response = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), tokens.refreshToken, optionsFor(config.issuer));
  try {
    const fresh = tokensOf(await oauth.processRefreshTokenResponse(server, client, response));
    return { ...fresh, refreshToken: fresh.refreshToken ?? tokens.refreshToken, idToken: fresh.idToken ?? tokens.idToken };
  } catch (error) {
    throw error instanceof oauth.ResponseBodyError ? new Refused(error.error) : error;
  }
}

/** The issuer wants to see the person again. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** Cognito asks for `logout_uri`, OpenID for the other two; each leaves alone what it does not know. */
export async function endAt(config: AppConfig, redirectUri: string, tokens: Tokens): Promise<URL | undefined> {
  const { end_session_endpoint: endpoint } = await discover(config);
  if (endpoint === undefined) return undefined;
  const url = new URL(endpoint);
  const asked = {
    client_id: config.clientId,
    logout_uri: redirectUri,
    post_logout_redirect_uri: redirectUri,
    ...(tokens.idToken && { id_token_hint: tokens.idToken }),
  };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  return url;
}
