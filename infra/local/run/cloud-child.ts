/** The local cloud's process, started again whenever it dies, and the calls that we make to it. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { accessSchema, replySchema, type Access, type Call, type Run } from '../cloud/control.ts';
import type { Person } from '../identity/people.ts';
import { Child } from './child.ts';
import type { DataDirectory } from './data-directory.ts';

interface Waiting {
  readonly request: Call;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A cloud that ends by itself this often without ever being ready is broken, not unlucky. */
const FAILED_STARTS_MAX = 3;

export class CloudChild {
  readonly #run: Run;
  readonly #data: DataDirectory;
  readonly #report: (line: string) => void;
  readonly #waiting = new Map<number, Waiting>();
  #child: Child | undefined;
  #lastId = 0;
  #failedStarts = 0;
  #isReady = false;
  #finish: { resolve: () => void; reject: (error: Error) => void } = { resolve: () => undefined, reject: () => undefined };
  #ready: { resolve: (brokerCa: string) => void; reject: (error: Error) => void } = { resolve: () => undefined, reject: () => undefined };
  /** The first time: later starts find their way without anybody waiting. */
  readonly #firstReady = new Promise<string>((resolve, reject) => (this.#ready = { resolve, reject }));
  /** Product time has come to its end and everything is done. */
  readonly finished = new Promise<void>((resolve, reject) => (this.#finish = { resolve, reject }));

  constructor(run: Run, data: DataDirectory, report: (line: string) => void) {
    this.#run = run;
    this.#data = data;
    this.#report = report;
    this.finished.catch(() => undefined);
  }

  /** Resolves with the broker's certificate authority. Rejects with one sentence when it cannot start. */
  start(): Promise<string> {
    this.#fork();
    return this.#firstReady;
  }

  #fork(): void {
    const file = this.#data.inside('cloud.json');
    writeFileSync(file, JSON.stringify(this.#run), { mode: 0o600 });
    this.#child = new Child({
      file: path.join(import.meta.dirname, '..', 'cloud', 'process.ts'),
      args: [file],
      log: this.#data.inside('logs', 'cloud.log'),
      onMessage: (message) => this.#hear(message),
      onExit: ({ signal }) => this.#died(signal),
    });
    // So that whoever wants to see it killed and come back finds it.
    writeFileSync(this.#data.inside('cloud.pid'), String(this.#child.pid ?? ''));
  }

  async #ask(request: Call): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { request, resolve, reject });
      this.#child?.send({ id, request });
    });
  }

  operatorToken = async (): Promise<string> => z.string().parse(await this.#ask({ call: 'operatorToken' }));
  addPerson = async (person: Person): Promise<void> => {
    await this.#ask({ call: 'addPerson', ...person });
  };
  memberToken = async (memberId: string): Promise<string> => z.string().parse(await this.#ask({ call: 'memberToken', memberId }));
  staffToken = async (email: string): Promise<string> => z.string().parse(await this.#ask({ call: 'staffToken', email }));
  certificate = async (thing: string): Promise<void> => {
    await this.#ask({ call: 'certificate', thing });
  };
  access = async (): Promise<Access> => accessSchema.parse(await this.#ask({ call: 'access' }));
  pause = async (): Promise<void> => {
    await this.#ask({ call: 'pause' });
  };
  resume = async (): Promise<void> => {
    await this.#ask({ call: 'resume' });
  };
  skip = async (millis: number): Promise<void> => {
    await this.#ask({ call: 'skip', millis });
  };
  drain = async (): Promise<void> => {
    await this.#ask({ call: 'drain' });
  };

  /** Each process has an address and a key of its own: whoever looks in from outside needs those of the one that runs. */
  #tellOthers(): void {
    this.access().then(
      (access) => this.#data.keepAccess(access),
      () => undefined,
    );
  }

  stop(): Promise<void> {
    return this.#child?.stop() ?? Promise.resolve();
  }

  #hear(message: unknown): void {
    const reply = replySchema.parse(message);
    switch (reply.kind) {
      case 'ready':
        this.#isReady = true;
        this.#failedStarts = 0;
        // Questions that died with the last process are asked again: each may be answered twice without harm.
        for (const [id, { request }] of this.#waiting) this.#child?.send({ id, request });
        this.#tellOthers();
        return this.#ready.resolve(reply.brokerCa);
      case 'failed': {
        const error = new Error(reply.reason);
        this.#failedStarts = FAILED_STARTS_MAX;
        this.#ready.reject(error);
        return this.#finish.reject(error);
      }
      case 'report':
        return this.#report(reply.line);
      case 'finished':
        return this.#finish.resolve();
      case 'answer':
        this.#waiting.get(reply.id)?.resolve(reply.value);
        this.#waiting.delete(reply.id);
        return;
      case 'refusal':
        this.#waiting.get(reply.id)?.reject(new Error(reply.reason));
        this.#waiting.delete(reply.id);
        return;
    }
  }

  #died(signal: NodeJS.Signals | null): void {
    // Whoever killed it says nothing about whether it can start.
    if (!this.#isReady && signal === null) this.#failedStarts += 1;
    this.#isReady = false;
    if (this.#failedStarts >= FAILED_STARTS_MAX) {
      const error = new Error(`The local cloud does not start; its last words are in ${this.#data.inside('logs', 'cloud.log')}.`);
      this.#ready.reject(error);
      return this.#finish.reject(error);
    }
    this.#data.note('cloud-killed');
    this.#report(`the local cloud ended (${signal ?? 'by itself'}) and is started again`);
    this.#fork();
  }
}
