/** Why messages failed, from the logs of a run: the last error that names each. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { linesWith } from '../trace/log-lines.ts';

const failureSchema = z.object({
  level: z.literal('ERROR'),
  service: z.string(),
  event: z.object({ id: z.string() }).optional(),
  due: z.string().optional(),
  error: z.union([z.string(), z.object({ message: z.string() }).transform(({ message }) => message)]),
});

/** @param keys event ids, or the keys of items that were due */
export async function reasonsOf(data: string, keys: readonly string[]): Promise<Map<string, string>> {
  const folder = path.join(data, 'logs');
  const reasons = new Map<string, string>();
  if (keys.length === 0 || !existsSync(folder)) return reasons;
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.ndjson'))) {
    for await (const line of linesWith(path.join(folder, file), keys)) {
      const parsed = failureSchema.safeParse(line);
      const key = parsed.data?.event?.id ?? parsed.data?.due;
      if (parsed.success && key !== undefined) reasons.set(key, `${parsed.data.service}: ${parsed.data.error}`);
    }
  }
  return reasons;
}
