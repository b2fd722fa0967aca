/** Whether an access token of the user pool is whole, in time and meant for the app. Checked here, because MQTT has no JWT authorizer before it. */
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import { z } from 'zod';
import { scopes } from '../../shared/api/routes.ts';
import { memberIdSchema, type MemberId } from '../../shared/values.ts';
import { wallSeconds } from '../runtime/clock.ts';
import { environment } from '../runtime/environment.ts';

export interface Bearer {
  readonly memberId: MemberId;
  /** Unix seconds. */
  readonly endsAtSeconds: number;
}

const claimsSchema = z.looseObject({
  token_use: z.literal('access'),
  client_id: z.string(),
  username: memberIdSchema,
  scope: z.string().refine((text) => text.split(' ').includes(scopes.household)),
  exp: z.int().positive(),
});
const clientsSchema = z.array(z.string());

/** Not the token's fault: the keys could not be fetched or read. Then nobody can be judged, and whoever tries again may succeed. */
const OUR_TROUBLE: ReadonlySet<string> = new Set([errors.JOSEError.code, errors.JWKSTimeout.code, errors.JWKSInvalid.code]);

let keys: { readonly issuer: string; readonly resolve: ReturnType<typeof createRemoteJWKSet> } | undefined;
/** Fetched at the first token and kept; fetched again, not more than twice a minute, when a token names a key that is not among them. */
function keysOf(issuer: string) {
  if (keys?.issuer !== issuer) keys = { issuer, resolve: createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`)) };
  return keys.resolve;
}

/** Answers undefined for a token that is refused. @throws when the user pool's keys cannot be had */
export async function verifyToken(token: string): Promise<Bearer | undefined> {
  const issuer = environment('TOKEN_ISSUER');
  const clients = clientsSchema.parse(JSON.parse(environment('TOKEN_CLIENTS')));
  try {
    const options = { issuer, algorithms: ['RS256'], requiredClaims: ['exp', 'iat'], currentDate: new Date(wallSeconds() * 1_000) };
    const { payload } = await jwtVerify(token, keysOf(issuer), options);
    const claims = claimsSchema.safeParse(payload);
    if (!claims.success || !clients.includes(claims.data.client_id)) return undefined;
    return { memberId: claims.data.username, endsAtSeconds: claims.data.exp };
  } catch (error) {
    if (error instanceof errors.JOSEError && !OUR_TROUBLE.has(error.code)) return undefined;
    throw error;
  }
}
