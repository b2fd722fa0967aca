import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { CLIENT_ID, openedApi, temporaryDirectory } from './opened-api.ts';

const open = { isOpen: true };
const MEBIBYTE = 1_024 * 1_024;

describe('a request', () => {
  it('reaches the function in payload format 2.0', async () => {
    const { call, events } = await openedApi({ 'POST /households/{householdId}/orders/{orderId}': open }, () => ({ ok: true, payload: 'fine' }), {
      mountPath: '/api',
    });
    const answer = await call('/api/households/hh_anna/orders/a%20b?status=open&tag=x&tag=y', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'X-Two': ['1', '2'], cookie: 'a=1; b=2', 'user-agent': 'test', constructor: 'odd' },
      body: '{"ä":1}',
    });
    expect(answer).toMatchObject({ status: 200, text: 'fine' });
    expect(events).toEqual([
      {
        version: '2.0',
        routeKey: 'POST /households/{householdId}/orders/{orderId}',
        rawPath: '/households/hh_anna/orders/a%20b',
        rawQueryString: 'status=open&tag=x&tag=y',
        cookies: ['a=1', 'b=2'],
        headers: expect.objectContaining({ 'content-type': 'application/json', 'x-two': '1,2', constructor: 'odd' }) as unknown,
        queryStringParameters: { status: 'open', tag: 'x,y' },
        pathParameters: { householdId: 'hh_anna', orderId: 'a b' },
        requestContext: expect.objectContaining({
          accountId: '000000000000',
          routeKey: 'POST /households/{householdId}/orders/{orderId}',
          stage: '$default',
          time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/) as unknown,
          http: { method: 'POST', path: '/households/hh_anna/orders/a%20b', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
        }) as unknown,
        body: '{"ä":1}',
        isBase64Encoded: false,
      },
    ]);
    expect(events[0]?.['headers']).not.toHaveProperty('cookie');
  });

  it.each([
    ['application/json; charset=utf-8', false],
    ['application/problem+json', false],
    ['text/csv', false],
    ['application/octet-stream', true],
    ['image/png', true],
  ])('with a body of %s is base64: %s', async (contentType, isBase64Encoded) => {
    const { call, events } = await openedApi({ 'POST /in': open });
    await call('/in', { method: 'POST', headers: { 'content-type': contentType }, body: 'body' });
    expect(events[0]).toMatchObject({ isBase64Encoded, body: isBase64Encoded ? Buffer.from('body').toString('base64') : 'body' });
  });

  it.each([
    ['GET', '/orders/open', 'exact'],
    ['GET', '/orders/ord_1', 'parameter'],
    ['GET', '/orders/ord_1/lines/1', 'greedy'],
    ['DELETE', '/orders/ord_1', 'any'],
    ['GET', '/elsewhere', 'default'],
    ['GET', '/orders/', 'default'],
    ['GET', '/', 'default'],
  ])('%s %s goes to the most specific route: %s', async (method, path, functionName) => {
    const routes = {
      $default: { ...open, functionName: 'default' },
      'GET /orders/{proxy+}': { ...open, functionName: 'greedy' },
      'ANY /orders/{id}': { ...open, functionName: 'any' },
      'GET /orders/{id}': { ...open, functionName: 'parameter' },
      'GET /orders/open': { ...open, functionName: 'exact' },
    };
    const { call } = await openedApi(routes, (_event, name) => ({ ok: true, payload: name }));
    expect(await call(path, { method })).toMatchObject({ status: 200, text: functionName });
  });

  it.each(['/api/orders', '/api', '/apiorders', '/orders', '/'])('that no route answers is not found: %s', async (path) => {
    const { call, events } = await openedApi({ 'POST /orders': open }, undefined, { mountPath: '/api' });
    expect(await call(path)).toMatchObject({ status: 404, text: '{"message":"Not Found"}', headers: { 'content-type': 'application/json' } });
    expect(events).toEqual([]);
  });
});

