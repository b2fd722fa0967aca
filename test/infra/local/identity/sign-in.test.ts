import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { readFileSync, statSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authorizeUrl, Browser, choose, form, newPkce, redeem, signIn, startSignIn, tokenAnswerSchema } from './browser.ts';
import { openedIdentity, type OpenedIdentity } from './opened-identity.ts';

let opened: OpenedIdentity;
beforeAll(async () => {
  opened = await openedIdentity();
});
afterAll(() => opened.close());

const callApi = (token: string, route = '/api/households/hh_anna') => fetch(`${opened.origin}${route}`, { headers: { authorization: `Bearer ${token}` } });

describe('signing in', () => {
  it('leads from the app over one click to tokens that open the API', async () => {
    const tokens = await signIn(opened, 'mem_anna');
    expect(tokens.expires_in).toBe(3_600);
    const answer = await callApi(tokens.access_token);
    expect([answer.status, await answer.json()]).toEqual([200, { served: true }]);
    expect(opened.events.at(-1)).toMatchObject({
      requestContext: {
        authorizer: { jwt: { claims: { username: 'mem_anna', token_use: 'access', scope: 'nachschub/household', client_id: opened.clientId('App') } } },
      },
    });
  });

  it('yields an access token with the claims of Cognito, and no others', async () => {
    const { access_token: token } = await signIn(opened, 'mem_anna');
    const { payload, protectedHeader } = await jwtVerify(token, createRemoteJWKSet(new URL(`${opened.issuer}/.well-known/jwks.json`)), {
      issuer: opened.issuer,
    });
    expect(Object.keys(payload).sort()).toEqual(
      ['auth_time', 'client_id', 'exp', 'iat', 'iss', 'jti', 'scope', 'sub', 'token_use', 'username', 'version'].sort(),
    );
    expect(payload).toMatchObject({ sub: 'mem_anna', username: 'mem_anna', version: 2, token_use: 'access' });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3_600);
    expect(Object.keys(protectedHeader).sort()).toEqual(['alg', 'kid']);
  });

  it('names the groups of whoever works for the company, beside the scope that was asked for', async () => {
    const { access_token: token } = await signIn(opened, 'staff_weber', new Browser(), { scope: 'openid email nachschub/look-after' });
    expect(decodeJwt(token)).toMatchObject({ username: 'staff_weber', scope: 'nachschub/look-after', 'cognito:groups': ['agents'] });
    expect((await callApi(token)).status).toBe(403);
  });

  it('gives a member who asks for the company’s scope no group', async () => {
    const { access_token: token } = await signIn(opened, 'mem_anna', new Browser(), { scope: 'openid email nachschub/household nachschub/look-after' });
    expect(decodeJwt(token)).not.toHaveProperty('cognito:groups');
  });

  it('yields an ID token for the app, which opens nothing', async () => {
    const { id_token: token = '' } = await signIn(opened, 'mem_anna');
    expect(decodeJwt(token)).toMatchObject({
      ...{ iss: opened.issuer, aud: opened.clientId('App'), sub: 'mem_anna', token_use: 'id', 'cognito:username': 'mem_anna' },
      ...{ email: 'anna@example.org', email_verified: true, auth_time: expect.any(Number) as unknown },
    });
    expect(decodeProtectedHeader(token).alg).toBe('RS256');
    expect((await callApi(token)).status).toBe(403);
  });

  it('is asked each time, because several people use one browser here', async () => {
    const browser = new Browser();
    await signIn(opened, 'mem_anna', browser);
    const again = await browser.fetch(await startSignIn(browser, opened, newPkce()));
    expect([again.status, await again.text()]).toEqual([200, expect.stringContaining('anna@example.org')]);
    const silent = await browser.fetch(authorizeUrl(opened, newPkce(), { prompt: 'none' }));
    expect(new URL(silent.headers.get('location') ?? '').searchParams.get('error')).toBe('login_required');
  });

  /** As an app does that knows whom it expects. */
  const expecting = async (browser: Browser, email: string) => {
    const pkce = newPkce();
    const end = await browser.follow(await browser.fetch(authorizeUrl(opened, pkce, { login_hint: email })), opened.issuer);
    if (!(end instanceof URL)) return end.text();
    const answer = await redeem(opened, end.searchParams.get('code') ?? '', pkce.verifier);
    return tokenAnswerSchema.parse(await answer.json());
  };
  const signedIn = async (browser: Browser, email: string) => {
    const tokens = await expecting(browser, email);
    if (typeof tokens === 'string') throw new Error(`no tokens but a page: ${tokens}`);
    return tokens;
  };

  it('asks nothing when the app says whom it expects, and asks when that is nobody who lives here', async () => {
    const { access_token: token } = await signedIn(new Browser(), 'Anna@example.org');
    expect(decodeJwt(token)['username']).toBe('mem_anna');
    expect(await expecting(new Browser(), 'eve@example.org')).toContain('anna@example.org');
  });

  it('of two people side by side in one browser disturbs neither: each has tokens of their own, and renews them', async () => {
    const browser = new Browser();
    const [anna, otto] = [await signedIn(browser, 'anna@example.org'), await signedIn(browser, 'otto@example.org')];
    const together = await Promise.all([signedIn(browser, 'otto@example.org'), signedIn(browser, 'anna@example.org')]);
    expect([anna, otto, ...together].map(({ access_token: token }) => decodeJwt(token)['username'])).toEqual(['mem_anna', 'mem_otto', 'mem_otto', 'mem_anna']);
    for (const [{ refresh_token: token = '' }, who] of [[anna, 'mem_anna'] as const, [otto, 'mem_otto'] as const]) {
      const answer = await fetch(
        `${opened.issuer}/oauth2/token`,
        form({ grant_type: 'refresh_token', refresh_token: token, client_id: opened.clientId('App') }),
      );
      expect(decodeJwt(tokenAnswerSchema.parse(await answer.json()).access_token)['username']).toBe(who);
    }
  });

  it('survives a restart: a refresh token is still good, once', async () => {
    const { refresh_token: token = '' } = await signIn(opened, 'mem_anna');
    opened = await opened.restart();
    const refresh = () =>
      fetch(`${opened.issuer}/oauth2/token`, form({ grant_type: 'refresh_token', refresh_token: token, client_id: opened.clientId('App') }));
    const fresh = tokenAnswerSchema.parse(await (await refresh()).json());
    expect((await callApi(fresh.access_token)).status).toBe(200);
    expect(fresh.refresh_token).not.toBe(token);
    expect((await refresh()).status).toBe(400);
  });

  it('ends where the person says so', async () => {
    const browser = new Browser();
    const { id_token: idToken = '' } = await signIn(opened, 'mem_anna', browser);
    const query = new URLSearchParams({ id_token_hint: idToken, post_logout_redirect_uri: opened.callbackUrl }).toString();
    const page = await (await browser.fetch(`${opened.issuer}/logout?${query}`)).text();
    const [, action = ''] = /action="([^"]+)"/.exec(page) ?? [];
    const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(page) ?? [];
    const end = await browser.follow(await browser.fetch(new URL(action, opened.issuer).href, form({ xsrf, logout: 'yes' })), opened.issuer);
    expect(end instanceof URL && end.href).toBe(opened.callbackUrl);
  });
});

