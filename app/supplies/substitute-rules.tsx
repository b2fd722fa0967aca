import type { Answer, SendInput } from '../api/contract-types.ts';
import { Switch } from '../design/choice.tsx';
import { SubstituteLimits } from '../preferences/substitute-limits.tsx';
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
  return (
    <>
      <Switch
        label={t.ownAloneLabel}
        hint={t.ownAloneHint}
        checked={change.ownProductsAlone ?? settings.ownProductsAlone ?? false}
        onChange={(ownProductsAlone) => set({ ownProductsAlone })}
      />
      <SubstituteLimits
        isOfOneItem
        dearerAtMost={('dearerAtMost' in change ? change.dearerAtMost : settings.dearerAtMost) ?? undefined}
        neverBrands={settings.neverBrands}
        onDearer={(dearerAtMost) => set({ dearerAtMost })}
        onBrands={(neverBrands) => set({ neverBrands })}
      />
    </>
  );
}
