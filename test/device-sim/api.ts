/** A household API for the tests of the simulators: it keeps orders, and takes yes and no. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { instantOf } from '../../shared/values.ts';
import { startsAt } from './examples.ts';
import { Seen } from './stage.ts';

/** The household's orders over HTTP; `failures` tries answer 503 first. */
export async function startApi() {
  const requests = new Seen<{ line: string; body: unknown; token: string | undefined }>();
  const orders = new Map<string, { status: string; hash: string }>();
  const state = { failures: 0 };
  const shown = (orderId: string) => ({
    order: { orderId, status: orders.get(orderId)?.status, quote: { hash: orders.get(orderId)?.hash }, expiresAt: instantOf(startsAt) },
    actions: ['approve', 'decline'],
  });
  const server = createServer((request, response) => {
    void (async () => {
      let text = '';
      for await (const chunk of request) text += String(chunk);
      const [path = '', query] = (request.url ?? '').split('?');
      const [, orderId = '', action] = /^\/api\/households\/hh_anna\/orders(?:\/([^/]+))?(?:\/(approve|decline))?$/.exec(path) ?? [];
      const reply = (status: number, body: object) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      const fails = state.failures > 0;
      if (fails) state.failures -= 1;
      requests.add({
        line: `${request.method ?? ''} ${request.url ?? ''}`,
        body: text === '' ? undefined : JSON.parse(text),
        token: request.headers.authorization,
      });
      if (fails) reply(503, {});
      else if (orderId === '')
        reply(200, {
          orders: [...orders.keys()].map(shown).filter(({ order: { status } }) => query === 'status=awaiting-approval' && status === 'awaiting-approval'),
        });
      else if (action === undefined) reply(orders.has(orderId) ? 200 : 404, orders.has(orderId) ? shown(orderId) : { title: 'No such order' });
      else {
        orders.set(orderId, { status: action === 'approve' ? 'approved' : 'declined', hash: orders.get(orderId)?.hash ?? '' });
        reply(200, {});
      }
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/api`,
    requests,
    orders,
    state,
    posts: () => requests.all.filter(({ line }) => line.startsWith('POST')),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
