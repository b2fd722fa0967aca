/** What a path is called and for, what it is about, and how often it may begin. */
import { pathKeys } from '../../../shared/journey/conversion-path/moment.ts';
import { reachPurposes } from '../../../shared/journey/outreach/words.ts';
import { phaseNames } from '../../../shared/journey/phase/phase-wording.ts';
import { phaseSchema } from '../../../shared/journey/words.ts';
import { Select, Switch } from '../../design/choice.tsx';
import { NumberField, TextField } from '../../design/field.tsx';
import { language } from '../../words/language.ts';
import { useWords } from '../../words/use-words.ts';
import { shownNumber, typedNumber } from '../fields/typed-number.ts';
import { words as builder } from './builder-words.ts';
import { useFaults } from '../fields/faults.tsx';
import type { Definition } from './path-shape.ts';
import { words } from './paths-words.ts';

interface PartProps {
  readonly draft: Definition;
  readonly set: (change: Partial<Definition>) => void;
}

/** Nothing in both languages is nothing. */
const filled = (told: NonNullable<Definition['told']>) => (told.de === '' && told.en === '' ? undefined : told);

export function Names({ draft, set, isNew }: PartProps & { readonly isNew: boolean }) {
  const t = useWords(words);
  const b = useWords(builder);
  const fault = useFaults();
  return (
    <fieldset class="form-part">
      <legend>{b.whatItIs}</legend>
      <div class="form-fields">
        {(['de', 'en'] as const).map((which) => (
          <TextField
            key={which}
            label={`${t.name}, ${which === 'de' ? t.inGerman : t.inEnglish}`}
            value={draft.name[which]}
            maxLength={60}
            error={fault(`name.${which}`)}
            onChange={(text) => set({ name: { ...draft.name, [which]: text } })}
          />
        ))}
        {(['de', 'en'] as const).map((which) => (
          <TextField
            key={which}
            label={`${t.goal}, ${which === 'de' ? t.inGerman : t.inEnglish}`}
            value={draft.goal[which]}
            maxLength={200}
            error={fault(`goal.${which}`)}
            onChange={(text) => set({ goal: { ...draft.goal, [which]: text } })}
          />
        ))}
        {(['de', 'en'] as const).map((which) => (
          <TextField
            key={which}
            label={`${t.told}, ${which === 'de' ? t.inGerman : t.inEnglish}`}
            value={draft.told?.[which] ?? ''}
            maxLength={80}
            error={fault(`told.${which}`)}
            onChange={(text) => set({ told: filled({ de: '', en: '', ...draft.told, [which]: text }) })}
          />
        ))}
        <TextField label={b.id} hint={b.idHint} value={draft.path} maxLength={40} disabled={!isNew} error={fault('path')} onChange={(path) => set({ path })} />
        <Select
          label={b.key}
          hint={b.keyHint}
          value={draft.key}
          options={pathKeys.map((value) => ({ value, label: b.keys[value] }))}
          onChange={(key) => set({ key })}
        />
        <Select
          label={b.purpose}
          hint={b.purposeHints[draft.purpose]}
          value={draft.purpose}
          error={fault('purpose')}
          options={reachPurposes.map((value) => ({ value, label: b.purposes[value] }))}
          onChange={(purpose) => set({ purpose })}
        />
        <Select
          label={b.phase}
          value={draft.phase}
          options={phaseSchema.options.map((value) => ({ value, label: phaseNames[value][language.value] }))}
          onChange={(phase) => set({ phase })}
        />
      </div>
    </fieldset>
  );
}

export function Limits({ draft, set }: PartProps) {
  const t = useWords(words);
  const b = useWords(builder);
  const fault = useFaults();
  const { reentry } = draft;
  return (
    <fieldset class="form-part">
      <legend>{b.limits}</legend>
      <div class="form-fields">
        <Select
          label={b.reentry}
          value={reentry === 'never' ? 'never' : 'after'}
          options={[
            { value: 'never', label: b.never },
            { value: 'after', label: b.after },
          ]}
          onChange={(which) => set({ reentry: which === 'never' ? 'never' : { afterDays: 30 } })}
        />
        {reentry !== 'never' && (
          <NumberField
            label={b.afterDays}
            step={1}
            value={shownNumber(reentry.afterDays)}
            error={fault('reentry', true)}
            onChange={(typed) => set({ reentry: { afterDays: typedNumber(typed) } })}
          />
        )}
        <NumberField
          label={b.lapses}
          hint={b.lapsesHint}
          step={1}
          value={shownNumber(draft.lapsesAfterDays)}
          error={fault('lapsesAfterDays')}
          onChange={(typed) => set({ lapsesAfterDays: typedNumber(typed) })}
        />
        <NumberField
          label={t.controlShare}
          hint={t.controlHint}
          step={1}
          value={shownNumber(draft.controlShare)}
          error={fault('controlShare')}
          onChange={(typed) => set({ controlShare: typedNumber(typed) })}
        />
      </div>
      <Quiet draft={draft} set={set} />
    </fieldset>
  );
}

function Quiet({ draft: { quiet }, set }: PartProps) {
  const b = useWords(builder);
  const fault = useFaults();
  return (
    <>
      <Switch label={b.quiet} hint={b.quietHint} checked={quiet !== undefined} onChange={(isOn) => set({ quiet: isOn ? { from: 20, to: 8 } : undefined })} />
      {quiet !== undefined && (
        <div class="form-fields">
          {(['from', 'to'] as const).map((which) => (
            <NumberField
              key={which}
              label={which === 'from' ? b.quietFrom : b.quietTo}
              step={1}
              min={0}
              max={23}
              value={shownNumber(quiet[which])}
              error={fault(`quiet.${which}`)}
              onChange={(typed) => set({ quiet: { ...quiet, [which]: typedNumber(typed) } })}
            />
          ))}
        </div>
      )}
    </>
  );
}
