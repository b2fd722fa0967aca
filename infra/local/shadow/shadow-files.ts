/** Every shadow is one small file, replaced as a whole: a crash leaves the one before or the one after. */
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { shadowSchema, type Shadow } from './shadow.ts';
import type { ShadowName } from './shadow-name.ts';

/** A deleted shadow leaves its version behind, so that a new one of the name goes on counting (48 hours on AWS). */
const keptSchema = z.union([
  shadowSchema.extend({ deletedAtSeconds: z.undefined().optional() }),
  z.object({ version: z.int().min(1), deletedAtSeconds: z.int() }),
]);

export type Kept = { readonly shadow: Shadow } | { readonly versionBefore: number; readonly deletedAtSeconds: number };

export class ShadowFiles {
  readonly #directory: string;
  /** One after the other for each shadow. */
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Runs `work` while nobody else works on this shadow. */
  async inTurn<Result>(name: ShadowName, work: () => Promise<Result>): Promise<Result> {
    const file = this.#fileOf(name);
    const turn = (this.#turns.get(file) ?? Promise.resolve()).then(work, work);
    this.#turns.set(file, turn);
    try {
      return await turn;
    } finally {
      if (this.#turns.get(file) === turn) this.#turns.delete(file);
    }
  }

  async read(name: ShadowName): Promise<Kept | undefined> {
    let text: string;
    try {
      text = await readFile(this.#fileOf(name), 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    }
    const kept = keptSchema.parse(JSON.parse(text));
    if (kept.deletedAtSeconds !== undefined) return { versionBefore: kept.version, deletedAtSeconds: kept.deletedAtSeconds };
    return { shadow: shadowSchema.parse(kept) };
  }

  /** Resolves once it is on the disk. */
  async write(name: ShadowName, kept: Kept): Promise<void> {
    const file = this.#fileOf(name);
    await mkdir(path.dirname(file), { recursive: true });
    const value = 'shadow' in kept ? kept.shadow : { version: kept.versionBefore, deletedAtSeconds: kept.deletedAtSeconds };
    const handle = await open(`${file}.draft`, 'w', 0o600);
    try {
      await handle.writeFile(JSON.stringify(value));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(`${file}.draft`, file);
  }

  /** The classic shadow has no name, so no named one can be its file. Names may hold a colon, which not every file system takes. */
  #fileOf({ thing, name }: ShadowName): string {
    const folder = path.join(this.#directory, encodeURIComponent(thing));
    return name === undefined ? path.join(folder, 'classic.json') : path.join(folder, 'named', `${encodeURIComponent(name)}.json`);
  }
}
