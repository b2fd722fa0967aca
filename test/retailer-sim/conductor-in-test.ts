/** The conductor's side of the clock protocol, for one client, moved on by the test. */
import { EventEmitter, once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { z } from 'zod';

const spokenSchema = z.union([
  z.strictObject({ hello: z.string() }),
  z.strictObject({ done: z.number(), next: z.number().nullable() }),
  z.strictObject({ next: z.number().nullable() }),
]);

export async function openConductor(startsAt: number) {
  const events = new EventEmitter();
  const heard: z.infer<typeof spokenSchema>[] = [];
  let socket: Socket | undefined;
  let now = startsAt;
  let next: number | null = null;
  let turn = 0;
  let rate = 0;
  let rateSince = performance.now();

  const productNow = () => now + (performance.now() - rateSince) * rate;
  const send = (due: boolean) => {
    turn += 1;
    socket?.write(`${JSON.stringify({ turn, now: productNow(), rate, due })}\n`);
  };
  /** A turn that has begun ends, or the client goes away. */
  const take = async (due: boolean) => {
    if (!socket) return;
    const ended = once(events, 'done');
    send(due);
    await ended;
  };
  const hear = (line: string) => {
    const spoken = spokenSchema.parse(JSON.parse(line));
    heard.push(spoken);
    if ('hello' in spoken) {
      send(false);
    } else if ('done' in spoken) {
      if (spoken.done !== turn) return;
      next = spoken.next;
      events.emit('done');
    } else {
      next = spoken.next === null ? next : Math.min(next ?? Infinity, spoken.next);
      events.emit('next');
    }
  };
  const server = createServer((client) => {
    socket = client;
    let text = '';
    client.setEncoding('utf8');
    client.on('data', (chunk: string) => {
      const lines = (text + chunk).split('\n');
      text = lines.pop() ?? '';
      lines.forEach(hear);
    });
    client.on('error', () => undefined);
    client.on('close', () => {
      if (socket === client) socket = undefined;
      events.emit('gone');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    port,
    heard,
    get now() {
      return productNow();
    },
    get next() {
      return next;
    },
    /** The client has said hello and ended its first turn. To be called before the client is started. */
    ready: () => once(events, 'done'),
    gone: () => once(events, 'gone'),
    /** Jumps from moment to moment at which the client wants to act. */
    runUntil: async (until: number) => {
      while (next !== null && next <= until) {
        now = Math.max(now, next);
        await take(true);
      }
      now = until;
      await take(false);
    },
    /** Lets the product clock run, at so many product milliseconds per wall millisecond, until the condition holds. */
    runAt: async (speed: number, holds: () => boolean) => {
      const change = async (to: number) => {
        now = productNow();
        [rate, rateSince] = [to, performance.now()];
        await take(false);
      };
      await change(speed);
      while (!holds()) {
        const wait = next === null ? 10 : Math.max(0, (next - productNow()) / rate);
        await new Promise((resolve) => setTimeout(resolve, Math.min(wait, 10)));
        if (next !== null && next <= productNow()) await take(true);
      }
      await change(0);
    },
    /** Hangs up, as when the local cloud is killed; the client comes back by itself. */
    hangUp: () => socket?.destroy(),
    close: () => {
      socket?.destroy();
      server.close();
    },
  };
}
