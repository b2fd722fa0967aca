/** How many readings came in and what became of them, counted from the runtime's own journal. */
import { z } from 'zod';
import { GrowingFile } from './growing-file.ts';
import { parsed } from './receipts.ts';

const verdictSchema = z.enum(['applied', 'ignored', 'quarantined']);
const lineSchema = z.object({
  journal: z.literal('readings'),
  outcomes: z.array(z.tuple([z.string(), z.number(), z.number(), verdictSchema]).rest(z.unknown())),
});

export type ReadingCounts = Readonly<Record<z.infer<typeof verdictSchema>, number>>;

export class Readings {
  readonly #file: GrowingFile;
  readonly #counts = { applied: 0, ignored: 0, quarantined: 0 };

  constructor(path: string) {
    this.#file = new GrowingFile(path);
  }

  async read(): Promise<ReadingCounts> {
    for (const line of await this.#file.newLines()) {
      const entry = lineSchema.safeParse(parsed(line));
      if (entry.success) for (const [, , , verdict] of entry.data.outcomes) this.#counts[verdict] += 1;
    }
    return { ...this.#counts };
  }
}
