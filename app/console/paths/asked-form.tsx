/** What is asked of a household: at the beginning of a path, or where it branches. */
import { phaseNames } from '../../../shared/journey/phase/phase-wording.ts';
import { wordInWords } from '../../../shared/journey/standing/known-wording.ts';
import { phaseSchema } from '../../../shared/journey/words.ts';
import { purposeNames } from '../../../shared/household/purposes.ts';
import { useResource } from '../../api/client.ts';
import { Select } from '../../design/choice.tsx';
import { NumberField } from '../../design/field.tsx';
import { language } from '../../words/language.ts';
import { useWords } from '../../words/use-words.ts';
import { tiers } from '../segments/condition-draft.ts';
import { words } from './builder-words.ts';
import { useFaults } from '../fields/faults.tsx';
import { WhereForm } from '../fields/where-form.tsx';
import { askedKind, askedKinds, newAsked, type Asked } from './path-shape.ts';
import { Toggles } from '../fields/toggles.tsx';

interface AskedProps {
  readonly asked: Asked;
  readonly at: string;
  readonly onChange: (asked: Asked) => void;
}

export function AskedForm({ asked, at, onChange }: AskedProps) {
  const t = useWords(words);
  return (
    <div class="form-fields">
      <Select
        label={t.asked}
        value={askedKind(asked)}
        options={askedKinds.map((value) => ({ value, label: t.askedKinds[value] }))}
        onChange={(kind) => onChange(newAsked(kind))}
      />
      <OfKind asked={asked} at={at} onChange={onChange} />
    </div>
  );
}

function OfKind({ asked, at, onChange }: AskedProps) {
  const t = useWords(words);
  if ('health' in asked) return <Health health={asked.health} at={at} onChange={(health) => onChange({ health })} />;
  if ('phases' in asked)
    return (
      <Toggles
        label={t.anyOf}
        at={`${at}.phases`}
        options={phaseSchema.options.map((value) => ({ value, label: phaseNames[value][language.value] }))}
        chosen={asked.phases}
        onChange={(chosen) => onChange({ phases: chosen })}
      />
    );
  if ('tiers' in asked)
    return (
      <Toggles
        label={t.anyOf}
        at={`${at}.tiers`}
        options={tiers.map((value) => ({ value, label: wordInWords(value, language.value) }))}
        chosen={asked.tiers}
        onChange={(chosen) => onChange({ tiers: chosen })}
      />
    );
  if ('segments' in asked) return <Segments chosen={asked.segments} at={`${at}.segments`} onChange={(segments) => onChange({ segments })} />;
  if ('consent' in asked)
    return (
      <Select
        label={t.consent}
        value={asked.consent}
        options={purposeNames.map((value) => ({ value, label: t.consents[value] }))}
        onChange={(consent) => onChange({ consent })}
      />
    );
  return <WhereForm where={asked.where} at={`${at}.where`} onChange={(where) => onChange({ where })} />;
}

type HealthAsked = Extract<Asked, { health: unknown }>['health'];
const percent = (share: number | undefined): number | undefined => (share === undefined ? undefined : Math.round(share * 100));

function Health({ health, at, onChange }: { readonly health: HealthAsked; readonly at: string; readonly onChange: (health: HealthAsked) => void }) {
  const t = useWords(words);
  const fault = useFaults();
  const set = (which: 'atLeast' | 'atMost', typed: number | undefined) => {
    const { [which]: _before, ...others } = health;
    onChange(typed === undefined ? others : { ...others, [which]: typed / 100 });
  };
  return (
    <>
      {(['atLeast', 'atMost'] as const).map((which) => (
        <NumberField
          key={which}
          label={t[which]}
          unit="%"
          min={0}
          max={100}
          value={percent(health[which])}
          error={fault(`${at}.health.${which}`)}
          onChange={(typed) => set(which, typed)}
        />
      ))}
    </>
  );
}

interface SegmentsProps {
  readonly chosen: readonly string[];
  readonly at: string;
  readonly onChange: (chosen: string[]) => void;
}

/** Those that there are, and those that the path names though they are no more. */
function Segments({ chosen, at, onChange }: SegmentsProps) {
  const t = useWords(words);
  const { data } = useResource('listSegments', {});
  const known = data?.segments.map(({ segment }) => ({ value: segment.segment, label: segment.name[language.value] })) ?? [];
  const gone = chosen.filter((one) => known.every(({ value }) => value !== one)).map((value) => ({ value, label: value }));
  return <Toggles label={t.anyOf} at={at} options={[...known, ...gone]} chosen={chosen} onChange={onChange} />;
}
