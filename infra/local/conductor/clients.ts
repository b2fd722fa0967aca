/** The simulators' side of the conductor: who is there, what each was told, and when each wants to act next. */
import { createServer, type Server, type Socket } from 'node:net';
import { z } from 'zod';

const nextSchema = z.number().nullable();
const messageSchema = z.union([
  z.strictObject({ hello: z.string().regex(/^[a-z0-9][a-z0-9:_-]{0,127}$/) }),
  z.strictObject({ done: z.int(), next: nextSchema }),
  z.strictObject({ next: nextSchema }),
]);

interface Client {
  readonly name: string;
  /** Waited for even while it is not connected. */
  readonly expected: boolean;
  socket: Socket | undefined;
  /** Product milliseconds; infinite for never; undefined until its first answer. */
  next: number | undefined;
  /** The turn that it has not answered yet. */
  open: { readonly turn: number; readonly now: number } | undefined;
  /** The clock has changed since that turn: it is told once it has answered. */
  stale: boolean;
}

export interface ClientsOptions {
  readonly expected: readonly string[];
  /** What a turn says: product milliseconds and product ms per wall ms. */
  readonly clock: () => { readonly now: number; readonly rate: number };
  /** Somebody came, went, answered or wants to act sooner. */
  readonly onChange: () => void;
}

/** Every line of the protocol is below a hundred bytes. */
const LINE_LENGTH_MAX = 4_096;

/** Product time jumps by whole milliseconds: who wants to act in the middle of one acts at its end, or time would circle before it. */
const never = (next: number | null): number => (next === null ? Infinity : Math.ceil(next));

export class Clients {
  readonly #options: ClientsOptions;
  readonly #clients = new Map<string, Client>();
  readonly #server: Server = createServer((socket) => this.#welcome(socket));
  readonly #sockets = new Set<Socket>();
  #turn = 0;

  constructor(options: ClientsOptions) {
    this.#options = options;
    for (const name of options.expected) this.#clients.set(name, newClient(name, true));
  }

  listen(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ host: '127.0.0.1', port }, () => {
        const address = this.#server.address();
        if (address === null || typeof address === 'string') reject(new Error('expected the conductor to listen on a port'));
        else resolve(address.port);
      });
    });
  }

  close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  /** Earliest moment at which any of them wants to act: time must not pass it. Minus infinity while one has never answered. */
  get next(): number {
    return Math.min(Infinity, ...[...this.#clients.values()].map(({ next }) => next ?? -Infinity));
  }

  /** Since when the slowest of them is behind, or will be: its next moment, or that of the turn that it has not answered. */
  get behindSince(): number {
    return Math.min(this.next, ...[...this.#clients.values()].map(({ open }) => open?.now ?? Infinity));
  }

  /** Those that owe an answer, or are expected and not there. */
  get waitingFor(): readonly string[] {
    return [...this.#clients.values()]
      .filter(({ socket, next, open }) => socket === undefined || next === undefined || open !== undefined)
      .map(({ name }) => name);
  }

  /** A turn for everybody, because the clock has changed. */
  tellAll(): void {
    for (const client of this.#clients.values()) this.#tell(client);
  }

  /** A turn for those whose moment has come, or who have answered a turn that is no longer true; answers how many that were. */
  tellDue(): number {
    const { now } = this.#options.clock();
    const due = [...this.#clients.values()].filter(
      ({ socket, next, open, stale }) => socket !== undefined && open === undefined && next !== undefined && (stale || next <= now),
    );
    for (const client of due) this.#tell(client);
    return due.length;
  }

  #tell(client: Client): void {
    if (client.socket === undefined) return;
    if (client.open !== undefined) {
      client.stale = true;
      return;
    }
    const { now, rate } = this.#options.clock();
    this.#turn += 1;
    client.stale = false;
    client.open = { turn: this.#turn, now };
    // Before its first answer nobody but the client knows whether something is due.
    client.socket.write(`${JSON.stringify({ turn: this.#turn, now, rate, due: client.next === undefined || client.next <= now })}\n`);
  }

  #welcome(socket: Socket): void {
    let client: Client | undefined;
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      this.#sockets.delete(socket);
      if (client?.socket === socket) this.#leave(client);
    });
    const onLine = (line: string): void => {
      const message = messageSchema.safeParse(parseJson(line));
      if (!message.success) socket.destroy();
      else if ('hello' in message.data) client = this.#enter(message.data.hello, socket);
      else if (client?.socket !== socket) socket.destroy();
      else this.#hear(client, message.data);
    };
    let unfinished = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      const lines = `${unfinished}${text}`.split('\n');
      unfinished = lines.pop() ?? '';
      for (const line of lines) if (!socket.destroyed) onLine(line);
      if (unfinished.length > LINE_LENGTH_MAX) socket.destroy();
    });
  }

  #enter(name: string, socket: Socket): Client {
    const client = this.#clients.get(name) ?? newClient(name, false);
    this.#clients.set(name, client);
    // The newer connection is the living one: a client that says hello again has lost the older.
    client.socket?.destroy();
    client.socket = socket;
    client.open = undefined;
    this.#tell(client);
    this.#options.onChange();
    return client;
  }

  #leave(client: Client): void {
    client.socket = undefined;
    client.open = undefined;
    if (!client.expected) this.#clients.delete(client.name);
    this.#options.onChange();
  }

  #hear(client: Client, message: { readonly done?: number; readonly next: number | null }): void {
    if (message.done === undefined) {
      // Outside a turn a moment only comes forward; the answer to a turn is what puts it off.
      if (client.next !== undefined) client.next = Math.min(client.next, never(message.next));
    } else if (message.done === client.open?.turn) {
      client.next = never(message.next);
      client.open = undefined;
    } else {
      client.socket?.destroy();
    }
    this.#options.onChange();
  }
}

const newClient = (name: string, expected: boolean): Client => ({ name, expected, socket: undefined, next: undefined, open: undefined, stale: false });

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