describe('a response', () => {
  const responding = async (payload: unknown) => (await openedApi({ 'GET /': open }, () => ({ ok: true, payload }))).call('/');

  it('is what the function says: status, headers, cookies, body', async () => {
    const payload = { statusCode: 202, headers: { 'Content-Type': 'text/csv', 'X-Count': 3 }, cookies: ['a=1', 'b=2'], body: 'ä;b' };
    expect(await responding(payload)).toMatchObject({
      status: 202,
      headers: { 'content-type': 'text/csv', 'x-count': '3', 'set-cookie': ['a=1', 'b=2'] },
      text: 'ä;b',
    });
  });

  it('is decoded where it is base64', async () => {
    expect(await responding({ statusCode: 200, body: Buffer.from('bytes').toString('base64'), isBase64Encoded: true })).toMatchObject({ text: 'bytes' });
  });

  it('without a status is JSON', async () => {
    expect(await responding({ orders: [1] })).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' }, text: '{"orders":[1]}' });
  });

  it('may have no body', async () => {
    expect(await responding({ statusCode: 204 })).toMatchObject({ status: 204, text: '' });
  });

  it.each([[{ statusCode: 'soon' }], [{ statusCode: 99 }], [{ statusCode: 200, body: { not: 'text' } }]])(
    'that cannot be read is an error of ours: %j',
    async (payload) => {
      expect(await responding(payload)).toMatchObject({ status: 500, text: '{"message":"Internal Server Error"}' });
    },
  );

  it('tells nothing of what went wrong inside a function', async () => {
    const { call, activity } = await openedApi({ 'GET /': open }, () => ({ ok: false, errorType: 'Error', errorMessage: 'the secret is 42' }));
    expect(await call('/')).toMatchObject({ status: 500, text: '{"message":"Internal Server Error"}' });
    await activity.whenIdle();
  });
});

describe('a limit', () => {
  it('of 10 MB holds for a body, whether it says its length or not', async () => {
    const { call, events } = await openedApi({ 'POST /in': open });
    const headers = { 'content-type': 'text/plain' };
    expect(await call('/in', { method: 'POST', headers, body: Buffer.alloc(10 * MEBIBYTE, 'x') })).toMatchObject({ status: 200 });
    expect(await call('/in', { method: 'POST', headers: { ...headers, 'content-length': String(10 * MEBIBYTE + 1) }, body: 'x' })).toMatchObject({
      status: 413,
    });
    const chunked = await call('/in', { method: 'POST', headers, body: Buffer.alloc(10 * MEBIBYTE + 1, 'x'), isChunked: true });
    expect(chunked).toMatchObject({ status: 413, text: '{"message":"Request Entity Too Large"}' });
    expect(events).toHaveLength(1);
  });

  it('of 10,240 bytes holds for the headers', async () => {
    const { call } = await openedApi({ 'GET /': open });
    expect(await call('/', { headers: { 'x-long': 'x'.repeat(9_000) } })).toMatchObject({ status: 200 });
    expect(await call('/', { headers: { 'x-long': 'x'.repeat(10_240) } })).toMatchObject({
      status: 431,
      text: '{"message":"Request Header Fields Too Large"}',
    });
  });

  it('of time answers for a function that does not', async () => {
    const { call } = await openedApi({ 'GET /': { ...open, timeoutMillis: 50 } }, () => new Promise(() => undefined));
    expect(await call('/')).toMatchObject({ status: 503, text: '{"message":"Service Unavailable"}' });
  });
});

describe('a caller who hangs up', () => {
  it('before there is an answer leaves nothing under way', async () => {
    let answer: () => void = () => undefined;
    let asked: () => void = () => undefined;
    const isAsked = new Promise<void>((resolve) => (asked = resolve));
    const { port, activity } = await openedApi({ 'GET /': open }, () => {
      asked();
      return new Promise((resolve) => (answer = () => resolve({ ok: true, payload: null })));
    });
    const impatient = request({ host: '127.0.0.1', port, path: '/' });
    const isGone = new Promise<void>((resolve) => impatient.once('error', () => resolve()));
    impatient.end();
    await isAsked;
    impatient.destroy();
    await isGone;
    // A second caller's answer comes after the server has seen the first one go.
    await fetch(`http://127.0.0.1:${port}/elsewhere`);
    answer();
    await activity.whenIdle();
    expect(activity.count).toBe(0);
  });

  it.each(['GET', 'POST'])('while its token is verified leaves nothing under way (%s)', async (method) => {
    let verify: () => void = () => undefined;
    let asked: () => void = () => undefined;
    const isAsked = new Promise<void>((resolve) => (asked = resolve));
    const beforeToken = () => {
      asked();
      return new Promise<void>((resolve) => (verify = resolve));
    };
    const { port, activity, events, tokens } = await openedApi({ [`${method} /`]: {} }, undefined, { beforeToken });
    const token = await tokens.issueToken({ clientId: CLIENT_ID, username: 'mem_anna', scopes: [], lifetimeSeconds: 60 });
    const impatient = request({ host: '127.0.0.1', port, path: '/', method, headers: { authorization: `Bearer ${token}` } });
    const isGone = new Promise<void>((resolve) => impatient.once('error', () => resolve()));
    impatient.end(method === 'POST' ? '{}' : undefined);
    await isAsked;
    impatient.destroy();
    await isGone;
    await fetch(`http://127.0.0.1:${port}/elsewhere`);
    verify();
    await activity.whenIdle();
    expect(events).toEqual([]);
  });
});

