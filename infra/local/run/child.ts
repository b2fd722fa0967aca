/** A process that we started: what it says, what we ask of it, and how it ended. */
import { fork, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';

export interface ChildOptions {
  readonly file: string;
  readonly args: readonly string[];
  /** Where its output goes: nobody's screen. */
  readonly log: string;
  readonly onMessage?: (message: unknown) => void;
  /** @param byItself false when it was killed or crashed */
  readonly onExit: (ending: { code: number | null; signal: NodeJS.Signals | null }) => void;
}

export class Child {
  readonly #process: ChildProcess;
  readonly #ended: Promise<void>;
  #isStopping = false;

  constructor({ file, args, log, onMessage, onExit }: ChildOptions) {
    // Nothing of our environment but what Node.js itself needs: no credential of the machine reaches the product.
    const { PATH = '', HOME = '', TMPDIR } = process.env;
    const env = { PATH, HOME, ...(TMPDIR !== undefined && { TMPDIR }), NODE_ENV: 'production', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
    this.#process = fork(file, [...args], { execArgv: ['--import', 'tsx', '--enable-source-maps'], env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    const sink = createWriteStream(log, { flags: 'a' });
    this.#process.stdout?.pipe(sink, { end: false });
    this.#process.stderr?.pipe(sink, { end: false });
    if (onMessage) this.#process.on('message', onMessage);
    this.#ended = new Promise((resolve) => {
      this.#process.once('exit', (code, signal) => {
        sink.end();
        resolve();
        if (!this.#isStopping) onExit({ code, signal });
      });
    });
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  send(message: object): void {
    if (this.#process.connected) this.#process.send(message);
  }

  /** Asks it to end, and ends it when it does not. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#process.kill('SIGTERM');
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), 5_000);
    await this.#ended;
    clearTimeout(timer);
  }
}
