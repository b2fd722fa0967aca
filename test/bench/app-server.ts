/** The built app as CloudFront serves it, compressed, over an API that answers at once: what is measured is the app. */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { emptySpend } from '../../shared/order/mandate/spend.ts';
import { supplyOverview } from '../../shared/supply/overview.ts';
import { householdIdSchema } from '../../shared/values.ts';
import { milk, START } from '../shared/supply/milk.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};
export const MEMBER = 'mem_anna';
export const HOUSEHOLD = householdIdSchema.parse('hh_anna');
const household = {
  ...{ householdId: HOUSEHOLD, name: 'Adler', timeZone: 'Europe/Berlin', language: 'en', shops: [], createdAt: START },
  address: { recipient: 'Anna Adler', street: 'Gasse 1', postalCode: '80331', city: 'München', country: 'DE' },
};
const NAMES = ['Milk', 'Coffee', 'Oat flakes', 'Apple juice', 'Detergent', 'Cat food'];

const answers: Readonly<Record<string, unknown>> = {
  '/app/config.json': { issuer: 'http://127.0.0.1:9/oidc', clientId: 'app', apiUrl: '/api', mqttUrl: '', authorizerName: '' },
  '/api/me': { memberId: MEMBER, households: [{ householdId: HOUSEHOLD, name: household.name, language: 'en', role: 'owner' }] },
  [`/api/households/${HOUSEHOLD}`]: {
    household,
    members: [{ householdId: HOUSEHOLD, memberId: MEMBER, name: 'Anna', role: 'owner', joinedAt: START }],
    devices: [],
    supplies: NAMES.map((name, index) => supplyOverview(milk({ supplyId: `sup_${index}`, name, onHand: 5_900 - index * 300 }), START)),
    spend: emptySpend(HOUSEHOLD),
  },
  [`/api/households/${HOUSEHOLD}/orders`]: { orders: [] },
};

/** Compressed once, as a cache at the edge has it. */
const compressed = new Map<string, Buffer>();
function send(response: ServerResponse, key: string, type: string, content: () => Buffer): void {
  const body = compressed.get(key) ?? gzipSync(content());
  compressed.set(key, body);
  response.writeHead(200, {
    'content-type': type,
    'content-encoding': 'gzip',
    'content-length': body.length,
    'cache-control': 'no-cache',
    'nachschub-now': START,
  });
  response.end(body);
}

export async function serveApp(site: string) {
  const server = createServer(({ url = '/' }, response) => {
    const [pathname = '/'] = url.split('?');
    const answer = answers[pathname];
    if (answer !== undefined) return send(response, pathname, 'application/json', () => Buffer.from(JSON.stringify(answer)));
    const file = path.join(site, pathname === '/app/' ? 'index.html' : path.normalize(pathname.replace(/^\/app\//, '')));
    if (!pathname.startsWith('/app/') || !file.startsWith(site) || !existsSync(file)) return void response.writeHead(404).end();
    send(response, pathname, TYPES[path.extname(file)] ?? 'application/octet-stream', () => readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const close = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return { url: `http://127.0.0.1:${port}/app/`, close };
}
