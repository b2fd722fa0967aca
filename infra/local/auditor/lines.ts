/** Ledgers as they lie on the disk: one JSON document a line, the last of which may be torn. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';

/** Lines that have their end; one without was being written when its process died, so what it tells never left that process. */
export function readLines<Schema extends z.ZodType>(file: string, schema: Schema): z.infer<Schema>[] {
  if (!existsSync(file)) return [];
  const whole = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return whole.flatMap((line, index) => {
    const raw = parseJson(line);
    // A torn line in the middle was ended by the next start of its process.
    if (raw === undefined) return [];
    const parsed = schema.safeParse(raw);
    if (!parsed.success) throw new Error(`${file}, line ${index + 1}, is not understood: ${parsed.error.issues[0]?.message ?? 'something else'}`);
    return [parsed.data];
  });
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Name without its ending → path, of every ledger in a folder; none when there is no folder. */
export const ledgersIn = (folder: string): Map<string, string> =>
  new Map(
    (existsSync(folder) ? readdirSync(folder) : [])
      .filter((name) => name.endsWith('.ndjson'))
      .sort()
      .map((name) => [name.slice(0, -'.ndjson'.length), path.join(folder, name)]),
  );
