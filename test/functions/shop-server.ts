/** A shop's server that verifies with the field's own library, and answers as a test tells it. */
import { createServer } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import { deriveWebhookSecret } from '../../shared/retailer/key.ts';
import { frischhof, ROOT } from './shop-keys.ts';

export interface HeardMessage {
  readonly method: string;
  readonly path: string;
  readonly id: string;
  readonly body: string;
  readonly isVerified: boolean;
  readonly headers: Readonly<Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>>;
  /** The `x-correlation-id` that came with it. */
  readonly correlation: string | undefined;
}
export interface ShopServer {
  readonly url: string;
  readonly heard: readonly HeardMessage[];
  answer: { status: number; body?: unknown };
  close(): Promise<void>;
}

const addressSchema = z.object({ port: z.number() });
const headersSchema = z.looseObject({ 'webhook-id': z.string(), 'webhook-timestamp': z.string(), 'webhook-signature': z.string() });

export async function openShopServer(): Promise<ShopServer> {
  const secret = deriveWebhookSecret({ root: new TextEncoder().encode(ROOT), retailerId: frischhof, direction: 'to-retailer', generation: 1 });
  const heard: HeardMessage[] = [];
  const shop: { answer: ShopServer['answer'] } = { answer: { status: 204 } };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const headers = headersSchema.parse(request.headers);
      heard.push({
        method: request.method ?? '',
        path: request.url ?? '',
        id: headers['webhook-id'],
        body,
        isVerified: isVerified(secret, body, headers),
        headers,
        correlation: z.string().optional().parse(request.headers['x-correlation-id']),
      });
      const { status, body: said } = shop.answer;
      response.writeHead(status).end(said === undefined ? undefined : JSON.stringify(said));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${addressSchema.parse(server.address()).port}`,
    heard,
    get answer() {
      return shop.answer;
    },
    set answer(answer) {
      shop.answer = answer;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function isVerified(secret: string, body: string, headers: Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = headers;
  try {
    // The library insists on a JSON body; what it checks is the signature over these very bytes.
    new Webhook(secret).verify(body, { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature });
    return true;
  } catch (error) {
    return body === '' && error instanceof SyntaxError;
  }
}
