/** Picks touchpoints by what they are called, from whomever or from one; what others name may be typed where `mayType`. */
import { useState } from 'preact/hooks';
import { namedTypes, typeInWords } from '../../../shared/journey/type-wording.ts';
import { Select } from '../../design/choice.tsx';
import { TextField } from '../../design/field.tsx';
import { language } from '../../words/language.ts';
import { useWords } from '../../words/use-words.ts';
import { words } from './segments-words.ts';

const BY = ['', '@customer', '@automation', '@company', '@device'] as const;

interface TypePickerProps {
  readonly label: string;
  readonly types: readonly string[];
  readonly change: (types: readonly string[]) => void;
  /** Trackers and tools of others name touchpoints as they like. */
  readonly mayType?: boolean;
  readonly error?: string | undefined;
}

export function TypePicker({ label, types, change, mayType = false, error }: TypePickerProps) {
  const t = useWords(words);
  const [by, setBy] = useState<(typeof BY)[number]>('');
  const [typed, setTyped] = useState('');
  const inWords = (name: string): string => typeInWords(name, language.value);
  const offered = namedTypes.map((type) => `${type}${by}`).filter((name) => !types.includes(name));
  const add = (name: string) => {
    if (name !== '' && !types.includes(name)) change([...types, name]);
  };
  return (
    <div class="segment-types">
      <Select
        label={label}
        value=""
        error={error}
        options={[{ value: '', label: t.choose }, ...offered.map((value) => ({ value, label: inWords(value) })).sort((a, b) => a.label.localeCompare(b.label))]}
        onChange={add}
      />
      <div class="console-switch">
        {BY.map((one) => (
          <button key={one} type="button" aria-pressed={one === by} onClick={() => setBy(one)}>
            {one === '' ? t.anybody : inWords(one).replaceAll(/[()]/g, '').trim()}
          </button>
        ))}
      </div>
      {mayType && (
        <div class="segment-typed">
          <TextField label={t.typed} hint={t.typedHint} value={typed} maxLength={80} onChange={setTyped} />
          <button
            type="button"
            class="console-plain"
            onClick={() => {
              add(typed.trim() === '' ? '' : `${typed.trim()}${by}`);
              setTyped('');
            }}
          >
            {t.take}
          </button>
        </div>
      )}
      <ul class="segment-chosen">
        {types.map((name) => (
          <li key={name}>
            {inWords(name)}{' '}
            <button type="button" aria-label={t.without(inWords(name))} onClick={() => change(types.filter((one) => one !== name))}>
              ×
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
