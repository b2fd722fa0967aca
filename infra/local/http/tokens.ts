/** Issues and checks access tokens that are shaped as Cognito's, with a key that this machine keeps for itself. */
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { REGION } from '../template/identity.ts';

export interface TokenRequest {
  /** `sub`: who calls. */
  readonly subject: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly username: string;
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

const ALGORITHM = 'RS256';
const keySchema = z.looseObject({ kty: z.literal('RSA'), n: z.string(), e: z.string(), d: z.string() });

/** The key pair, made on the first start; nobody else on this machine may read it. */
async function readOrMakeKey(file: string): Promise<z.infer<typeof keySchema>> {
  if (!existsSync(file)) {
    const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
    writeFileSync(`${file}.new`, JSON.stringify(await exportJWK(privateKey)), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  const parsed = keySchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new Error(`${file} does not hold a key; remove it, and sign in again afterwards`);
  return parsed.data;
}

/** @param directory keeps `token-key.json` @param userPoolId of the template's user pool, part of the issuer */
export async function openTokens(directory: string, userPoolId: string): Promise<Tokens> {
  const key = await readOrMakeKey(path.join(directory, 'token-key.json'));
  const privateKey = await importJWK(key, ALGORITHM);
  const publicKey = await importJWK({ kty: key.kty, n: key.n, e: key.e }, ALGORITHM);
  const kid = await calculateJwkThumbprint(key);
  const issuer = `https://cognito-idp.${REGION}.amazonaws.com/${userPoolId}`;
  return {
    issuer,
    issueToken: ({ subject, clientId, scopes, username, claims = {}, lifetimeSeconds }) => {
      const issuedAt = Math.floor(Date.now() / 1_000);
      // Cognito developer guide, “Understanding the access token”: it has client_id and no aud.
      return new SignJWT({ ...claims, token_use: 'access', client_id: clientId, scope: scopes.join(' '), username, auth_time: issuedAt, version: 2 })
        .setProtectedHeader({ alg: ALGORITHM, kid })
        .setIssuer(issuer)
        .setSubject(subject)
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
