import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { PemConverter, SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509';
import { afterEach, describe, expect, it } from 'vitest';
import { callRetailer, type Network } from '../../../functions/runtime/outbound.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function listen(server: Server | ReturnType<typeof createTcpServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    if ('closeAllConnections' in server) server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}
const shop = (answer: RequestListener) => listen(createHttpServer(answer));
const network = (over: Partial<Network> = {}): Network => ({
  resolve: () => Promise.resolve(['127.0.0.1']),
  connectMillis: 1_000,
  attemptMillis: 5_000,
  ...over,
});
const post = (url: string, over: { body?: string; loopbackAllowed?: boolean; headers?: Record<string, string> } = {}, net = network()) =>
  callRetailer(
    {
      method: 'POST',
      url,
      headers: { 'content-type': 'application/json', ...over.headers },
      body: over.body ?? '{}',
      loopbackAllowed: over.loopbackAllowed ?? true,
    },
    net,
  );

describe('an attempt', () => {
  it('sends these bytes and headers and hands back the answer', async () => {
    const seen: { method?: string | undefined; url?: string | undefined; id?: unknown; body: string }[] = [];
    const port = await shop((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        seen.push({ method: request.method, url: request.url, id: request.headers['webhook-id'], body: Buffer.concat(chunks).toString() });
        response.writeHead(429, { 'retry-after': '30' }).end('later, please');
      });
    });
    const answer = await post(`http://127.0.0.1:${port}/hooks?a=1`, { body: '{"a":"ä"}', headers: { 'webhook-id': 'msg_1' } });
    expect(answer).toEqual({ kind: 'answered', status: 429, retryAfter: '30', body: 'later, please' });
    expect(seen).toEqual([{ method: 'POST', url: '/hooks?a=1', id: 'msg_1', body: '{"a":"ä"}' }]);
  });
  it('asks with GET and without a body', async () => {
    const port = await shop((request, response) => response.end(`${String(request.method)} ${String(request.url)}`));
    const answer = await callRetailer({ method: 'GET', url: `http://localhost:${port}/orders/ord_1`, headers: {}, loopbackAllowed: true }, network());
    expect(answer).toEqual({ kind: 'answered', status: 200, body: 'GET /orders/ord_1' });
  });
  it('does not follow a redirect', async () => {
    const paths: (string | undefined)[] = [];
    const port = await shop((request, response) => {
      paths.push(request.url);
      response.writeHead(302, { location: '/inside' }).end();
    });
    expect(await post(`http://127.0.0.1:${port}/hooks`)).toMatchObject({ kind: 'answered', status: 302 });
    expect(paths).toEqual(['/hooks']);
  });
  it('reads 16 KB of an endless answer', async () => {
    const port = await shop((request, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write('x'.repeat(10_000)), 1);
      request.socket.on('close', () => clearInterval(timer));
    });
    const answer = await post(`http://127.0.0.1:${port}/`);
    expect(answer).toEqual({ kind: 'answered', status: 200, body: 'x'.repeat(16_384) });
  });
  it('takes the status of an answer that drips, and ends it in time', async () => {
    const port = await shop((_, response) => {
      response.writeHead(202);
      response.write('ok');
    });
    expect(await post(`http://127.0.0.1:${port}/`, {}, network({ attemptMillis: 300 }))).toEqual({ kind: 'answered', status: 202, body: 'ok' });
  });
  it('ends when no answer comes in time', async () => {
    const port = await shop(() => undefined);
    expect(await post(`http://127.0.0.1:${port}/`, {}, network({ attemptMillis: 300 }))).toEqual({ kind: 'failed', reason: 'no answer in time' });
  });
  it('ends when the name is not resolved in time', async () => {
    const never = network({ connectMillis: 300, resolve: () => new Promise(() => undefined) });
    expect(await post('https://shop.example/', {}, never)).toEqual({ kind: 'failed', reason: 'no connection in time' });
  });
  it('names what failed', async () => {
    const free = await listen(createTcpServer());
    closing.splice(0).forEach((close) => close());
    expect(await post(`http://127.0.0.1:${free}/`)).toEqual({ kind: 'failed', reason: 'connection failed: ECONNREFUSED' });
    const port = await listen(createTcpServer((socket) => socket.end('HTTP/9.9 nonsense\r\n\r\n')));
    expect(await post(`http://127.0.0.1:${port}/`)).toMatchObject({ kind: 'failed', reason: expect.stringMatching(/^connection failed: HPE_/) as string });
    const missing = network({ resolve: () => Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })) });
    expect(await post('https://shop.example/', {}, missing)).toEqual({ kind: 'failed', reason: 'connection failed: ENOTFOUND' });
  });
});

