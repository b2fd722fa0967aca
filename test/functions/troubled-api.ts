/** A way to the API on which answers get lost: before or after the work is done, whole calls arrive twice, and connections break. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';

export interface Arrived {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}
export type Answering = (call: Arrived) => Promise<{ readonly status: number; readonly body: string }>;

/** Numbers from 0 to 1, the same for the same seed (Mulberry32). */
export function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const troubles = ['refused before', 'failed after', 'broken after', 'twice'] as const;
export type Trouble = (typeof troubles)[number];

export interface TroubledApi {
  readonly url: string;
  /** How often each came. */
  readonly happened: Readonly<Record<Trouble, number>>;
  close(): Promise<void>;
}

/** @param share of the calls that end badly after each kind of trouble has come once, 0 to 1 */
export async function openTroubledApi(answer: Answering, { seed, share }: { seed: number; share: number }): Promise<TroubledApi> {
  const next = numbersFrom(seed);
  const happened: Record<Trouble, number> = { 'refused before': 0, 'failed after': 0, 'broken after': 0, twice: 0 };
  // Each kind comes once, whatever the seed, and after a call that goes well: the caller waits longer after each failure in a row.
  const first = troubles.flatMap((trouble) => [undefined, trouble]);
  const draw = (): Trouble | undefined => (next() < share ? troubles[Math.floor(next() * troubles.length)] : undefined);
  const server = createServer((request, response) => {
    void arrive(request).then(async (call) => {
      const trouble = first.length > 0 ? first.shift() : draw();
      if (trouble !== undefined) happened[trouble] += 1;
      if (trouble === 'refused before') return say(response, 503, '{}');
      const answers = await Promise.all((trouble === 'twice' ? [call, call] : [call]).map(answer));
      if (trouble === 'broken after') return void request.socket.destroy();
      if (trouble === 'failed after') return say(response, 500, '{}');
      return say(response, answers[0]?.status ?? 500, answers[0]?.body ?? '');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = z.object({ port: z.int() }).parse(server.address());
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { url: `http://127.0.0.1:${port}`, happened, close };
}

const say = (response: ServerResponse, status: number, body: string): void => void response.writeHead(status, { 'content-type': 'application/json' }).end(body);

async function arrive(request: IncomingMessage): Promise<Arrived> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(z.instanceof(Buffer).parse(chunk));
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  return { path: request.url ?? '/', headers, body: Buffer.concat(chunks).toString('utf8') };
}
