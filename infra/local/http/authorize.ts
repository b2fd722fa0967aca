/** The JWT authorizer of an HTTP API (API Gateway developer guide, “Controlling access to HTTP APIs with JWT authorizers”). */
import type { Route } from './api-definition.ts';
import type { Claims, VerifyToken } from '../identity/tokens.ts';

export type Admission =
  | { readonly kind: 'open' }
  | { readonly kind: 'admitted'; readonly claims: Readonly<Record<string, string>>; readonly scopes: readonly string[] | null }
  /** Nobody has shown who calls. */
  | { readonly kind: 'unauthorized' }
  /** The caller is known and may not. */
  | { readonly kind: 'forbidden' };

/** `aud` may be a list; a token without one, such as Cognito's access token, is meant for its `client_id`. */
function audienceOf(claims: Claims): readonly unknown[] {
  return claims.aud === undefined ? [claims.client_id] : [claims.aud].flat();
}

/** API Gateway hands claims on as text, and lists as `[a b]`. */
const claimText = (value: unknown): string => (Array.isArray(value) ? `[${value.join(' ')}]` : typeof value === 'string' ? value : JSON.stringify(value));

export async function admit(route: Route, authorization: string | undefined, verifyToken: VerifyToken): Promise<Admission> {
  if (route.authorizer === undefined) return { kind: 'open' };
  const token = /^(?:bearer +)?(\S+)$/i.exec(authorization ?? '')?.[1];
  const claims = token === undefined ? undefined : await verifyToken(token);
  if (claims === undefined || claims.iss !== route.authorizer.issuer) return { kind: 'unauthorized' };
  if (!audienceOf(claims).some((audience) => typeof audience === 'string' && route.authorizer?.audience.includes(audience))) return { kind: 'unauthorized' };
  const scopes = typeof claims.scope === 'string' ? claims.scope.split(' ').filter((scope) => scope !== '') : [];
  if (route.scopes.length > 0 && !route.scopes.some((scope) => scopes.includes(scope))) return { kind: 'forbidden' };
  return {
    kind: 'admitted',
    claims: Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, claimText(value)])),
    scopes: route.scopes.length > 0 ? scopes : null,
  };
}
