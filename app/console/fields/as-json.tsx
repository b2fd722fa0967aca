/** The whole as text, for whoever would rather paste than fill in; taken once it is as it has to be. */
import { useState } from 'preact/hooks';
import type { Fault } from '../../../shared/journey/field-faults.ts';
import { Field } from '../../design/field.tsx';
import { language } from '../../words/language.ts';

interface AsJsonProps<Draft> {
  readonly label: string;
  readonly badJson: (why: string) => string;
  readonly draft: Draft;
  readonly read: (given: unknown) => { readonly draft?: Draft | undefined; readonly faults?: readonly Fault[] | undefined };
  readonly onChange: (draft: Draft) => void;
}

export function AsJson<Draft>({ label, badJson, draft, read, onChange }: AsJsonProps<Draft>) {
  /** While somebody types; undefined: as the fields say. */
  const [typed, setTyped] = useState<string>();
  const [error, setError] = useState<string>();
  const take = (text: string) => {
    setTyped(text);
    try {
      const { draft: whole, faults } = read(JSON.parse(text));
      setError(faults?.map(({ at, words: said }) => `${at}: ${said[language.value]}`).join(' '));
      if (whole !== undefined) onChange(whole);
    } catch (problem) {
      setError(badJson(problem instanceof Error ? problem.message : String(problem)));
    }
  };
  const leave = () => {
    if (error === undefined) setTyped(undefined);
  };
  return (
    <details class="console-details">
      <summary>{label}</summary>
      <Field label={label} error={error}>
        {(bound) => (
          <textarea
            {...bound}
            class="input form-json"
            spellcheck={false}
            value={typed ?? JSON.stringify(draft, undefined, 2)}
            onInput={({ currentTarget }) => take(currentTarget.value)}
            onBlur={leave}
          />
        )}
      </Field>
    </details>
  );
}
