/** Which leads are meant: where they stand, how warm they are, with what and where they have asked, what they show interest in, where they live. */
import { openStages } from '../../../shared/journey/campaign/for-leads.ts';
import { channelInWords, touchInWords } from '../../../shared/journey/lead/lead-wording.ts';
import { shippedLeadRules } from '../../../shared/journey/lead/shipped-lead-rules.ts';
import { channelSchema } from '../../../shared/journey/words.ts';
import { useResource } from '../../api/client.ts';
import { Switch } from '../../design/choice.tsx';
import { NumberField } from '../../design/field.tsx';
import { language } from '../../words/language.ts';
import { useWords } from '../../words/use-words.ts';
import { useFaults } from '../fields/faults.tsx';
import { Toggles } from '../fields/toggles.tsx';
import { shownNumber } from '../fields/typed-number.ts';
import { words as leadWords } from '../leads/leads-words.ts';
import { AreasField } from './areas-field.tsx';
import { given, type LeadMeant } from './campaign-shape.ts';
import { words } from './editor-words.ts';

interface LeadMeantProps {
  readonly meant: LeadMeant | undefined;
  readonly at: string;
  readonly onChange: (meant: LeadMeant | undefined) => void;
}

export function LeadMeantForm({ meant, at, onChange }: LeadMeantProps) {
  const t = useWords(words);
  return (
    <>
      <Switch label={t.someLeads} checked={meant !== undefined} onChange={(isOn) => onChange(isOn ? {} : undefined)} />
      {meant !== undefined && <Meanings meant={meant} at={at} onChange={onChange} />}
    </>
  );
}

/** Those chosen before rules changed stay to be seen, and to be taken out. */
const offered = (known: readonly string[], chosen: readonly string[] = []): string[] => [...new Set([...known, ...chosen])];

function Meanings({ meant, at, onChange }: LeadMeantProps & { readonly meant: LeadMeant }) {
  const t = useWords(words);
  const { stageNames } = useWords(leadWords);
  const fault = useFaults();
  const { data } = useResource('readRules', {});
  const rules = data?.rules.leads ?? shippedLeadRules;
  const set = <Name extends keyof LeadMeant>(name: Name, value: LeadMeant[Name]) => onChange(given(meant, name, value));
  const asked = rules.asks.flatMap(({ on }) => on);
  const reasonOf = (rule: string): string => rules.scores.find((one) => one.rule === rule)?.reason[language.value] ?? rule;
  const scored = rules.scores.map(({ rule }) => rule);
  return (
    <div class="form-inner">
      <Toggles
        label={t.stages}
        hint={t.stagesHint}
        at={`${at}.stages`}
        options={openStages.map((value) => ({ value, label: stageNames[value] }))}
        chosen={meant.stages ?? []}
        onChange={(stages) => set('stages', stages)}
      />
      <div class="form-fields">
        {(['atLeastPoints', 'atMostPoints'] as const).map((which) => (
          <NumberField
            key={which}
            label={t.points[which]}
            step={1}
            value={shownNumber(meant[which])}
            error={fault(`${at}.${which}`)}
            onChange={(typed) => set(which, typed)}
          />
        ))}
        <AreasField areas={meant.postalAreas} at={at} onChange={(areas) => set('postalAreas', areas)} />
      </div>
      <Toggles
        label={t.interests}
        at={`${at}.interests`}
        options={offered(scored, meant.interests).map((value) => ({ value, label: reasonOf(value) }))}
        chosen={meant.interests ?? []}
        onChange={(interests) => set('interests', interests)}
      />
      <Toggles
        label={t.asked}
        at={`${at}.asked`}
        options={offered(asked, meant.asked).map((value) => ({ value, label: touchInWords({ type: value }, language.value).replace(/:$/, '') }))}
        chosen={meant.asked ?? []}
        onChange={(types) => set('asked', types)}
      />
      <Toggles
        label={t.cameBy}
        at={`${at}.channels`}
        options={channelSchema.options.map((value) => ({ value, label: channelInWords(value, language.value) }))}
        chosen={meant.channels ?? []}
        onChange={(channels) => set('channels', channels)}
      />
    </div>
  );
}