describe('the sign-in page', () => {
  const shown = async (headers: Record<string, string> = {}) => {
    const browser = new Browser();
    const response = await browser.fetch(await startSignIn(browser, opened, newPkce()), { headers });
    return { response, text: await response.text() };
  };

  it('says that it is for this machine only, in the language of the browser, and lists who lives here', async () => {
    const german = await shown({ 'accept-language': 'de-DE,de;q=0.9,en;q=0.8' });
    expect(german.text).toContain('<html lang="de">');
    expect(german.text).toContain('nur auf diesem Rechner');
    const english = await shown({ 'accept-language': 'fr, en' });
    expect(english.text).toContain('on this machine only');
    expect(english.text).toContain('anna@example.org');
    expect(english.text).toContain('Otto &lt;b&gt;Köhler&lt;/b&gt;');
    expect(english.text).not.toContain('<b>');
    expect(english.text).not.toContain('password"');
  });

  it('runs no script, stands in no frame of somebody else, and sends its form nowhere else', async () => {
    const { response } = await shown();
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'self'");
    expect(policy).toContain(`form-action 'self' ${opened.origin}`);
    expect(policy).not.toContain('unsafe-inline');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('knows nobody who does not live here', async () => {
    const browser = new Browser();
    const page = await startSignIn(browser, opened, newPkce());
    const response = await browser.fetch(page, form({ member: 'mem_eve' }));
    expect([response.status, response.headers.get('location')]).toEqual([200, null]);
  });

  it('takes no form from a page that does not have its cookie', async () => {
    const page = await startSignIn(new Browser(), opened, newPkce());
    const response = await new Browser().fetch(page, form({ member: 'mem_anna' }));
    expect([response.status, response.headers.get('location')]).toEqual([400, null]);
  });
});

describe('what is refused', () => {
  it('is a code without the verifier that belongs to it, and a code that was used', async () => {
    const browser = new Browser();
    const pkce = newPkce();
    const back = await choose(browser, opened, await startSignIn(browser, opened, pkce), 'mem_anna');
    const code = back.searchParams.get('code') ?? '';
    expect(back.searchParams.get('state')).toBe('st4te');
    expect((await redeem(opened, code, newPkce().verifier)).status).toBe(400);
    expect((await redeem(opened, code, pkce.verifier)).status).toBe(200);
    expect((await redeem(opened, code, pkce.verifier)).status).toBe(400);
  });

  it.each([
    ['no code challenge', { code_challenge: '', code_challenge_method: '' }],
    ['the plain challenge', { code_challenge_method: 'plain' }],
    ['the implicit flow', { response_type: 'token' }],
    ['a scope that the app may not ask for', { scope: 'openid nachschub/operate' }],
  ])('is a request with %s', async (_, more) => {
    const location = new URL((await new Browser().fetch(authorizeUrl(opened, newPkce(), more))).headers.get('location') ?? '');
    expect(location.href.startsWith(opened.callbackUrl)).toBe(true);
    expect(`${location.search}${location.hash}`).toMatch(/error=(invalid_request|unsupported_response_type|unauthorized_client|invalid_scope)/);
  });

  it('is a way back that the template does not name: the browser goes nowhere', async () => {
    const response = await new Browser().fetch(authorizeUrl(opened, newPkce(), { redirect_uri: 'https://evil.example/' }));
    expect([response.status, response.headers.get('location')]).toEqual([400, null]);
    expect(await response.text()).toContain('redirect_uri');
  });

  it('is another name for this machine: a page elsewhere could lead there', async () => {
    const { port } = new URL(opened.origin);
    const statusAt = (host: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        const asked = request({ host: '127.0.0.1', port, path: '/oidc/.well-known/openid-configuration', headers: { host } }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        });
        asked.once('error', reject).end();
      });
    expect(await statusAt(`evil.example:${port}`)).toBe(421);
    expect(await statusAt(`127.0.0.1:${port}`)).toBe(200);
  });
});