describe('whom it calls', () => {
  it('refuses a URL without asking for its address', async () => {
    const asked: string[] = [];
    const net = network({
      resolve: (hostname) => {
        asked.push(hostname);
        return Promise.resolve(['8.8.8.8']);
      },
    });
    expect(await post('http://shop.example/', {}, net)).toEqual({ kind: 'failed', reason: 'url refused: expected https, not http' });
    expect(await post('http://127.0.0.1:1/', { loopbackAllowed: false }, net)).toMatchObject({
      kind: 'failed',
      reason: expect.stringMatching(/^url refused/) as string,
    });
    expect(asked).toEqual([]);
  });
  it.each([[['127.0.0.1']], [['8.8.8.8', '127.0.0.1']], [['::1']], [['169.254.169.254']], [['::ffff:127.0.0.1']], [[]]])(
    'refuses a name with the addresses %j',
    async (addresses) => {
      const answer = await post('https://shop.example/', {}, network({ resolve: () => Promise.resolve(addresses) }));
      expect(answer).toMatchObject({ kind: 'failed', reason: expect.stringMatching(/^address refused: /) as string });
    },
  );
  it('connects to the very address it judged, though the system and the next answer would lead elsewhere', async () => {
    const server = createHttpServer((request, response) => response.end(String(request.socket.localAddress)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.2', resolve));
    closing.push(() => server.close());
    const { port } = server.address() as AddressInfo;
    const answers = [['127.0.0.2'], ['169.254.169.254'], ['169.254.169.254']];
    const rebinding = network({ resolve: () => Promise.resolve(answers.shift() ?? []) });
    expect(await post(`http://localhost:${port}/`, {}, rebinding)).toEqual({ kind: 'answered', status: 200, body: '127.0.0.2' });
    expect(answers).toHaveLength(2);
    // The next attempt asks again and judges again.
    expect(await post(`http://localhost:${port}/`, {}, rebinding)).toMatchObject({
      kind: 'failed',
      reason: expect.stringMatching(/^address refused/) as string,
    });
  });
  it('keeps the name of the local machine local', async () => {
    const outwards = network({ resolve: () => Promise.resolve(['8.8.8.8']) });
    expect(await post('http://localhost:1/', {}, outwards)).toEqual({ kind: 'failed', reason: 'address refused: expected the local machine, not 8.8.8.8' });
  });
});

describe('TLS', () => {
  async function certificateFor(name: string) {
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
    const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
    const certificate = await X509CertificateGenerator.createSelfSigned({
      name: `CN=${name}`,
      keys,
      signingAlgorithm: algorithm,
      notBefore: new Date(Date.now() - 60_000),
      notAfter: new Date(Date.now() + 3_600_000),
      extensions: [new SubjectAlternativeNameExtension([{ type: 'dns', value: name }])],
    });
    return { cert: certificate.toString('pem'), key: PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY') };
  }
  it('calls a shop whose certificate carries its name, and no other', async () => {
    const [right, wrong] = [await certificateFor('localhost'), await certificateFor('elsewhere.example')];
    const rightPort = await listen(createHttpsServer(right, (_, response) => response.end('hello')));
    const wrongPort = await listen(createHttpsServer(wrong, (_, response) => response.end('hello')));
    const trusting = (certificate: string) => network({ certificateAuthority: certificate });
    expect(await post(`https://localhost:${rightPort}/`, {}, trusting(right.cert))).toMatchObject({ kind: 'answered', status: 200, body: 'hello' });
    expect(await post(`https://localhost:${wrongPort}/`, {}, trusting(wrong.cert))).toEqual({
      kind: 'failed',
      reason: 'connection failed: ERR_TLS_CERT_ALTNAME_INVALID',
    });
    expect(await post(`https://localhost:${rightPort}/`)).toMatchObject({ kind: 'failed', reason: expect.stringMatching(/SELF_SIGNED/) as string });
  });
});

it('one shop that hangs does not slow another', async () => {
  const hanging = await shop(() => undefined);
  const quick = await shop((_, response) => response.end('ok'));
  const finished: string[] = [];
  await Promise.all([
    post(`http://127.0.0.1:${hanging}/`, {}, network({ attemptMillis: 800 })).then(() => finished.push('hanging')),
    ...Array.from({ length: 5 }, () => post(`http://127.0.0.1:${quick}/`).then(() => finished.push('quick'))),
  ]);
  expect(finished).toEqual(['quick', 'quick', 'quick', 'quick', 'quick', 'hanging']);
});
