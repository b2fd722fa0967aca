/** One running copy of a function: a worker thread that takes one event at a time, within its time limit. */
import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { DEFAULT_MEMORY_MEGABYTES, type FunctionDefinition } from './environment.ts';

export type InvokeResult = { readonly ok: true; readonly payload: unknown } | { readonly ok: false; readonly errorType: string; readonly errorMessage: string };

const errorSchema = z.object({ errorType: z.string(), errorMessage: z.string() });
const fromWorkerSchema = z.union([
  z.object({ log: z.string() }),
  z.object({ read: z.string() }),
  z.object({ ready: z.literal(true) }),
  z.object({ failedToStart: errorSchema }),
  z.object({ requestId: z.string(), payload: z.string() }),
  z.object({ requestId: z.string(), error: errorSchema }),
]);

/** Lambda gives ten seconds to start; a cold and loaded machine that starts twenty functions at once takes longer. */
const START_LIMIT_MILLIS = 60_000;

interface Invocation {
  readonly requestId: string;
  readonly event: string;
  readonly answer: (result: InvokeResult) => void;
}

export interface InstanceOptions {
  readonly definition: FunctionDefinition;
  readonly environment: Record<string, string>;
  readonly sharedClock: SharedArrayBuffer;
  readonly write: (lines: readonly string[]) => void;
  /** Told when the function reads a variable of the template, once for each copy. */
  readonly read: (variable: string) => void;
  /** Told how long each event took, from handing it over to the answer. */
  readonly ran: (millis: number) => void;
}

export class Instance {
  readonly #definition: FunctionDefinition;
  readonly #write: (lines: readonly string[]) => void;
  readonly #read: (variable: string) => void;
  readonly #ran: (millis: number) => void;
  readonly #worker: Worker;
  #unfinishedLine = '';
  #ready = false;
  #dead = false;
  #current: Invocation | undefined;
  #handedAt: number | undefined;
  #limit: NodeJS.Timeout | undefined;

  constructor({ definition, environment, sharedClock, write, read, ran }: InstanceOptions) {
    this.#definition = definition;
    this.#write = write;
    this.#read = read;
    this.#ran = ran;
    const memoryMegabytes = definition.memoryMegabytes ?? DEFAULT_MEMORY_MEGABYTES;
    const { bundleDirectory, handler, name: functionName, arn: functionArn } = definition;
    this.#worker = new Worker(new URL('./bootstrap.mjs', import.meta.url), {
      env: environment,
      argv: [],
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes },
      workerData: { bundleDirectory, handler, functionName, functionArn, memoryMegabytes, sharedClock, variables: Object.keys(definition.environment) },
    });
    this.#worker.on('message', (message) => {
      // What a bundle itself may post through worker_threads is no concern of ours.
      const { data } = fromWorkerSchema.safeParse(message);
      if (data !== undefined) this.#onMessage(data);
    });
    this.#worker.on('error', (error) => this.#onCrash(error));
    this.#worker.on('exit', (code) => this.#die('Runtime.ExitError', `Runtime exited with error: exit status ${code}`));
  }

  /** False once it has crashed, been too slow or been stopped: then it takes no further event. */
  get alive(): boolean {
    return !this.#dead;
  }

  /** Never throws and never stays unanswered. One at a time. */
  invoke(event: unknown): Promise<InvokeResult> {
    if (this.#current !== undefined) throw new Error(`${this.#definition.name} takes one event at a time`);
    return new Promise((answer) => {
      this.#current = { requestId: randomUUID(), event: JSON.stringify(event ?? null), answer };
      if (this.#dead) this.#answer({ ok: false, errorType: 'Runtime.ExitError', errorMessage: 'Runtime is stopped' });
      else if (this.#ready) this.#hand();
      else this.#limit = setTimeout(() => this.#die('Sandbox.Timedout', `Start timed out after ${START_LIMIT_MILLIS / 1_000} seconds`), START_LIMIT_MILLIS);
    });
  }

  async stop(): Promise<void> {
    this.#die('Runtime.ExitError', 'Runtime is stopped');
    await this.#worker.terminate();
  }

  #hand(): void {
    if (this.#current === undefined) return;
    const { requestId, event } = this.#current;
    const { timeoutSeconds } = this.#definition;
    clearTimeout(this.#limit);
    this.#limit = setTimeout(() => this.#die('Sandbox.Timedout', `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`), timeoutSeconds * 1_000);
    this.#handedAt = performance.now();
    this.#worker.postMessage({ requestId, event, timeoutMillis: timeoutSeconds * 1_000 });
  }

  #onMessage(message: z.infer<typeof fromWorkerSchema>): void {
    if ('log' in message) {
      const [unfinished = '', ...lines] = `${this.#unfinishedLine}${message.log}`.split('\n').reverse();
      this.#unfinishedLine = unfinished;
      this.#write(lines.reverse().filter((line) => line !== ''));
    } else if ('read' in message) {
      this.#read(message.read);
    } else if ('ready' in message) {
      this.#ready = true;
      this.#hand();
    } else if ('failedToStart' in message) {
      this.#die(message.failedToStart.errorType, message.failedToStart.errorMessage);
    } else if (message.requestId === this.#current?.requestId) {
      this.#answer('error' in message ? { ok: false, ...message.error } : { ok: true, payload: JSON.parse(message.payload) as unknown });
    }
  }

  #onCrash(error: unknown): void {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    this.#write([JSON.stringify({ level: 'ERROR', message: 'Runtime crashed', errorType: name, errorMessage: message })]);
    this.#die(name, message);
  }

  #die(errorType: string, errorMessage: string): void {
    if (this.#dead) return;
    this.#dead = true;
    void this.#worker.terminate();
    const requestId = this.#current?.requestId;
    this.#answer({ ok: false, errorType, errorMessage: requestId === undefined ? errorMessage : `RequestId: ${requestId} Error: ${errorMessage}` });
  }

  #answer(result: InvokeResult): void {
    clearTimeout(this.#limit);
    if (this.#unfinishedLine !== '') this.#write([this.#unfinishedLine]);
    this.#unfinishedLine = '';
    const current = this.#current;
    this.#current = undefined;
    if (this.#handedAt !== undefined) this.#ran(performance.now() - this.#handedAt);
    this.#handedAt = undefined;
    current?.answer(result);
  }
}
