import { decodeJwt, decodeProtectedHeader } from 'jose';
import { statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTokens } from '../../../../infra/local/http/tokens.ts';
import { temporaryDirectory } from './opened-api.ts';

const POOL = 'eu-central-1_Abc123xyz';
const who = { subject: 'mem_anna', clientId: 'app', username: 'anna', scopes: ['nachschub/household', 'nachschub/journey'], lifetimeSeconds: 3_600 };

describe('tokens', () => {
  it('are shaped as the access tokens of Cognito', async () => {
    const tokens = await openTokens(temporaryDirectory(), POOL);
    const { issuer } = tokens;
    const token = await tokens.issueToken({ ...who, claims: { 'custom:household_id': 'hh_anna', token_use: 'id', sub: 'mem_eve' } });
    const claims = decodeJwt(token);
    expect(issuer).toBe(`https://cognito-idp.eu-central-1.amazonaws.com/${POOL}`);
    expect(claims).toMatchObject({
      iss: issuer,
      sub: 'mem_anna',
      client_id: 'app',
      token_use: 'access',
      scope: 'nachschub/household nachschub/journey',
      username: 'anna',
      'custom:household_id': 'hh_anna',
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
    });
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(3_600);
    expect(claims.aud).toBeUndefined();
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'RS256', kid: expect.any(String) as unknown });
  });

  it('are still good after a restart, and the key is for its owner alone', async () => {
    const directory = temporaryDirectory();
    const token = await (await openTokens(directory, POOL)).issueToken(who);
    const again = await openTokens(directory, POOL);
    expect(await again.verifyToken(token)).toMatchObject({ sub: 'mem_anna' });
    expect(statSync(path.join(directory, 'token-key.json')).mode & 0o777).toBe(0o600);
  });

  it('of another user pool or another machine are not', async () => {
    const directory = temporaryDirectory();
    const token = await (await openTokens(directory, POOL)).issueToken(who);
    expect(await (await openTokens(directory, 'eu-central-1_Other')).verifyToken(token)).toBeUndefined();
    expect(await (await openTokens(temporaryDirectory(), POOL)).verifyToken(token)).toBeUndefined();
  });

  it('cannot be had with a broken key, and a sentence says what to do', async () => {
    const directory = temporaryDirectory();
    writeFileSync(path.join(directory, 'token-key.json'), '{"kty":"oct"}');
    await expect(openTokens(directory, POOL)).rejects.toThrow('does not hold a key; remove it');
  });
});
