/** The shop's watch: the one product clock of the simulation. Whoever wants to act says when, and acts when its turn comes. */
import { connect, type Socket } from 'node:net';
import { z } from 'zod';

const turnSchema = z.object({ turn: z.number(), now: z.number(), rate: z.number().min(0), due: z.boolean() });
type Turn = z.infer<typeof turnSchema>;

const RECONNECT_MILLIS = { least: 100, most: 2_000 } as const;

export class Conductor {
  readonly #port: number;
  readonly #name: string;
  readonly #act: (now: number) => Promise<number | null>;
  #socket: Socket | undefined;
  #clock: { now: number; rate: number; readAt: number } | undefined;
  #turnsOpen = 0;
  #turns: Promise<void> = Promise.resolve();
  #retryMillis: number = RECONNECT_MILLIS.least;
  #reconnect: NodeJS.Timeout | undefined;
  #closed = false;

  /** @param act carries out everything that is due at a product instant and says when it next wants to act */
  constructor({ port, name, act }: { port: number; name: string; act: (now: number) => Promise<number | null> }) {
    this.#port = port;
    this.#name = name;
    this.#act = act;
  }

  /** Product milliseconds; undefined while nobody tells the time. */
  get now(): number | undefined {
    return this.#clock && this.#clock.now + (performance.now() - this.#clock.readAt) * this.#clock.rate;
  }

  start(): void {
    if (this.#closed) return;
    const socket = connect({ host: '127.0.0.1', port: this.#port });
    let text = '';
    socket.setEncoding('utf8').setNoDelay(true);
    socket.on('connect', () => {
      this.#socket = socket;
      say(socket, { hello: this.#name });
    });
    socket.on('data', (chunk: string) => {
      const lines = (text + chunk).split('\n');
      text = lines.pop() ?? '';
      for (const line of lines) this.#take(turnSchema.parse(JSON.parse(line)), socket);
    });
    // The close follows, and that is where the next try begins.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#socket = undefined;
      this.#clock = undefined;
      this.#reconnect = setTimeout(() => this.start(), this.#retryMillis);
      this.#retryMillis = Math.min(this.#retryMillis * 2, RECONNECT_MILLIS.most);
    });
  }

  /** To be called before anything is answered that makes us want to act: afterwards the clock may already have jumped. */
  bringForward(next: number): void {
    // Within a turn the clock waits for us, and the turn ends by saying the same.
    if (this.#socket && this.#turnsOpen === 0) say(this.#socket, { next });
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#reconnect);
    this.#socket?.destroy();
  }

  #take({ turn, now, rate }: Turn, socket: Socket): void {
    this.#retryMillis = RECONNECT_MILLIS.least;
    this.#clock = { now, rate, readAt: performance.now() };
    this.#turnsOpen += 1;
    this.#turns = this.#turns.then(async () => {
      const next = await this.#act(now);
      this.#turnsOpen -= 1;
      say(socket, { done: turn, next });
    });
  }
}

function say(socket: Socket, message: object): void {
  if (socket.writable) socket.write(`${JSON.stringify(message)}\n`);
}
