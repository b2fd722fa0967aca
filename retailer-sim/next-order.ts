/** How the next order shall go wrong, by somebody's wish: a file beside the ledgers, taken away by the order that it happens to. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { mishapSchema, type Mishap } from './mishaps.ts';

const wishSchema = z.object({ mishaps: z.array(mishapSchema).max(20) });

export function mishapsOfNextOrder(ledgers: string, retailerId: string): Mishap[] {
  const file = join(ledgers, 'next-order', `${retailerId}.json`);
  if (!existsSync(file)) return [];
  const wish = wishSchema.safeParse(parseJson(readFileSync(file, 'utf8')));
  rmSync(file, { force: true });
  return wish.success ? wish.data.mishaps : [];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
