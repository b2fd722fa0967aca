/** What a campaign is called and rests on; when, for how much, whom it leaves out and what counts as success. */
import { reachChannels } from '../../../shared/journey/outreach/words.ts';
import { phaseNames } from '../../../shared/journey/phase/phase-wording.ts';
import { phaseSchema } from '../../../shared/journey/words.ts';
import { Select } from '../../design/choice.tsx';
import { DateField, MoneyField, NumberField, TextField } from '../../design/field.tsx';
import { language } from '../../words/language.ts';
import { useWords } from '../../words/use-words.ts';
import { useFaults } from '../fields/faults.tsx';
import { Toggles } from '../fields/toggles.tsx';
import { shownNumber, typedNumber } from '../fields/typed-number.ts';
import { words as builder } from '../paths/builder-words.ts';
import { TypePicker } from '../segments/type-picker.tsx';
import { dayOf, endOf, lastDayOf, startOf, type Draft } from './campaign-shape.ts';
import { words } from './editor-words.ts';

export interface PartProps {
  readonly draft: Draft;
  readonly set: (change: Partial<Draft>) => void;
}
const languages = ['de', 'en'] as const;

export function BasicsForm({ draft, set, isNew }: PartProps & { readonly isNew: boolean }) {
  const t = useWords(words);
  const fault = useFaults();
  return (
    <fieldset class="form-part">
      <legend>{t.whatItIs}</legend>
      <div class="form-fields">
        {languages.map((which) => (
          <TextField
            key={which}
            label={t.name[which]}
            value={draft.name[which]}
            maxLength={80}
            error={fault(`name.${which}`)}
            onChange={(text) => set({ name: { ...draft.name, [which]: text } })}
          />
        ))}
        <TextField
          label={t.id}
          hint={t.idHint}
          value={draft.campaign}
          maxLength={40}
          disabled={!isNew}
          error={fault('campaign')}
          onChange={(campaign) => set({ campaign: campaign as Draft['campaign'] })}
        />
      </div>
      <div class="form-fields">
        <Select
          label={t.purpose}
          hint={t.purposeHints[draft.purpose]}
          value={draft.purpose}
          options={(['suggestion', 'news'] as const).map((value) => ({ value, label: t.purposes[value] }))}
          onChange={(purpose) => set({ purpose })}
        />
        <Select
          label={t.phase}
          value={draft.phase}
          options={phaseSchema.options.map((value) => ({ value, label: phaseNames[value][language.value] }))}
          onChange={(phase) => set({ phase })}
        />
      </div>
      <div class="form-fields">
        {languages.map((which) => (
          <TextField
            key={which}
            label={t.reason[which]}
            hint={t.reasonHint}
            value={draft.reason[which]}
            maxLength={200}
            error={fault(`reason.${which}`)}
            onChange={(text) => set({ reason: { ...draft.reason, [which]: text } })}
          />
        ))}
      </div>
    </fieldset>
  );
}

export function FrameForm({ draft, set }: PartProps) {
  const t = useWords(words);
  const { channelNames } = useWords(builder);
  const fault = useFaults();
  const { budget } = draft;
  return (
    <fieldset class="form-part">
      <legend>{t.frame}</legend>
      <div class="form-fields">
        <DateField label={t.from} value={dayOf(draft.from)} error={fault('from')} onChange={(day) => set({ from: startOf(day) })} />
        <DateField label={t.until} value={lastDayOf(draft.until)} error={fault('until')} onChange={(day) => set({ until: endOf(day) })} />
        <MoneyField
          label={t.budget}
          hint={t.budgetHint}
          value={Number.isNaN(budget.amountMinor) ? undefined : budget}
          error={fault('budget', true)}
          onChange={(typed) => set({ budget: typed ?? { ...budget, amountMinor: typedNumber(undefined) } })}
        />
        <NumberField
          label={t.control}
          hint={t.controlHint}
          unit="%"
          step={1}
          value={shownNumber(draft.controlPercent)}
          error={fault('controlPercent')}
          onChange={(typed) => set({ controlPercent: typedNumber(typed) })}
        />
      </div>
      <Toggles
        isOrdered
        label={t.channels}
        at="channels"
        options={reachChannels.map((value) => ({ value, label: channelNames[value] }))}
        chosen={draft.channels}
        onChange={(channels) => set({ channels })}
      />
      <TypePicker mayType label={t.outcome} types={draft.outcome} error={fault('outcome', true)} change={(outcome) => set({ outcome: [...outcome] })} />
    </fieldset>
  );
}
