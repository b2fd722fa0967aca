/** What the stage shows and passes on, and to whom it says nothing. */
import { createServer, request, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openStage } from '../../../../infra/local/stage/open-stage.ts';
import { ShadowRefusal } from '../../../../infra/local/shadow/refusal.ts';

const ORDER = `ord_${'a'.repeat(32)}`;
const card = {
  ...{ orderId: ORDER, quoteHash: 'b'.repeat(64), shop: 'Frischhof', language: 'de', currency: 'EUR', lines: [], moreLines: 0, deliveryFeeMinor: 178 },
  ...{ totalMinor: 400, deliveryBy: '2026-03-03T05:00:00.000Z', expiresAt: '2026-03-04T05:00:00.000Z', wordingVersion: '2026-03' },
  buttonText: 'zahlungspflichtig bestellen',
};
const posted: { readonly url: string; readonly authorization: string | undefined; readonly body: unknown }[] = [];
const portOf = (server: Server) => z.object({ port: z.number() }).parse(server.address()).port;
const listening = (server: Server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

let api: Server;
let server: Server;
let apiStatus = 200;
beforeAll(async () => {
  api = createServer((asked, response) => {
    const chunks: Buffer[] = [];
    asked.on('data', (chunk: Buffer) => chunks.push(chunk));
    asked.on('end', () => {
      posted.push({ url: asked.url ?? '', authorization: asked.headers.authorization, body: JSON.parse(Buffer.concat(chunks).toString()) });
      response.writeHead(apiStatus, { 'content-type': 'application/json' }).end(JSON.stringify({ detail: 'the price has changed' }));
    });
  });
  await listening(api);
  const stage = openStage({
    people: { all: [{ memberId: 'mem_anna', email: 'anna@example.org', name: 'Anna' }] },
    tvs: [
      { thing: 'tv-anna', name: 'Anna’s TV', householdId: 'hh_anna', memberId: 'mem_anna' },
      { thing: 'tv-new', name: 'A new TV', householdId: 'hh_anna', memberId: 'mem_anna' },
    ],
    shadows: {
      get: ({ thing }) =>
        thing === 'tv-new' ? Promise.reject(new ShadowRefusal(404, 'No shadow exists')) : Promise.resolve({ state: { desired: { cards: [card], notes: [] } } }),
    },
    apiUrl: `http://127.0.0.1:${portOf(api)}/api`,
    tokenOf: (memberId) => Promise.resolve(`token-of-${memberId}`),
  });
  server = createServer((asked, response) => void stage(asked, response));
  await listening(server);
});
afterAll(() => {
  server.close();
  api.close();
});

interface Asked {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}
const ask = (to: string, { method = 'GET', headers = {}, body }: Asked = {}) =>
  new Promise<{ status: number; policy: string; text: string }>((resolve, reject) => {
    const call = request({ port: portOf(server), host: '127.0.0.1', path: to, method, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, policy: String(answer.headers['content-security-policy']), text: Buffer.concat(chunks).toString() }),
      );
    });
    call.on('error', reject);
    call.end(body === undefined ? undefined : JSON.stringify(body));
  });
const press = (body: unknown, more: Asked = {}) => ask('/stage/remote?thing=tv-anna', { method: 'POST', body, ...more });

describe('the stage', () => {
  it('is a page that runs no script of its own making and stands in nobody’s frame', async () => {
    const { status, policy, text } = await ask('/stage');
    expect([status, policy.includes("script-src 'self';"), policy.includes("frame-ancestors 'none'"), text.includes('<script>')]).toEqual([
      200,
      true,
      true,
      false,
    ]);
    expect((await ask('/stage/tokens.css')).text).toContain('--accent');
  });

  it('says who lives here and which TVs there are, but not whose account a TV uses', async () => {
    expect(JSON.parse((await ask('/stage/people')).text)).toEqual({
      people: [{ memberId: 'mem_anna', email: 'anna@example.org', name: 'Anna' }],
      tvs: [
        { thing: 'tv-anna', name: 'Anna’s TV' },
        { thing: 'tv-new', name: 'A new TV' },
      ],
    });
  });

  it('shows what a TV is told to show, and nothing on one that was told nothing', async () => {
    expect(JSON.parse((await ask('/stage/display?thing=tv-anna')).text)).toEqual({ cards: [card], notes: [] });
    expect(JSON.parse((await ask('/stage/display?thing=tv-new')).text)).toEqual({ cards: [], notes: [] });
    expect((await ask('/stage/display?thing=tv-eve')).status).toBe(404);
  });
});

describe('the remote control', () => {
  it('says yes to what is on the screen, as whoever is signed in there, twice the same', async () => {
    posted.length = 0;
    expect((await press({ orderId: ORDER, answer: 'approve' })).status).toBe(200);
    await press({ orderId: ORDER, answer: 'approve' });
    expect(posted[0]).toEqual({
      url: `/api/households/hh_anna/orders/${ORDER}/approve`,
      authorization: 'Bearer token-of-mem_anna',
      body: {
        ...{ approvalId: expect.stringMatching(/^apr_[0-9a-f]{24}$/) as unknown, quoteHash: card.quoteHash, screen: 'tv' },
        evidence: { wordingVersion: '2026-03', language: 'de', buttonText: 'zahlungspflichtig bestellen' },
      },
    });
    expect(posted[1]).toEqual(posted[0]);
  });

  it('passes on what the API does not want, in its words', async () => {
    apiStatus = 409;
    const { status, text } = await press({ orderId: ORDER, answer: 'decline' });
    apiStatus = 200;
    expect([status, JSON.parse(text)]).toEqual([409, { detail: 'the price has changed' }]);
  });

  it('answers nothing that is not on the screen, and nothing that is no answer', async () => {
    posted.length = 0;
    expect((await press({ orderId: `ord_${'c'.repeat(32)}`, answer: 'approve' })).status).toBe(409);
    expect((await press({ orderId: ORDER, answer: 'perhaps' })).status).toBe(400);
    expect(posted).toEqual([]);
  });

  it('is deaf to pages of others, under whatever name they reach this machine', async () => {
    posted.length = 0;
    const yes = { orderId: ORDER, answer: 'approve' };
    expect((await press(yes, { headers: { origin: 'https://evil.example' } })).status).toBe(403);
    expect((await press(yes, { headers: { host: 'evil.example' } })).status).toBe(403);
    expect((await ask('/stage/people', { headers: { host: 'evil.example' } })).status).toBe(403);
    expect((await ask('/stage', { headers: { host: 'evil.example' } })).status).toBe(403);
    expect(posted).toEqual([]);
  });
});
