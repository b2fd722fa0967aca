/** Issues and checks access tokens that are shaped as Cognito's, without a page between: for simulators and for `npm run token`. */
import { randomUUID } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { ALGORITHM, type SigningKey } from './signing-key.ts';

export interface TokenRequest {
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** A person's: the member id. A machine has none and is its client. */
  readonly username?: string;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly lifetimeSeconds: number;
}

export type Claims = Readonly<Record<string, unknown>>;

/** Answers the claims, or undefined for a token that is not ours, not whole or not valid now. By the wall clock. */
export type VerifyToken = (token: string) => Promise<Claims | undefined>;

export interface Tokens {
  readonly issuer: string;
  readonly issueToken: (request: TokenRequest) => Promise<string>;
  readonly verifyToken: VerifyToken;
}

/**
 * What stands in an access token beside `iss`, `sub`, `iat`, `exp` and `jti` (Cognito developer guide, “Understanding the access token”):
 * it has client_id and no aud, and a machine's has no username.
 */
export const accessClaims = (clientId: string, scope: string, authTime: number, username: string | undefined): Record<string, unknown> => ({
  ...{ token_use: 'access', client_id: clientId, scope, auth_time: authTime, version: 2 },
  ...(username !== undefined && { username }),
});

/** Whoever is in no group has no such claim. */
export const groupClaims = (groups: readonly string[] = []): Record<string, unknown> => (groups.length === 0 ? {} : { 'cognito:groups': groups });

export function openTokens({ privateKey, publicKey, jwk: { kid } }: SigningKey, issuer: string): Tokens {
  return {
    issuer,
    issueToken: ({ clientId, scopes, username, claims = {}, lifetimeSeconds }) => {
      const issuedAt = Math.floor(Date.now() / 1_000);
      return new SignJWT({ ...claims, ...accessClaims(clientId, scopes.join(' '), issuedAt, username) })
        .setProtectedHeader({ kid, alg: ALGORITHM })
        .setIssuer(issuer)
        .setSubject(username ?? clientId)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + lifetimeSeconds)
        .setJti(randomUUID())
        .sign(privateKey);
    },
    verifyToken: async (token) => {
      try {
        const { payload } = await jwtVerify(token, publicKey, { issuer, algorithms: [ALGORITHM], requiredClaims: ['exp', 'iat'] });
        return payload;
      } catch {
        return undefined;
      }
    },
  };
}
