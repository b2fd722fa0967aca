import { describe, expect, it } from 'vitest';
import type { Route } from '../../../../infra/local/http/api-definition.ts';
import { admit } from '../../../../infra/local/http/authorize.ts';

const ISSUER = 'https://cognito-idp.eu-central-1.amazonaws.com/pool';
const route = (scopes: readonly string[]): Route => ({
  routeKey: 'GET /orders',
  functionName: 'household-api',
  timeoutSeconds: 30,
  authorizer: { issuer: ISSUER, audience: ['app', 'console'] },
  scopes,
});
const admitting = (claims: Record<string, unknown>, scopes: readonly string[] = []) => admit(route(scopes), 'Bearer token', () => Promise.resolve(claims));

describe('a verified token', () => {
  it.each([
    ['of the pool that the route trusts, for its client', { iss: ISSUER, client_id: 'app' }, 'admitted'],
    ['with an audience instead', { iss: ISSUER, aud: 'console' }, 'admitted'],
    ['with several audiences, one of them ours', { iss: ISSUER, aud: ['other', 'console'] }, 'admitted'],
    ['of another pool', { iss: `${ISSUER}2`, client_id: 'app' }, 'unauthorized'],
    ['without an issuer', { client_id: 'app' }, 'unauthorized'],
    ['for another client', { iss: ISSUER, client_id: 'other' }, 'unauthorized'],
    ['whose audience is not ours, though its client is', { iss: ISSUER, aud: 'other', client_id: 'app' }, 'unauthorized'],
    ['for nobody', { iss: ISSUER }, 'unauthorized'],
  ])('%s', async (_name, claims, kind) => {
    expect(await admitting(claims)).toMatchObject({ kind });
  });

  it.each([
    ['one of them', 'b c', 'admitted'],
    ['none of them', 'c', 'forbidden'],
    ['part of a name', 'bb', 'forbidden'],
    ['no text', ['a'], 'forbidden'],
  ])('with %s of the scopes that a route demands', async (_name, scope, kind) => {
    expect(await admitting({ iss: ISSUER, client_id: 'app', scope }, ['a', 'b'])).toMatchObject({ kind });
  });

  it('is not asked for where everybody may call', async () => {
    expect(await admit({ ...route([]), authorizer: undefined }, undefined, () => Promise.resolve(undefined))).toEqual({ kind: 'open' });
  });
});
