/** What a campaign says to people who have no household yet: to whom, after how long, by what, and what counts as success. */
import { leadChannels, leadOutcomes } from '../../../shared/journey/campaign/for-leads.ts';
import { Select, Switch } from '../../design/choice.tsx';
import { NumberField, TextField } from '../../design/field.tsx';
import { useWords } from '../../words/use-words.ts';
import { useFaults } from '../fields/faults.tsx';
import { Toggles } from '../fields/toggles.tsx';
import { shownNumber, typedNumber } from '../fields/typed-number.ts';
import type { PartProps } from './basics-form.tsx';
import { blankLeads, blankPiece, given, type LeadPiece, type Leads } from './campaign-shape.ts';
import { words } from './editor-words.ts';
import { LeadMeantForm } from './lead-meant-form.tsx';
import { PiecesForm } from './pieces-form.tsx';

export function LeadsForm({ draft, set }: PartProps) {
  const t = useWords(words);
  const { leads } = draft;
  const change = (more: Partial<Leads>) => leads && set({ leads: { ...leads, ...more } });
  return (
    <fieldset class="form-part">
      <legend>{t.leads}</legend>
      <Switch label={t.leadsOn} hint={t.leadsHint} checked={leads !== undefined} onChange={(isOn) => set({ leads: isOn ? blankLeads() : undefined })} />
      {leads !== undefined && (
        <>
          <Frame leads={leads} change={change} />
          <LeadMeantForm meant={leads.audience} at="leads.audience" onChange={(audience) => set({ leads: given(leads, 'audience', audience) })} />
          <PiecesForm<LeadPiece>
            pieces={leads.pieces}
            at="leads.pieces"
            linkHint={t.leadLinkHint}
            blank={blankPiece}
            onChange={(pieces) => change({ pieces })}
            meant={(piece, at, changePiece) => (
              <LeadMeantForm meant={piece.for} at={`${at}.for`} onChange={(meant) => changePiece(given(piece, 'for', meant))} />
            )}
          />
        </>
      )}
    </fieldset>
  );
}

function Frame({ leads, change }: { readonly leads: Leads; readonly change: (more: Partial<Leads>) => void }) {
  const t = useWords(words);
  const fault = useFaults();
  return (
    <>
      <div class="form-fields">
        <NumberField
          label={t.quiet}
          hint={t.quietHint}
          step={1}
          value={shownNumber(leads.quietDays)}
          error={fault('leads.quietDays')}
          onChange={(typed) => change({ quietDays: typedNumber(typed) })}
        />
        <Select
          label={t.leadOutcome}
          value={leads.outcome}
          error={fault('leads.outcome')}
          options={leadOutcomes.map((value) => ({ value, label: t.leadOutcomes[value] }))}
          onChange={(outcome) => change({ outcome })}
        />
        {(['de', 'en'] as const).map((which) => (
          <TextField
            key={which}
            label={t.reason[which]}
            value={leads.reason[which]}
            maxLength={200}
            error={fault(`leads.reason.${which}`)}
            onChange={(text) => change({ reason: { ...leads.reason, [which]: text } })}
          />
        ))}
      </div>
      <Toggles
        isOrdered
        label={t.channels}
        at="leads.channels"
        options={leadChannels.map((value) => ({ value, label: t.leadChannels[value] }))}
        chosen={leads.channels}
        onChange={(channels) => change({ channels })}
      />
    </>
  );
}
