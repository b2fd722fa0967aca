/** The file that keeps what was made up. */
import { readFile, rename, open } from 'node:fs/promises';
import { z } from 'zod';

const keptSecretSchema = z.strictObject({ value: z.string(), versionId: z.string(), createdAtMillis: z.number() });
export type KeptSecret = z.infer<typeof keptSecretSchema>;

/** Nobody but the owner reads or writes it. */
const OWNER_ONLY = 0o600;

/** Name → secret; empty when there is no file yet. */
export async function readSecretFile(file: string): Promise<Map<string, KeptSecret>> {
  try {
    const text = await readFile(file, 'utf8');
    return new Map(Object.entries(z.record(z.string(), keptSecretSchema).parse(JSON.parse(text))));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Map();
    throw error;
  }
}

/** Beside the old one and then in its place: a crash leaves the one or the other, whole. */
export async function writeSecretFile(file: string, secrets: ReadonlyMap<string, KeptSecret>): Promise<void> {
  const fresh = `${file}.${process.pid}`;
  const handle = await open(fresh, 'w', OWNER_ONLY);
  try {
    await handle.writeFile(`${JSON.stringify(Object.fromEntries(secrets), undefined, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(fresh, file);
}
