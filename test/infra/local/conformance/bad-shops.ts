/** A small shop that does all it should, and the ways in which shops go wrong: each differs from the good one in one thing. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import { privateKeyOf, publicKeyOf } from '../../../../shared/retailer/ed25519.ts';
import { verify } from '../../../../shared/retailer/webhook.ts';

export const flaws = [
  'believes-anybody',
  'believes-old-messages',
  'takes-duplicates-twice',
  'takes-every-copy-anew',
  'forgets-when-hung-up-on',
  'redirects',
  'knows-every-order',
  'has-no-order-by-id',
  'reads-only-the-first-signature',
  'stores-before-it-verifies',
  'forgets-cancels',
  'takes-what-is-too-late',
  'tells-strangers',
  'refuses-repeats',
] as const;
export type Flaw = (typeof flaws)[number];

/** Which of the two signatures of ours a shop looks at. */
type Scheme = 'v1' | 'v1a';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const privateKey = privateKeyOf(Buffer.alloc(32, 9));
const messageSchema = z.object({ type: z.string(), timestamp: z.string(), data: z.looseObject({ orderId: z.string(), acceptBefore: z.string().optional() }) });
type Message = z.infer<typeof messageSchema>;
interface Said {
  readonly messageId: string;
  readonly type: string;
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
}
const headersSchema = z.record(z.string(), z.string()).catch({});
const addressSchema = z.object({ port: z.number() });

/** Where a shop posts what it says, and the secret that it signs with. */
export interface Platform {
  readonly url: string;
  readonly secret: string;
}

/** @param flaw none for the good shop @param platform without one the shop tells only whoever asks */
export async function openSmallShop(flaw?: Flaw, scheme: Scheme = 'v1', platform?: Platform) {
  const said = new Map<string, Said[]>();
  const heard = new Set<string>();
  const tombstones = new Set<string>();
  const telling: Promise<void>[] = [];

  const say = (orderId: string, type: string, about: object): void => {
    const answers = said.get(orderId) ?? [];
    const sequence = answers.length + 1;
    const answer = { messageId: `msg_${randomUUID()}`, type, timestamp: new Date().toISOString(), data: { orderId, sequence, ...about } };
    said.set(orderId, [...answers, answer]);
    if (platform !== undefined) telling.push(post(platform, answer));
  };
  const carryOut = ({ type, data: { orderId, acceptBefore = '' } }: Message): void => {
    if (type === 'order.cancel-requested') {
      if (said.has(orderId)) say(orderId, 'order.cancelled', { reason: 'as you asked' });
      else if (flaw !== 'forgets-cancels') tombstones.add(orderId);
    }
    if (type !== 'order.placed') return;
    // The order begins again: what was said of it is gone, and told once more as if for the first time.
    if (flaw === 'takes-every-copy-anew') said.delete(orderId);
    if (tombstones.has(orderId)) say(orderId, 'order.cancelled', { reason: 'cancelled before it came' });
    else if (Date.parse(acceptBefore) < Date.now() && flaw !== 'takes-what-is-too-late') say(orderId, 'order.rejected', { reason: 'too late' });
    else say(orderId, 'order.accepted', { deliveryAt: acceptBefore });
  };

  const takesCopies = flaw === 'takes-duplicates-twice' || flaw === 'takes-every-copy-anew';
  async function take(request: IncomingMessage, response: ServerResponse, body: Buffer): Promise<number> {
    const id = String(request.headers['webhook-id']);
    const isGood = isVerified(request, body, flaw, scheme);
    if (isGood && heard.has(id) && !takesCopies) return flaw === 'refuses-repeats' ? 409 : 200;
    if (isGood) heard.add(id);
    if (flaw === 'forgets-when-hung-up-on') {
      // What it would do takes longer than the caller of this test waits, and is undone when the caller goes.
      await pause(90);
      if (response.destroyed) return 0;
    }
    if (isGood || flaw === 'stores-before-it-verifies') carryOut(messageSchema.parse(JSON.parse(body.toString())));
    return isGood ? 202 : 401;
  }

  function tell(request: IncomingMessage, body: Buffer): [number, object] {
    if (flaw === 'has-no-order-by-id') return [404, {}];
    if (!isVerified(request, body, flaw, scheme) && flaw !== 'tells-strangers') return [401, {}];
    const orderId = request.url?.split('/').at(-1) ?? '';
    const answers = said.get(orderId);
    return answers === undefined && flaw !== 'knows-every-order' ? [404, {}] : [200, { orderId, answers: answers ?? [] }];
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      if (flaw === 'redirects') return void response.writeHead(308, { location: 'https://elsewhere.example/hooks' }).end();
      if (request.method === 'GET') {
        const [status, answer] = tell(request, body);
        return void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      }
      void take(request, response, body).then((status) => (status === 0 ? undefined : response.writeHead(status).end()));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${addressSchema.parse(server.address()).port}`;
  return {
    ...{ webhookUrl: `${url}/hooks`, apiUrl: url, secret, privateKey },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      await Promise.all(telling);
    },
  };
}

async function post({ url, secret: key }: Platform, { messageId, ...message }: Said): Promise<void> {
  const [body, now] = [JSON.stringify(message), new Date()];
  const signature = new Webhook(key).sign(messageId, now, body);
  const stamped = { 'webhook-id': messageId, 'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)), 'webhook-signature': signature };
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...stamped }, body });
  await response.body?.cancel();
}

function isVerified(request: IncomingMessage, body: Buffer, flaw: Flaw | undefined, scheme: Scheme): boolean {
  if (flaw === 'believes-anybody') return true;
  const headers = headersSchema.parse(request.headers);
  const signature = headers['webhook-signature'] ?? '';
  const signed = { ...headers, 'webhook-signature': flaw === 'reads-only-the-first-signature' ? (signature.split(' ')[0] ?? '') : signature };
  if (scheme === 'v1a') return verify({ secrets: [publicKeyOf(privateKey)], headers: signed, body, now: Math.floor(Date.now() / 1_000) }).ok;
  try {
    if (flaw === 'believes-old-messages') return isSigned(headers, body);
    new Webhook(secret).verify(body, signed, { jsonParse: false });
    return true;
  } catch {
    return false;
  }
}

/** The signature without a look at the clock, as many a shop has it. */
function isSigned(headers: Readonly<Record<string, string>>, body: Buffer): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = headers;
  if (id === undefined || timestamp === undefined || signature === undefined) return false;
  return signature.split(' ').includes(new Webhook(secret).sign(id, new Date(Number(timestamp) * 1_000), body.toString()));
}
