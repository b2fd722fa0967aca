/** `npm start` as a person calls it, in a folder of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { summarySchema } from '../infra/local/auditor/summary.ts';

const root = path.join(import.meta.dirname, '..');

export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = z.object({ port: z.int() }).parse(server.address());
      server.close(() => resolve(port));
    });
  });

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

export class Run {
  readonly data: string;
  readonly port: number;
  #process: ChildProcess | undefined;
  #output = '';
  #heard: () => void = () => undefined;

  private constructor(data: string, port: number) {
    this.data = data;
    this.port = port;
  }

  static async prepare(): Promise<Run> {
    return new Run(await mkdtemp(path.join(tmpdir(), 'nachschub-run-')), await freePort());
  }

  /** Starts it; resolves when it has ended. May be called again: the same folder goes on. */
  start(args: readonly string[]): Promise<Ended> {
    const given = [...args, '--data', path.join(this.data, 'data'), '--port', String(this.port), '--summary', this.summaryFile];
    this.#output = '';
    const child = spawn(process.execPath, ['infra/start.mjs', ...given], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    this.#process = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        this.#output += chunk;
        this.#heard();
      });
    }
    return new Promise((resolve) => child.once('close', (code) => resolve({ code, output: this.#output })));
  }

  /** Resolves when what was printed says so; rejects when the process ends without. */
  async says(pattern: RegExp): Promise<string> {
    while (!pattern.test(this.#output)) {
      if (this.#process?.exitCode !== null) throw new Error(`it ended without saying ${String(pattern)}:\n${this.#output}`);
      await new Promise<void>((resolve) => {
        this.#heard = resolve;
        this.#process?.once('exit', () => resolve());
      });
    }
    return this.#output;
  }

  get summaryFile(): string {
    return path.join(this.data, 'summary.json');
  }

  async summary(): Promise<z.infer<typeof summarySchema>> {
    return summarySchema.parse(JSON.parse(await readFile(this.summaryFile, 'utf8')));
  }

  /** kill -9 of the local cloud alone; false when it was just not there. */
  async killCloud(): Promise<boolean> {
    const pid = Number(await readFile(path.join(this.data, 'data', 'cloud.pid'), 'utf8'));
    return tryKill(pid);
  }

  /** kill -9 of everything at once, as when the power button is held. */
  killAll(): void {
    const pid = this.#process?.pid;
    if (pid !== undefined) tryKill(-pid);
  }

  stop(): void {
    this.#process?.kill('SIGTERM');
  }

  async remove(): Promise<void> {
    this.killAll();
    await rm(this.data, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

function tryKill(pid: number): boolean {
  try {
    process.kill(pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}
