/** The client against a server that answers as the API does: over HTTP, with its headers and its problem documents. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { freshly, openWindow } from './browser-world.ts';

type Answering = (request: IncomingMessage, response: ServerResponse) => void;
let server: Server;
let apiUrl: string;
let answer: Answering;
const asked: string[] = [];

const json = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) =>
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

beforeEach(async () => {
  openWindow({ href: 'http://127.0.0.1/app/' });
  asked.length = 0;
  server = createServer((request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''} ${request.headers.authorization ?? 'nobody'}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  apiUrl = `http://127.0.0.1:${port}/api`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** @param tokens one after the other, as they are got */
async function client(...tokens: string[]) {
  const { setCaller, addressOf } = await freshly(() => import('../../app/api/request.ts'));
  const { send } = await import('../../app/api/client.ts');
  const { now } = await import('../../app/api/clock.ts');
  const { Resource } = await import('../../app/api/resources.ts');
  const { isOffline } = await import('../../app/offline/connection.ts');
  const { ApiProblem } = await import('../../app/api/problem.ts');
  let current = 0;
  setCaller({ apiUrl, accessToken: (refused) => Promise.resolve(tokens[refused === undefined ? current : (current += 1)]) });
  return { send, addressOf, now, Resource, isOffline, ApiProblem };
}
const params = { householdId: 'hh_1' };

describe('a request', () => {
  it('goes where the routes say, with each id as one part of the path', async () => {
    const { addressOf } = await client('one');
    expect(addressOf('readOrder', { params: { householdId: 'hh_1', orderId: 'a/../b' } })).toBe('/households/hh_1/orders/a%2F..%2Fb');
    expect(addressOf('listOrders', { params, query: { status: 'placed', none: undefined } })).toBe('/households/hh_1/orders?status=placed');
  });

  it('takes another token, once, when the first is refused', async () => {
    const { send } = await client('stale', 'fresh');
    answer = ({ headers }, response) =>
      headers.authorization === 'Bearer fresh' ? json(response, 200, { orders: [] }) : json(response, 401, { message: 'Unauthorized' });
    expect(await send('listOrders', { params })).toEqual({ orders: [] });
    expect(asked).toEqual(['GET /api/households/hh_1/orders Bearer stale', 'GET /api/households/hh_1/orders Bearer fresh']);
  });

  it('says that it was refused in the words of the API', async () => {
    const { send, ApiProblem } = await client('one');
    answer = (_, response) =>
      json(response, 409, { type: 'urn:nachschub:stale-quote', title: 'stale-quote', status: 409, detail: 'the price has changed', current: { a: 1 } });
    const refused = await send('listOrders', { params }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ApiProblem);
    expect(refused).toMatchObject({ status: 409, code: 'stale-quote', detail: 'the price has changed', isOffline: false, document: { current: { a: 1 } } });
    answer = (_, response) => json(response, 429, { message: 'Too Many Requests' });
    await expect(send('listOrders', { params })).rejects.toMatchObject({ status: 429, code: 'too-many-requests', detail: 'Too Many Requests' });
  });

  it('without an answer leaves open whether it arrived, and the app knows that it is alone', async () => {
    const { send, isOffline } = await client('one');
    answer = ({ socket }) => socket.destroy();
    await expect(send('listOrders', { params })).rejects.toMatchObject({ status: 0, code: 'offline', isOffline: true });
    expect(isOffline.value).toBe(true);
    answer = (_, response) => json(response, 500, {});
    await expect(send('listOrders', { params })).rejects.toMatchObject({ status: 500 });
    expect(isOffline.value).toBe(false);
  });

  it('sets the household’s clock', async () => {
    const { send, now } = await client('one');
    answer = (_, response) => json(response, 200, { orders: [] }, { 'nachschub-now': '2031-05-06T07:08:09.000Z' });
    await send('listOrders', { params });
    expect(now().slice(0, 16)).toBe('2031-05-06T07:08');
  });
});

describe('a resource', () => {
  it('that is asked for again while it loads is read again afterwards: the first may have read what was before', async () => {
    const { Resource } = await client('one');
    const held: ServerResponse[] = [];
    let count = 0;
    answer = (_, response) => void held.push(response);
    const resource = new Resource('listOrders', { params });
    const first = resource.load();
    await expect.poll(() => held.length).toBe(1);
    const second = resource.reload();
    const third = resource.reload();
    answer = (_, response) => json(response, 200, { orders: [], count: (count += 1) });
    json(held[0] ?? ({} as never), 200, { orders: [], count: 'before' });
    await Promise.all([first, second, third]);
    expect(resource.state.value).toMatchObject({ data: { count: 1 }, isLoading: false, isStale: false });
    expect(asked).toHaveLength(2);
  });

  it('goes on showing what it had while the network is away, and says so', async () => {
    const { Resource } = await client('one');
    answer = (_, response) => json(response, 200, { orders: ['one'] });
    const resource = new Resource('listOrders', { params });
    await resource.load();
    answer = ({ socket }) => socket.destroy();
    await resource.load();
    expect(resource.state.value).toMatchObject({ data: { orders: ['one'] }, isStale: true, problem: { isOffline: true } });
  });

  it('shows nothing on of what its reader may no longer see', async () => {
    const { Resource } = await client('one');
    answer = (_, response) => json(response, 200, { orders: ['one'] });
    const resource = new Resource('listOrders', { params });
    await resource.load();
    answer = (_, response) => json(response, 404, { title: 'not-found', detail: 'no such household' });
    await resource.load();
    expect(resource.state.value).toEqual({ isLoading: false, isStale: false, problem: expect.objectContaining({ status: 404 }) as unknown });
  });
});
