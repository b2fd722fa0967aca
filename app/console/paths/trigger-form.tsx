/** What begins a path: which moments, how often, and what has to hold of the household. */
import { Switch } from '../../design/choice.tsx';
import { NumberField } from '../../design/field.tsx';
import { useWords } from '../../words/use-words.ts';
import { shownNumber, typedNumber } from '../fields/typed-number.ts';
import { AskedForm } from './asked-form.tsx';
import { words } from './builder-words.ts';
import { useFaults } from '../fields/faults.tsx';
import { ListenForm } from './listen-form.tsx';
import { newAsked, type Definition } from './path-shape.ts';

type Trigger = Definition['trigger'];

export function TriggerForm({ trigger, onChange }: { readonly trigger: Trigger; readonly onChange: (trigger: Trigger) => void }) {
  const t = useWords(words);
  const { restarts, given, times, ...listen } = trigger;
  const rest = { ...listen, ...(times && { times }), ...(restarts && { restarts }), ...(given && { given }) };
  const without = (name: 'times' | 'restarts' | 'given'): Trigger => {
    const { [name]: _left, ...others } = rest;
    return others;
  };
  return (
    <fieldset class="form-part">
      <legend>{t.trigger}</legend>
      <p class="small soft">{t.triggerHint}</p>
      <ListenForm label={t.beginsWith} listen={trigger} at="trigger" onChange={onChange} />
      <Switch
        label={t.onlyAfter}
        hint={t.onlyAfterHint}
        checked={times !== undefined}
        onChange={(isOn) => onChange(isOn ? { ...rest, times: { count: 3, withinDays: 90 } } : without('times'))}
      />
      {times !== undefined && <Times times={times} onChange={(changed) => onChange({ ...rest, times: changed })} />}
      <Switch
        label={t.restarts}
        hint={t.restartsHint}
        checked={restarts === true}
        onChange={(isOn) => onChange(isOn ? { ...rest, restarts: true } : without('restarts'))}
      />
      <Switch
        label={t.given}
        hint={t.givenHint}
        checked={given !== undefined}
        onChange={(isOn) => onChange(isOn ? { ...rest, given: newAsked('where') } : without('given'))}
      />
      {given !== undefined && <AskedForm asked={given} at="trigger.given" onChange={(asked) => onChange({ ...rest, given: asked })} />}
    </fieldset>
  );
}

type TimesAsked = NonNullable<Trigger['times']>;

function Times({ times, onChange }: { readonly times: TimesAsked; readonly onChange: (times: TimesAsked) => void }) {
  const t = useWords(words);
  const fault = useFaults();
  return (
    <div class="form-fields">
      {(['count', 'withinDays'] as const).map((which) => (
        <NumberField
          key={which}
          label={t[which]}
          value={shownNumber(times[which])}
          step={1}
          error={fault(`trigger.times.${which}`)}
          onChange={(typed) => onChange({ ...times, [which]: typedNumber(typed) })}
        />
      ))}
    </div>
  );
}
