/** A shop's surroundings: the clock, the platform that it tells, its files, and the webhooks it gets. */
import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import { entrySchema, type Entry } from '../../retailer-sim/ledger.ts';
import type { PlacedOrder } from '../../retailer-sim/order.ts';
import { verify } from '../../shared/retailer/webhook.ts';
import { openConductor } from './conductor-in-test.ts';

export const startsAt = Date.UTC(2026, 2, 2, 6);
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
const secretToRetailer = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const secretFromRetailer = `whsec_${Buffer.alloc(32, 2).toString('base64')}`;

const faultSchema = z.strictObject({ fault: z.string(), at: z.iso.datetime(), subject: z.string() });

export interface Heard {
  readonly messageId: string;
  readonly type: string;
  readonly timestamp: string;
  readonly data: Record<string, unknown>;
  readonly body: string;
  readonly verified: boolean;
}

async function openPlatform() {
  const heard: Heard[] = [];
  const events = new EventEmitter();
  const platform = { heard, events, answer: (message: Heard): number => (heard.some(({ messageId }) => messageId === message.messageId) ? 200 : 202) };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const message = read(Buffer.concat(chunks), request.headers);
      const status = request.url === '/api/retailers/rt_frischhof/messages' ? platform.answer(message) : 404;
      heard.push(message);
      response.writeHead(status).end();
      events.emit('heard');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { platform, server, port: (server.address() as AddressInfo).port };
}

function read(body: Buffer, headers: IncomingHttpHeaders): Heard {
  const verified = verify({ secrets: [secretFromRetailer], headers, body, now: Math.floor(Date.now() / 1_000) }).ok;
  const parsed = JSON.parse(body.toString()) as Pick<Heard, 'type' | 'timestamp' | 'data'>;
  return { ...parsed, messageId: String(headers['webhook-id']), body: body.toString(), verified };
}

export const milk = { gtin: '4006381333931', sku: 'FH-1001', title: 'Milk', pack: { amount: 1, unit: 'l' }, priceMinor: 129, vatPercent: 7 };
export const eggs = { gtin: '4000521006112', sku: 'FH-1002', title: 'Eggs', pack: { amount: 10, unit: 'piece' }, priceMinor: 249, vatPercent: 7 };
export const steady = { reject: 0, change: 0, leadTimeSdDays: 0.3, answerMinutes: [1, 30] };
export const terms = { deliveryFeeMinor: 290, freeDeliveryFromMinor: 2_500, minimumOrderMinor: 0, leadTimeDays: 1.2 };

export function orderOf(orderId: string, over: Partial<PlacedOrder> = {}): PlacedOrder {
  return {
    orderId,
    account: 'acc-hh_anna',
    currency: 'EUR',
    lines: [
      { line: 1, gtin: milk.gtin, sku: milk.sku, title: milk.title, quantity: 3, unitPriceMinor: 129, substitution: { rule: 'ask' } },
      { line: 2, gtin: eggs.gtin, sku: eggs.sku, title: eggs.title, quantity: 1, unitPriceMinor: 249 },
    ],
    subtotalMinor: 636,
    deliveryFeeMinor: 290,
    totalMinor: 926,
    acceptBefore: new Date(startsAt + DAY).toISOString(),
    deliverTo: { recipient: 'Anna Berg', street: 'Lindenweg 3', postalCode: '10115', city: 'Berlin', country: 'DE' },
    substitutions: 'by-line',
    ...over,
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** @param faults the kinds that may happen */
export async function openWorld(temper: object = steady, faults: readonly string[] = []) {
  const directory = mkdtempSync(join(tmpdir(), 'retailer-sim-'));
  const conductor = await openConductor(startsAt);
  const { platform, server, port } = await openPlatform();
  const retailer = {
    retailerId: 'rt_frischhof',
    name: 'Frischhof',
    port: await freePort(),
    secretToRetailer,
    secretFromRetailer,
    terms,
    catalogue: [milk, eggs],
    temper,
  };
  const simulation = {
    seed: 1,
    startsAt: new Date(startsAt).toISOString(),
    conductorPort: conductor.port,
    apiUrl: `http://127.0.0.1:${port}/api`,
    ledgers: join(directory, 'ledgers'),
    doorstep: join(directory, 'doorstep'),
    retailers: [retailer],
    faults,
    faultsFile: join(directory, 'faults.ndjson'),
  };
  const simulationPath = join(directory, 'simulation.json');
  writeFileSync(simulationPath, JSON.stringify(simulation));
  const shopUrl = `http://127.0.0.1:${retailer.port}`;
  const ledgerPath = join(simulation.ledgers, 'rt_frischhof.ndjson');
  const linesOf = (path: string): unknown[] =>
    existsSync(path)
      ? readFileSync(path, 'utf8')
          .split('\n')
          .filter((line) => line !== '')
          .map((line): unknown => JSON.parse(line))
      : [];
  const signed = (id: string, body: string) => {
    // One moment for both, or a second that begins between them makes it a forgery.
    const at = new Date();
    return {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': new Webhook(secretToRetailer).sign(id, at, body),
    };
  };

  return {
    directory,
    simulationPath,
    simulation,
    shopSettings: { ...simulation, retailer },
    conductor,
    platform,
    shopUrl,
    ledgerPath,
    entries: (): Entry[] => linesOf(ledgerPath).map((line) => entrySchema.parse(line)),
    faults: () => linesOf(simulation.faultsFile).map((line) => faultSchema.parse(line)),
    doorstep: () => linesOf(join(simulation.doorstep, 'acc-hh_anna.ndjson')),
    signed,
    place: async (order: PlacedOrder, webhookId = `msg_${order.orderId}`, headers = {}) => {
      const body = JSON.stringify({ type: 'order.placed', timestamp: new Date(conductor.now).toISOString(), data: order });
      const response = await fetch(`${shopUrl}/webhooks`, { method: 'POST', body, headers: { ...signed(webhookId, body), ...headers } });
      return { status: response.status, body: await response.json() };
    },
    ask: async (orderId: string, headers: Record<string, string> = signed(`get_${randomUUID()}`, '')) => {
      const response = await fetch(`${shopUrl}/orders/${orderId}`, { headers });
      return { status: response.status, body: await response.json() };
    },
    /** What the platform took about an order, each message once. */
    said: (orderId: string) => [
      ...new Map(platform.heard.filter(({ data }) => data['orderId'] === orderId).map((message) => [message.messageId, message])).values(),
    ],
    close: () => {
      conductor.close();
      server.closeAllConnections();
      server.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
export type World = Awaited<ReturnType<typeof openWorld>>;
