/** Whatever moves the outlook of a household has a sentence for the household itself. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { words } from '../../app/data/outlook-words.ts';

const codesIn = (file: string, found: RegExp): string[] =>
  Array.from(readFileSync(new URL(`../../shared/journey/churn/${file}`, import.meta.url), 'utf8').matchAll(found), ([, code = '']) => code);

it('each reason and each cause is told in both languages, without a score', () => {
  const codes = [...codesIn('evidence.ts', /found\([^']*'([a-z-]+)'/g), ...codesIn('evidence.ts', /'(silent-for-long|devices-silent)'/g), 'silence'];
  const causes = codesIn('outlook-wording.ts', /^  '(bad-onboarding|no-continuing-success|bad-support|promises-broken|accumulated-experience)'/gm);
  expect([new Set(codes).size, causes.length]).toEqual([13, 5]);
  for (const code of [...codes, ...causes])
    for (const language of ['de', 'en'] as const) {
      const sentence = words[language].reasons[code]?.({ days: 3, times: 2, usual: 7 });
      expect(sentence, `${language} ${code}`).toMatch(/^[A-ZÄÖÜ].*\.$/);
      expect(sentence).not.toMatch(/score|churn|risk|segment|Risiko|Wert/i);
    }
});
