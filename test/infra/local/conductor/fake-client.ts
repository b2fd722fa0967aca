/** A simulator reduced to its line to the conductor: the test says what it answers. */
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const turnSchema = z.strictObject({ turn: z.int(), now: z.number(), rate: z.number(), due: z.boolean() });
export type Turn = z.infer<typeof turnSchema>;

export class FakeClient {
  readonly #socket: Socket;
  readonly #turns: Turn[] = [];
  readonly closed: Promise<void>;
  #waiting: ((turn: Turn) => void) | undefined;
  #onTurn: ((turn: Turn) => void) | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
    createInterface({ input: socket })
      .on('line', (line) => this.#take(turnSchema.parse(JSON.parse(line))))
      .on('error', () => undefined);
  }

  static async connect(port: number, name?: string): Promise<FakeClient> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
    const client = new FakeClient(socket);
    if (name !== undefined) client.say({ hello: name });
    return client;
  }

  /** The next turn that it is told, or has been told and not looked at. */
  turn(): Promise<Turn> {
    const told = this.#turns.shift();
    return told === undefined ? new Promise((resolve) => (this.#waiting = resolve)) : Promise.resolve(told);
  }

  /** Turns told and not looked at, once what was on its way has come. */
  async untold(): Promise<readonly Turn[]> {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return [...this.#turns];
  }

  say(message: object): void {
    this.#socket.write(`${JSON.stringify(message)}\n`);
  }

  sayText(text: string): void {
    this.#socket.write(text);
  }

  done({ turn }: Turn, next: number | null): void {
    this.say({ done: turn, next });
  }

  /** From now on every turn is answered at once, or when the promise resolves, with the next moment. */
  answer(next: (turn: Turn) => number | null | Promise<number | null>): void {
    this.#onTurn = (turn) => void Promise.resolve(next(turn)).then((moment) => this.done(turn, moment));
    for (const turn of this.#turns.splice(0)) this.#onTurn(turn);
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(turn: Turn): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (this.#onTurn !== undefined) this.#onTurn(turn);
    else if (waiting !== undefined) waiting(turn);
    else this.#turns.push(turn);
  }
}
