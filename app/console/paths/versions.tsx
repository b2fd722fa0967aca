/** What a path was before: each as its chain, to be taken into the builder and tried again. */
import type { Answer } from '../../api/contract-types.ts';
import { useFormats } from '../../words/formats.ts';
import { useWords } from '../../words/use-words.ts';
import { words } from './builder-words.ts';
import { Chain } from './chain.tsx';
import { isDefinition, type Definition } from './path-shape.ts';

export type Version = Answer<'listPaths'>['paths'][number]['versions'][number];

export function Versions({ versions, take }: { readonly versions: readonly Version[]; readonly take: (definition: Definition) => void }) {
  const t = useWords(words);
  const formats = useFormats();
  if (versions.length === 0) return null;
  return (
    <details class="console-details">
      <summary>{t.versions}</summary>
      <ul class="stack">
        {versions.toReversed().map(({ version, savedAt, definition }) => (
          <li key={version} class="stack-tight">
            <strong>{t.versionOf(version, formats.dayAndTime(savedAt))}</strong>
            {isDefinition(definition) && (
              <>
                <Chain definition={definition} />
                <button type="button" class="console-plain" onClick={() => take(definition)}>
                  {t.takeVersion(version)}
                </button>
              </>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
