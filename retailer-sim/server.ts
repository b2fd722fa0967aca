/** The shop's front door: the webhook, and the question about an order. Everything is verified on the raw bytes before it is read. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { answerBadly } from './manners.ts';
import { orderPlacedSchema } from './order.ts';
import type { Shop } from './shop.ts';
import { takeWish, wishSchema } from './wishes.ts';

const BODY_BYTES_MAX = 256 * 1_024;

interface FrontDoor {
  readonly shop: Shop;
  /** The same shop for orders that nobody means: with books of its own, always up, and without a van. */
  readonly tests: Shop;
  readonly secret: string;
  /** Product time; undefined while nobody tells it, and then nothing can be promised. */
  readonly now: () => number | undefined;
  /** Called before an answer that makes the shop want to act. */
  readonly beforeAnswer: () => void;
}
/** How the platform names an order of its conformance run or its workbench. */
const TEST_ORDER = 'ord_conformance-';

interface Answer {
  readonly status: number;
  readonly body: object;
  /** What goes wrong in saying so. */
  readonly badly?: ReturnType<Shop['mannerOf']>;
}
/** Thrown to end the connection without a word. */
class HangUp extends Error {}

export function frontDoor(door: FrontDoor): Server {
  return createServer((request, response) => {
    handle(request, door).then(
      (answer) => send(response, answer),
      (error: unknown) => (error instanceof HangUp ? request.socket.destroy() : send(response, problem(500, 'The shop is out of order.'))),
    );
  });
}

async function handle(request: IncomingMessage, whole: FrontDoor): Promise<Answer> {
  const body = await bodyOf(request);
  if (!body) return problem(413, 'More than 256 KB.');
  const door = isAboutTest(request, body) ? { ...whole, shop: whole.tests } : whole;
  const now = door.now();
  if (now === undefined) return problem(503, 'The shop is not open yet.');
  const outage = door.shop.outageAt(now);
  if (outage?.manner === 'hangs-up') throw new HangUp();
  if (outage) return problem(503, 'The shop is down.');
  const id = verifiedId(request, body, door.secret);
  if (id === undefined) return refused(door, now, 401, 'The signature is missing or wrong.');
  const orderId = /^\/orders\/([A-Za-z0-9_-]{1,64})$/.exec(request.url ?? '')?.[1];
  if (request.method === 'POST' && request.url === '/webhooks') return takeOrder(body, id, door, now);
  if (request.method === 'GET' && orderId !== undefined) return tellAbout(orderId, door, now);
  return problem(404, 'There is nothing here.');
}

async function takeOrder(body: Buffer, webhookId: string, door: FrontDoor, now: number): Promise<Answer> {
  const json = jsonIn(body);
  const wish = wishSchema.safeParse(json);
  if (wish.success) {
    const isNew = takeWish(door.shop, wish.data, webhookId, now);
    door.beforeAnswer();
    return { status: isNew ? 202 : 200, body: { orderId: wish.data.data.orderId, repeat: !isNew } };
  }
  const message = orderPlacedSchema.safeParse(json);
  if (!message.success) return refused(door, now, 422, `Not an order: ${message.error.issues[0]?.message ?? 'refused'}.`);
  const receipt = door.shop.receive(message.data.data, webhookId, now);
  if (receipt.kind === 'refused') return refused(door, now, receipt.status, receipt.reason);
  if (door.shop === door.tests) door.shop.answerAtOnce(message.data.data.orderId, now);
  door.beforeAnswer();
  if (receipt.kind === 'received') {
    await door.shop.dawdle(message.data.data.orderId, now);
    // An answer that could not be given meanwhile is tried again on a turn.
    door.beforeAnswer();
  }
  const repeat = receipt.kind === 'repeated';
  const badly = repeat ? undefined : door.shop.mannerOf(message.data.data.orderId, now);
  return { status: repeat ? 200 : 202, body: { orderId: message.data.data.orderId, repeat }, badly };
}

function tellAbout(orderId: string, door: FrontDoor, now: number): Answer {
  const said = door.shop.answersTo(orderId, now);
  if (!said) return problem(404, 'The shop does not know this order.');
  return { status: 200, body: { orderId, answers: said.map(({ messageId, type, saidAt, data }) => ({ messageId, type, timestamp: saidAt, data })) } };
}

/** Looked up before anything is verified, so that a forged test is refused by those who would take a good one. */
const isAboutTest = ({ url = '' }: IncomingMessage, body: Buffer): boolean => url.includes(TEST_ORDER) || body.includes(TEST_ORDER);

function refused({ shop }: FrontDoor, now: number, status: number, reason: string): Answer {
  shop.note({ at: new Date(now).toISOString(), kind: 'webhook-refused', status, reason: reason.slice(0, 200) });
  return problem(status, reason);
}

/** The id under which the platform signed these very bytes; undefined when it did not. */
function verifiedId(request: IncomingMessage, body: Buffer, secret: string): string | undefined {
  const header = (name: string) => {
    const value = request.headers[name];
    return typeof value === 'string' ? value : '';
  };
  try {
    new Webhook(secret).verify(
      body,
      { 'webhook-id': header('webhook-id'), 'webhook-timestamp': header('webhook-timestamp'), 'webhook-signature': header('webhook-signature') },
      { jsonParse: false },
    );
    return header('webhook-id');
  } catch {
    return undefined;
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function jsonIn(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

const problem = (status: number, title: string): Answer => ({ status, body: { type: 'about:blank', title, status } });

function send(response: ServerResponse, { status, body, badly }: Answer): void {
  if (badly) return void answerBadly(response, badly.manner, badly.drips);
  response.writeHead(status, { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' }).end(JSON.stringify(body));
}
