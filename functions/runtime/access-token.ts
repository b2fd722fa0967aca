/** An access token of the user pool, checked by ourselves where no JWT authorizer stands before the function: over MQTT, and where a write key may come instead. */
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import { z } from 'zod';
import { wallSeconds } from './clock.ts';
import { environment } from './environment.ts';

const claimsSchema = z.looseObject({
  token_use: z.literal('access'),
  client_id: z.string(),
  username: z.string().optional(),
  scope: z.string().default(''),
  exp: z.int().positive(),
});
export type AccessClaims = z.infer<typeof claimsSchema>;
const clientsSchema = z.array(z.string());

/** Not the token's fault: the keys could not be fetched or read. Then nobody can be judged, and whoever tries again may succeed. */
const OUR_TROUBLE: ReadonlySet<string> = new Set([errors.JOSEError.code, errors.JWKSTimeout.code, errors.JWKSInvalid.code]);

let keys: { readonly issuer: string; readonly resolve: ReturnType<typeof createRemoteJWKSet> } | undefined;
/** Fetched at the first token and kept; fetched again, not more than twice a minute, when a token names a key that is not among them. */
function keysOf(issuer: string) {
  if (keys?.issuer !== issuer) keys = { issuer, resolve: createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`)) };
  return keys.resolve;
}

/** Whole, in time, and of one of the clients in TOKEN_CLIENTS; undefined for a token that is refused. @throws when the user pool's keys cannot be had */
export async function readAccessToken(token: string): Promise<AccessClaims | undefined> {
  const issuer = environment('TOKEN_ISSUER');
  const clients = clientsSchema.parse(JSON.parse(environment('TOKEN_CLIENTS')));
  try {
    const options = { issuer, algorithms: ['RS256'], requiredClaims: ['exp', 'iat'], currentDate: new Date(wallSeconds() * 1_000) };
    const { payload } = await jwtVerify(token, keysOf(issuer), options);
    const claims = claimsSchema.safeParse(payload);
    return claims.success && clients.includes(claims.data.client_id) ? claims.data : undefined;
  } catch (error) {
    if (error instanceof errors.JOSEError && !OUR_TROUBLE.has(error.code)) return undefined;
    throw error;
  }
}
