import { decodeJwt, decodeProtectedHeader } from 'jose';
import { statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSigningKey } from '../../../../infra/local/identity/signing-key.ts';
import { openTokens } from '../../../../infra/local/identity/tokens.ts';
import { temporaryDirectory } from '../http/opened-api.ts';

const ISSUER = 'http://127.0.0.1:4580/oidc';
const who = { clientId: 'app', username: 'mem_anna', scopes: ['nachschub/household', 'nachschub/journey'], lifetimeSeconds: 3_600 };
const keyFile = () => path.join(temporaryDirectory(), 'signing-key.json');
const tokensOf = async (file: string, issuer = ISSUER) => openTokens(await openSigningKey(file), issuer);

describe('tokens', () => {
  it('of a person are shaped as the access tokens of Cognito', async () => {
    const { issueToken } = await tokensOf(keyFile());
    const token = await issueToken({ ...who, claims: { token_use: 'id', sub: 'mem_eve', scope: 'nachschub/operate' } });
    const claims = decodeJwt(token);
    expect(Object.keys(claims).sort()).toEqual(
      ['auth_time', 'client_id', 'exp', 'iat', 'iss', 'jti', 'scope', 'sub', 'token_use', 'username', 'version'].sort(),
    );
    expect(claims).toMatchObject({ iss: ISSUER, client_id: 'app', token_use: 'access', username: 'mem_anna', version: 2 });
    expect(claims).toMatchObject({ sub: 'mem_anna', scope: 'nachschub/household nachschub/journey', jti: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown });
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(3_600);
    const header = decodeProtectedHeader(token);
    expect(Object.keys(header).sort()).toEqual(['alg', 'kid']);
    expect(header.alg).toBe('RS256');
  });

  it('of a machine name its client and nobody else', async () => {
    const { issueToken } = await tokensOf(keyFile());
    const claims = decodeJwt(await issueToken({ clientId: 'operator', scopes: ['nachschub/operate'], lifetimeSeconds: 60 }));
    expect(claims).toMatchObject({ sub: 'operator', client_id: 'operator', token_use: 'access' });
    expect(claims).not.toHaveProperty('username');
  });

  it('are still good after a restart, and the key is for its owner alone', async () => {
    const file = keyFile();
    const token = await (await tokensOf(file)).issueToken(who);
    expect(await (await tokensOf(file)).verifyToken(token)).toMatchObject({ username: 'mem_anna' });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('of another issuer or another machine are not', async () => {
    const file = keyFile();
    const token = await (await tokensOf(file)).issueToken(who);
    expect(await (await tokensOf(file, 'http://127.0.0.1:4581/oidc')).verifyToken(token)).toBeUndefined();
    expect(await (await tokensOf(keyFile())).verifyToken(token)).toBeUndefined();
  });

  it('cannot be had with a broken key, and a sentence says what to do', async () => {
    const file = keyFile();
    writeFileSync(file, '{"kty":"oct"}');
    await expect(openSigningKey(file)).rejects.toThrow('does not hold a key; remove it');
  });
});
