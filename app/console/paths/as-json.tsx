/** The whole path as text, for whoever would rather paste than fill in; taken once it is a path. */
import { useState } from 'preact/hooks';
import { readPath } from '../../../shared/journey/conversion-path/path-faults.ts';
import { Field } from '../../design/field.tsx';
import { language } from '../../words/language.ts';
import { useWords } from '../../words/use-words.ts';
import { words as builder } from './builder-words.ts';
import type { Definition } from './path-shape.ts';
import { words } from './paths-words.ts';

export function AsJson({ draft, onChange }: { readonly draft: Definition; readonly onChange: (draft: Definition) => void }) {
  const t = useWords(words);
  const b = useWords(builder);
  /** While somebody types; undefined: as the fields say. */
  const [typed, setTyped] = useState<string>();
  const [error, setError] = useState<string>();
  const read = (text: string) => {
    setTyped(text);
    try {
      const { path, faults } = readPath(JSON.parse(text));
      setError(faults?.map(({ at, words: said }) => `${at}: ${said[language.value]}`).join(' '));
      if (path !== undefined) onChange(path);
    } catch (problem) {
      setError(t.badJson(problem instanceof Error ? problem.message : String(problem)));
    }
  };
  const leave = () => {
    if (error === undefined) setTyped(undefined);
  };
  return (
    <details class="console-details">
      <summary>{b.everything}</summary>
      <Field label={b.everything} error={error}>
        {(bound) => (
          <textarea
            {...bound}
            class="input path-json"
            spellcheck={false}
            value={typed ?? JSON.stringify(draft, undefined, 2)}
            onInput={({ currentTarget }) => read(currentTarget.value)}
            onBlur={leave}
          />
        )}
      </Field>
    </details>
  );
}
