/** Follows the one product clock of all processes: does what is due on each turn, and says when it next wants to act. */
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { backoff } from './backoff.ts';
import { drawsOf } from './random.ts';

const turnSchema = z.looseObject({ turn: z.int(), now: z.number(), rate: z.number().min(0), due: z.boolean() });
type Turn = z.infer<typeof turnSchema>;

export interface Part {
  readonly port: number;
  readonly name: 'devices' | 'members';
  /** Carries out everything due at `now` or before, product milliseconds. */
  act(now: number): Promise<void>;
  /** The product moment of the next action, `null` for none. */
  nextAt(): number | null;
  /** A turn that throws is a bug of ours, or a full disk: the process ends and is started again. */
  onBug(error: unknown): void;
}

export class Conductor {
  readonly #part: Part;
  readonly #waits;
  #socket: Socket | undefined;
  #heard = { now: 0, rate: 0, wallAt: 0 };
  #turns: Promise<void> = Promise.resolve();
  #turnsOpen = 0;
  #whenTold: (() => void)[] = [];
  #closed = false;

  constructor(part: Part) {
    this.#part = part;
    this.#waits = backoff(drawsOf('conductor', part.name, process.pid), { firstMillis: 100, mostMillis: 2_000 });
    this.#open();
  }

  /** Product time now, in milliseconds; meaningful from the first turn on. */
  now(): number {
    return this.#heard.now + (performance.now() - this.#heard.wallAt) * this.#heard.rate;
  }

  /**
   * Tells that `nextAt()` has come forward. Resolves when the clock can no longer pass it: at once within a turn, whose `done` will
   * carry it; otherwise when the line has been handed over, after a reconnection if need be.
   */
  bringForward(): Promise<void> {
    if (this.#turnsOpen > 0) return Promise.resolve();
    return new Promise((resolve) => {
      if (this.#socket === undefined) this.#whenTold.push(resolve);
      else this.#say(this.#socket, { next: this.#part.nextAt() }, resolve);
    });
  }

  close(): void {
    this.#closed = true;
    this.#socket?.destroy();
  }

  #open(): void {
    const socket = connect({ port: this.#part.port, host: '127.0.0.1', noDelay: true });
    socket.on('connect', () => this.#say(socket, { hello: this.#part.name }));
    // A refused or broken connection also closes, and `close` does what there is to do.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (this.#socket === socket) this.#socket = undefined;
      if (!this.#closed) setTimeout(() => this.#open(), this.#waits.next());
    });
    // The lines' own stream repeats the socket's error.
    createInterface({ input: socket, crlfDelay: Infinity })
      .on('line', (line) => this.#hear(socket, line))
      .on('error', () => undefined);
  }

  #hear(socket: Socket, line: string): void {
    const turn = turnOf(line);
    if (turn === undefined) {
      socket.destroy();
      return;
    }
    this.#waits.restart();
    this.#heard = { now: turn.now, rate: turn.rate, wallAt: performance.now() };
    this.#turnsOpen += 1;
    this.#turns = this.#turns.then(() => this.#take(socket, turn)).catch((error: unknown) => this.#part.onBug(error));
  }

  async #take(socket: Socket, turn: Turn): Promise<void> {
    await this.#part.act(turn.now);
    this.#turnsOpen -= 1;
    // The turn of a lost connection is not answered: the next hello is given a new one.
    if (socket.destroyed) return;
    this.#socket = socket;
    this.#say(socket, { done: turn.turn, next: this.#part.nextAt() }, () => this.#whenTold.splice(0).forEach((told) => told()));
  }

  #say(socket: Socket, message: object, said?: () => void): void {
    socket.write(`${JSON.stringify(message)}\n`, (error) => {
      if (said === undefined) return;
      if (error) this.#whenTold.push(said);
      else said();
    });
  }
}

function turnOf(line: string): Turn | undefined {
  try {
    return turnSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
