/** A program beside the one that is measured, so that whoever loads it does not share its thread. */
import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import type { z } from 'zod';
import type { PublishCommand } from './messages.ts';

export class Child {
  readonly #process: ChildProcess;

  constructor(file: string, settings: unknown) {
    this.#process = fork(path.join(import.meta.dirname, file), [JSON.stringify(settings)], { execArgv: ['--import', 'tsx'] });
  }

  send(command: PublishCommand): void {
    this.#process.send(command);
  }

  /** The next message, as this schema; rejects when there will be none. */
  next<Schema extends z.ZodType>(schema: Schema): Promise<z.infer<Schema>> {
    return new Promise((resolve, reject) => {
      const ended = (): void => reject(new Error('a program of the bench ended too early; its own words stand above'));
      this.#process.once('exit', ended);
      this.#process.once('message', (message) => {
        this.#process.off('exit', ended);
        const parsed = schema.safeParse(message);
        if (parsed.success) resolve(parsed.data);
        else reject(parsed.error);
      });
    });
  }

  stop(): void {
    this.#process.kill();
  }
}
