import { createServer } from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { openStore } from '../../../../infra/local/store/open-store.ts';
import type { Store, StoreOptions } from '../../../../infra/local/store/open-store.ts';
import { households, productNow } from './households.ts';

export interface Bench {
  readonly store: Store;
  readonly client: DynamoDBClient;
  readonly documents: DynamoDBDocumentClient;
  stop(): Promise<void>;
}

export async function startBench(directory: string, options: Partial<StoreOptions> = {}): Promise<Bench> {
  const store = await openStore({ directory, tables: [households], now: () => productNow, ...options });
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
      const url = new URL(incoming.url ?? '/', 'http://local');
      const request = { caller: 'operator', method: incoming.method ?? '', path: url.pathname, query: url.searchParams, headers, body: Buffer.concat(chunks) };
      void store.handle(request).then((answer) => outgoing.writeHead(answer.status, answer.headers).end(answer.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'secret' };
  const client = new DynamoDBClient({ endpoint: `http://127.0.0.1:${port}`, region: 'eu-central-1', credentials, maxAttempts: 1 });
  return {
    store,
    client,
    documents: DynamoDBDocumentClient.from(client),
    stop: async () => {
      client.destroy();
      await new Promise((resolve) => server.close(resolve));
      await store.close();
    },
  };
}
