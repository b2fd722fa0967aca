import { useState } from 'preact/hooks';
import { MoneyField, NumberField, TextField } from '../design/field.tsx';
import { useWords } from '../words/use-words.ts';
import { limitWords } from './limit-words.ts';

interface Limits {
  readonly dearerAtMost?: { readonly percent?: number | undefined; readonly minor?: number | undefined } | undefined;
  readonly neverBrands?: readonly string[] | undefined;
}
interface LimitsProps extends Limits {
  /** Of one item, whose empty fields mean what is said of everything. */
  readonly isOfOneItem: boolean;
  readonly disabled?: boolean;
  /** Null: no limit. */
  readonly onDearer: (limit: { percent?: number; minor?: number } | null) => void;
  readonly onBrands: (brands: string[]) => void;
}

/** How much dearer something else may be, and which brands never come: of one item, or of everything. */
export function SubstituteLimits({ dearerAtMost = {}, neverBrands = [], isOfOneItem, disabled = false, onDearer, onBrands }: LimitsProps) {
  const t = useWords(limitWords);
  const limit = (more: { percent?: number | undefined; minor?: number | undefined }) => {
    const { percent, minor } = { ...dearerAtMost, ...more };
    const named = { ...(percent !== undefined && { percent }), ...(minor !== undefined && { minor }) };
    onDearer(Object.keys(named).length === 0 ? null : named);
  };
  // As it was typed: a comma that has just been written is no brand yet.
  const [brands, setBrands] = useState(neverBrands.join(', '));
  const typed = (text: string) => {
    setBrands(text);
    onBrands(brandsIn(text));
  };
  return (
    <>
      <NumberField
        label={t.dearerPercentLabel}
        hint={isOfOneItem ? t.dearerHintOfOne : t.dearerHint}
        unit="%"
        min={0}
        max={100}
        disabled={disabled}
        value={dearerAtMost.percent}
        onChange={(percent) => limit({ percent: percent === undefined ? undefined : Math.round(percent) })}
      />
      <MoneyField
        label={t.dearerMinorLabel}
        disabled={disabled}
        value={dearerAtMost.minor === undefined ? undefined : { amountMinor: dearerAtMost.minor, currency: 'EUR' }}
        onChange={(sum) => limit({ minor: sum?.amountMinor })}
      />
      <TextField
        label={t.neverBrandsLabel}
        hint={isOfOneItem ? t.neverBrandsHintOfOne : t.neverBrandsHint}
        value={brands}
        onChange={typed}
        maxLength={300}
        disabled={disabled}
      />
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
