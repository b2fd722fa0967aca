/** What one language says the other says too: the same keys, functions with the same number of values, and no text left empty. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const app = path.join(import.meta.dirname, '..', '..', 'app');
const files = readdirSync(app, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\/([a-z-]+-)?words\.ts$/.test(file) && /^export const words\b/m.test(readFileSync(path.join(app, file), 'utf8')))
  .sort();
const moduleSchema = z.object({ words: z.strictObject({ en: z.record(z.string(), z.unknown()), de: z.record(z.string(), z.unknown()) }) });

/** `title: text`, `left: (2)`, `status.placed: text` */
function shapeOf(words: unknown, at = ''): string[] {
  if (typeof words === 'string') return [`${at}: ${words.trim() === '' ? 'empty' : 'text'}`];
  if (typeof words === 'function') return [`${at}: (${words.length})`];
  const inside = z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]).parse(words);
  return Object.entries(inside).flatMap(([key, value]) => shapeOf(value, at === '' ? key : `${at}.${key}`));
}

describe('the words of the app', () => {
  it('stand in a file for each area', () => {
    expect(files).toEqual(expect.arrayContaining(['design/words.ts', 'frame/words.ts', 'home/words.ts']));
  });

  describe.each(files)('%s', (file) => {
    let words: z.infer<typeof moduleSchema>['words'];
    beforeAll(async () => {
      ({ words } = moduleSchema.parse(await import(path.join(app, file))));
    });

    it('says the same in both languages', () => {
      expect(shapeOf(words.de).sort()).toEqual(shapeOf(words.en).sort());
      expect(shapeOf(words.en).filter((line) => line.endsWith(': empty'))).toEqual([]);
    });
  });
});
