/** Everything that a run keeps: who it belongs to, that only one program uses it, and whether the last one ended by itself. */
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { ANSWERED_BY_HAND, BY_HAND } from '../auditor/answered-by-hand.ts';
import type { Access } from '../cloud/control.ts';
import { UsageError, type Options } from '../options.ts';

const keptSchema = z.strictObject({ seed: z.int(), households: z.int(), simulate: z.boolean() });
const lockSchema = z.object({ pid: z.int(), url: z.string().optional() });

export type Fault = 'cloud-killed' | 'simulator-killed' | 'run-interrupted' | 'line-cut';

export class DataDirectory {
  readonly path: string;

  /** @throws UsageError when the folder is in use, belongs to another run, or cannot be written */
  constructor({ data, fresh, seed, households, simulate }: Options) {
    this.path = data;
    try {
      this.#refuseSecondProgram();
      if (fresh) this.#forget();
      mkdirSync(this.inside('ledgers'), { recursive: true });
      mkdirSync(this.inside('doorstep'), { recursive: true });
      this.#keep({ seed, households, simulate });
      if (existsSync(this.inside('running.json'))) this.note('run-interrupted');
      writeFileSync(this.inside('running.json'), JSON.stringify({ pid: process.pid }));
    } catch (error) {
      throw error instanceof UsageError ? error : folderProblem(data, error);
    }
  }

  inside(...parts: string[]): string {
    return path.join(this.path, ...parts);
  }

  /** Counted over all programs that have worked on this folder. */
  note(fault: Fault): void {
    appendFileSync(this.inside('faults.ndjson'), `${JSON.stringify({ fault })}\n`);
  }

  /** For other programs of this user, such as `npm run why`, while the run has the tables open. */
  keepAccess(access: Access): void {
    writeFileSync(this.inside('access.json'), JSON.stringify(access), { mode: 0o600 });
  }

  forgetAccess(): void {
    rmSync(this.inside('access.json'), { force: true });
  }

  /** From now on the members' ledger does not hold every answer: the auditor must not ask it for them. */
  noteAnsweredByHand(): void {
    writeFileSync(this.inside(ANSWERED_BY_HAND), '');
  }

  /** Told to whoever starts a second run on this folder. */
  keepUrl(url: string): void {
    writeFileSync(this.inside('running.json'), JSON.stringify({ pid: process.pid, url }));
  }

  /** Whoever signs in to the app answers by hand until the run ends: a file for each, which simulated members look for. */
  forgetWhoAnswers(): void {
    rmSync(this.inside(BY_HAND), { recursive: true, force: true });
    mkdirSync(this.inside(BY_HAND));
  }

  /** The members who have signed in to the app since the run began. */
  whoAnswers(): string[] {
    return existsSync(this.inside(BY_HAND)) ? readdirSync(this.inside(BY_HAND)) : [];
  }

  release(): void {
    rmSync(this.inside('running.json'), { force: true });
  }

  /** Only a folder that is ours is emptied: whoever mistypes --data must not lose their own files. */
  #forget(): void {
    const isOurs = !existsSync(this.path) || existsSync(this.inside('run.json')) || readdirSync(this.path).length === 0;
    if (!isOurs) throw new UsageError(`${this.path} is not the folder of a run; nothing was removed. Choose another with --data.`);
    rmSync(this.path, { recursive: true, force: true });
  }

  #refuseSecondProgram(): void {
    const file = this.inside('running.json');
    if (!existsSync(file)) return;
    const lock = lockSchema.safeParse(parseJson(readFileSync(file, 'utf8')));
    if (lock.success && lock.data.pid !== process.pid && isAlive(lock.data.pid)) {
      const where = lock.data.url === undefined ? '' : ` at ${lock.data.url}`;
      throw new UsageError(`${this.path} is in use by another run${where} (process ${lock.data.pid}); stop it or choose another folder with --data.`);
    }
  }

  #keep(now: z.infer<typeof keptSchema>): void {
    const file = this.inside('run.json');
    if (!existsSync(file)) return writeFileSync(file, JSON.stringify(now));
    const before = keptSchema.safeParse(parseJson(readFileSync(file, 'utf8')));
    if (!before.success) throw new UsageError(`${file} is damaged; begin anew with --fresh or choose another folder with --data.`);
    const { seed, households } = before.data;
    if (seed !== now.seed || households !== now.households) {
      throw new UsageError(
        `${this.path} holds a run with --seed ${seed} --households ${households}; give the same, begin anew with --fresh, or choose another --data.`,
      );
    }
    writeFileSync(file, JSON.stringify(now));
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch {
    return false;
  }
}

/** Killed, but not yet buried by its parent: it answers signals and does nothing any more (proc(5), third field of stat). */
function isZombie(pid: number): boolean {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return false;
  return /^\d+ \(.*\) Z /s.test(readFileSync(file, 'utf8'));
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'may not be written by this user',
  EPERM: 'may not be written by this user',
  EROFS: 'is on a disk that is read-only',
  ENOSPC: 'is on a disk that is full',
  ENOTDIR: 'lies below a file, not a folder',
  EEXIST: 'is a file, not a folder',
};

function folderProblem(folder: string, error: unknown): Error {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const reason = REASONS[code];
  if (reason === undefined) return error instanceof Error ? error : new Error(String(error));
  return new UsageError(`The data folder ${folder} ${reason}; choose another with --data.`);
}
