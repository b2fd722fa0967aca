/** What a path would have done, to whom, when, and why not. */
import type { Answer } from '../../api/contract-types.ts';
import { useFormats } from '../../words/formats.ts';
import { language } from '../../words/language.ts';
import { useWords } from '../../words/use-words.ts';
import { DataTable } from '../data-table.tsx';
import { words } from './paths-words.ts';

export function TriedSteps({ steps }: { readonly steps: Answer<'tryPath'>['steps'] }) {
  const t = useWords(words);
  const formats = useFormats();
  const told = steps.filter(({ what }) => what !== 'branch');
  if (told.length === 0) return <p class="soft">{t.triedNone}</p>;
  return (
    <DataTable
      caption={t.tryIt}
      fileName="path-tried"
      columns={[t.when, t.household, t.what, t.why, t.said]}
      rows={told.map(({ at, householdId, what, channel, because, words: said }) => [
        formats.dayAndTime(at),
        householdId,
        t.whats[what] ?? what,
        because === undefined ? (channel ?? '') : (t.reasons[because] ?? because),
        said?.[language.value].title ?? '',
      ])}
    />
  );
}
