import { useState } from 'preact/hooks';
import type { Answer, SendInput } from '../api/contract-types.ts';
import { Switch } from '../design/choice.tsx';
import { MoneyField, NumberField, TextField } from '../design/field.tsx';
import { useWords } from '../words/use-words.ts';
import { careWords } from './care-words.ts';

type Change = SendInput<'changeSupply'>['body'];

interface RulesProps {
  readonly supply: Answer<'readSupply'>;
  readonly change: Change;
  readonly set: (more: Change) => void;
}

/** What may come instead without a question, and what never may. */
export function SubstituteRules({ supply, change, set }: RulesProps) {
  const t = useWords(careWords);
  const { settings } = supply;
  const dearer = ('dearerAtMost' in change ? change.dearerAtMost : settings.dearerAtMost) ?? {};
  const limit = (more: { percent?: number | undefined; minor?: number | undefined }) => {
    const { percent, minor } = { ...dearer, ...more };
    const named = { ...(percent !== undefined && { percent }), ...(minor !== undefined && { minor }) };
    set({ dearerAtMost: Object.keys(named).length === 0 ? null : named });
  };
  // As it was typed: a comma that has just been written is no brand yet.
  const [brands, setBrands] = useState((settings.neverBrands ?? []).join(', '));
  const typed = (text: string) => {
    setBrands(text);
    set({ neverBrands: brandsIn(text) });
  };
  return (
    <>
      <Switch
        label={t.ownAloneLabel}
        hint={t.ownAloneHint}
        checked={change.ownProductsAlone ?? settings.ownProductsAlone ?? false}
        onChange={(ownProductsAlone) => set({ ownProductsAlone })}
      />
      <NumberField
        label={t.dearerPercentLabel}
        hint={t.dearerPercentHint}
        unit="%"
        min={0}
        max={100}
        value={dearer.percent}
        onChange={(percent) => limit({ percent: percent === undefined ? undefined : Math.round(percent) })}
      />
      <MoneyField
        label={t.dearerMinorLabel}
        value={dearer.minor === undefined ? undefined : { amountMinor: dearer.minor, currency: 'EUR' }}
        onChange={(sum) => limit({ minor: sum?.amountMinor })}
      />
      <TextField label={t.neverBrandsLabel} hint={t.neverBrandsHint} value={brands} onChange={typed} maxLength={300} />
    </>
  );
}

/** At most ten, each of two letters or digits and more. */
const brandsIn = (text: string): string[] =>
  text
    .split(',')
    .map((brand) => brand.trim().slice(0, 40))
    .filter((brand) => brand.length >= 2)
    .slice(0, 10);
