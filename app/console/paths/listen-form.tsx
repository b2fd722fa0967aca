/** Which moments: picked by what they are called, and what they have to say beside. */
import { Switch } from '../../design/choice.tsx';
import { TextField } from '../../design/field.tsx';
import { useWords } from '../../words/use-words.ts';
import { TypePicker } from '../segments/type-picker.tsx';
import { words } from './builder-words.ts';
import { FaultLine, useFaults } from '../fields/faults.tsx';
import type { Definition } from './path-shape.ts';

type End = Definition['success'][number];
type Where = NonNullable<End['where']>;

interface ListenProps<Heard extends Definition['trigger'] | End> {
  readonly label: string;
  readonly listen: Heard;
  readonly at: string;
  readonly onChange: (listen: Heard) => void;
}

export function ListenForm<Heard extends Definition['trigger'] | End>({ label, listen, at, onChange }: ListenProps<Heard>) {
  const fault = useFaults();
  const change = (where: Where) => {
    const { where: _before, ...others } = listen;
    onChange((Object.keys(where).length === 0 ? others : { ...others, where }) as Heard);
  };
  return (
    <div class="stack-tight form-wide">
      <TypePicker mayType label={label} types={listen.on} error={fault(`${at}.on`, true)} change={(on) => onChange({ ...listen, on: [...on] })} />
      <Facts where={listen.where ?? {}} at={`${at}.where`} onChange={change} />
    </div>
  );
}

/** As people type them: a number is one, yes and no are true and false. */
const factOf = (typed: string): string | number | boolean =>
  typed === 'true' || typed === 'false' ? typed === 'true' : typed.trim() !== '' && String(Number(typed)) === typed.trim() ? Number(typed) : typed;

function Facts({ where, at, onChange }: { readonly where: Where; readonly at: string; readonly onChange: (where: Where) => void }) {
  const t = useWords(words);
  const facts = Object.entries(where);
  const change = (index: number, name: string, value: Where[string]) => onChange(Object.fromEntries(facts.with(index, [name, value])));
  return (
    <>
      {facts.map(([name, value], index) => (
        <div key={index} class="form-fields path-fact">
          <TextField label={t.factName} value={name} maxLength={60} onChange={(text) => change(index, text, value)} />
          <TextField label={t.factValue} value={String(value)} maxLength={80} onChange={(text) => change(index, name, factOf(text))} />
          <button type="button" class="console-plain" onClick={() => onChange(Object.fromEntries(facts.toSpliced(index, 1)))}>
            {t.withoutFact(name)}
          </button>
        </div>
      ))}
      {where[''] === undefined && (
        <button type="button" class="console-plain" onClick={() => onChange({ ...where, '': '' })}>
          {t.addFact}
        </button>
      )}
      <FaultLine at={at} isWithin />
    </>
  );
}

interface EndsProps {
  readonly label: string;
  readonly hint: string;
  readonly ends: readonly End[];
  readonly at: string;
  readonly onChange: (ends: End[]) => void;
}

/** Any of several ends a run. */
export function EndsForm({ label, hint, ends, at, onChange }: EndsProps) {
  const t = useWords(words);
  const set = (index: number, end: End) => onChange(ends.map((one, place) => (place === index ? end : one)));
  return (
    <fieldset class="form-part">
      <legend>{label}</legend>
      <p class="small soft">{hint}</p>
      {ends.map((end, index) => (
        <div key={index} class="path-end">
          <ListenForm label={t.moment(index + 1)} listen={end} at={`${at}.${index}`} onChange={(changed) => set(index, changed)} />
          <Switch
            label={t.anywhere}
            hint={t.anywhereHint}
            checked={end.anywhere === true}
            onChange={(isOn) => {
              const { anywhere: _before, ...others } = end;
              set(index, isOn ? { ...others, anywhere: true } : others);
            }}
          />
          <button type="button" class="console-plain" onClick={() => onChange(ends.toSpliced(index, 1))}>
            {t.withoutMoment(index + 1)}
          </button>
        </div>
      ))}
      <FaultLine at={at} />
      {ends.length < 6 && (
        <button type="button" class="console-plain" onClick={() => onChange([...ends, { on: [] }])}>
          {t.addMoment}
        </button>
      )}
    </fieldset>
  );
}