describe('a machine', () => {
  const secretOf = (name: Parameters<OpenedIdentity['clientId']>[0]) =>
    opened.identity.clients.find(({ clientId }) => clientId === opened.clientId(name))?.secret ?? '';
  const ask = (name: Parameters<OpenedIdentity['clientId']>[0], secret: string, scope: string) =>
    fetch(`${opened.issuer}/oauth2/token`, {
      ...form({ grant_type: 'client_credentials', scope }),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `Basic ${Buffer.from(`${opened.clientId(name)}:${secret}`).toString('base64')}`,
      },
    });

  it('gets a token for its secret, of its own scope, and opens its own doors', async () => {
    const { access_token: token, refresh_token: refresh } = tokenAnswerSchema.parse(
      await (await ask('Retailer', secretOf('Retailer'), 'nachschub/retailer')).json(),
    );
    const claims = decodeJwt(token);
    expect(claims).toMatchObject({
      sub: opened.clientId('Retailer'),
      client_id: opened.clientId('Retailer'),
      token_use: 'access',
      scope: 'nachschub/retailer',
    });
    expect(claims).not.toHaveProperty('username');
    expect(claims).not.toHaveProperty('aud');
    expect(refresh).toBeUndefined();
    expect((await callApi(token, '/api/retailers/rt_frischhof/orders')).status).toBe(200);
    expect((await callApi(token)).status).toBe(403);
  });

  it('gets none with another secret, or for a scope of somebody else', async () => {
    expect((await ask('Retailer', secretOf('Operator'), 'nachschub/retailer')).status).toBe(401);
    expect((await ask('Retailer', secretOf('Retailer'), 'nachschub/operate')).status).toBe(400);
  });

  it('finds its secret in a file that only its owner reads, the same after a restart', async () => {
    const before = secretOf('Collector');
    const file = path.join(opened.directory, 'identity', 'clients.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toContain(before);
    opened = await opened.restart();
    expect(secretOf('Collector')).toBe(before);
    expect(before).not.toBe(secretOf('Operator'));
  });
});

describe('discovery', () => {
  it('names what a client has to know, under the issuer', async () => {
    const { issuer } = opened;
    expect(await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()).toMatchObject({
      ...{ issuer, jwks_uri: `${issuer}/.well-known/jwks.json`, token_endpoint: `${issuer}/oauth2/token` },
      ...{ authorization_endpoint: `${issuer}/oauth2/authorize`, code_challenge_methods_supported: ['S256'] },
    });
    const { keys } = (await (await fetch(`${issuer}/.well-known/jwks.json`)).json()) as { keys: Record<string, unknown>[] };
    expect(keys).toEqual([{ kty: 'RSA', use: 'sig', alg: 'RS256', kid: expect.any(String) as unknown, n: expect.any(String) as unknown, e: 'AQAB' }]);
  });
});
