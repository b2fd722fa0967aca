/** The company's website as a source of touchpoints; its write key is shown once, so it is kept with the run. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { ApiClient } from './api-client.ts';
import type { DataDirectory } from './data-directory.ts';

export const WEBSITE = 'src_website';
const madeSchema = z.object({ writeKey: z.string() });

/** @returns the write key, the same on every start of a run */
export async function seedWebsite(operator: ApiClient, data: DataDirectory): Promise<string> {
  const file = data.inside('tokens', 'website.key');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  await operator.put(`/sources/${WEBSITE}`, { name: 'Website', channel: 'web', phase: 'information' });
  // A start that died between the key and the file leaves a key that nobody knows: the next one has another name.
  const { writeKey } = madeSchema.parse(await operator.put(`/sources/${WEBSITE}/keys/run-${String(Date.now() % 1_000_000)}`, undefined));
  writeFileSync(file, writeKey, { mode: 0o600 });
  return writeKey;
}