describe('a route with an authorizer', () => {
  const who = { clientId: CLIENT_ID, username: 'mem_anna', lifetimeSeconds: 60 };
  const routes = { 'GET /orders': { scopes: ['nachschub/household', 'nachschub/operate'] }, 'GET /free': {} };
  const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

  it('hands on the claims as text and the scopes', async () => {
    const { call, tokens, events } = await openedApi(routes);
    const token = await tokens.issueToken({
      ...who,
      scopes: ['nachschub/household', 'other'],
      claims: { 'custom:household_id': 'hh_anna', 'cognito:groups': ['a', 'b'] },
    });
    expect(await call('/orders', bearer(token))).toMatchObject({ status: 200 });
    expect(await call('/free', bearer(token))).toMatchObject({ status: 200 });
    expect(events.map((event) => (event['requestContext'] as Record<string, unknown>)['authorizer'])).toMatchObject([
      {
        jwt: {
          claims: {
            sub: 'mem_anna',
            client_id: CLIENT_ID,
            token_use: 'access',
            scope: 'nachschub/household other',
            'custom:household_id': 'hh_anna',
            'cognito:groups': '[a b]',
            exp: expect.stringMatching(/^\d+$/) as unknown,
          },
          scopes: ['nachschub/household', 'other'],
        },
      },
      { jwt: { scopes: null } },
    ]);
  });

  it('forbids a token without one of its scopes', async () => {
    const { call, tokens, events } = await openedApi(routes);
    const token = await tokens.issueToken({ ...who, scopes: ['nachschub/household-guest'] });
    expect(await call('/orders', bearer(token))).toMatchObject({ status: 403, text: '{"message":"Forbidden"}' });
    expect(events).toEqual([]);
  });

  it('knows nobody without a token that is whole, ours, in time and meant for this API', async () => {
    const { call, tokens, events } = await openedApi(routes);
    const stranger = await openedApi(routes, undefined, { keyDirectory: temporaryDirectory() });
    const scopes = ['nachschub/household'];
    const good = await tokens.issueToken({ ...who, scopes });
    const [header = '', payload = '', signature = ''] = good.split('.');
    const forged = JSON.stringify({ ...(JSON.parse(Buffer.from(payload, 'base64url').toString()) as object), sub: 'mem_eve' });
    const unsigned = Buffer.from('{"alg":"none"}').toString('base64url');
    const bad = {
      nothing: undefined,
      'another scheme': `Basic ${good}`,
      'two tokens': `Bearer ${good} ${good}`,
      expired: `Bearer ${await tokens.issueToken({ ...who, scopes, lifetimeSeconds: -10 })}`,
      'for another client': `Bearer ${await tokens.issueToken({ ...who, scopes, clientId: 'other' })}`,
      'for another audience': `Bearer ${await tokens.issueToken({ ...who, scopes, claims: { aud: ['other'] } })}`,
      'of another key': `Bearer ${await stranger.tokens.issueToken({ ...who, scopes })}`,
      changed: `Bearer ${header}.${Buffer.from(forged).toString('base64url')}.${signature}`,
      unsigned: `Bearer ${unsigned}.${payload}.`,
    };
    for (const [name, authorization] of Object.entries(bad)) {
      const answer = await call('/orders', authorization === undefined ? {} : { headers: { authorization } });
      expect([name, answer.status, answer.text]).toEqual([name, 401, '{"message":"Unauthorized"}']);
      expect(answer.headers['www-authenticate']).toBe('Bearer');
    }
    expect(events).toEqual([]);
    expect(await call('/orders', { headers: { authorization: `bearer ${good}` } })).toMatchObject({ status: 200 });
  });
});
