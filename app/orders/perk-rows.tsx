/** What perks take off, and who pays for that: rows for the sums of an order, above its total. */
import type { SummedPerk } from '../../shared/order/perk/apply-perks.ts';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { perkWords } from './perk-words.ts';

interface PerkRowsProps {
  readonly perks: readonly SummedPerk[];
  /** By name: whoever sells it. */
  readonly shop: string;
}

export function PerkRows({ perks, shop }: PerkRowsProps) {
  const t = useWords(perkWords);
  const { money } = useFormats();
  return (
    <>
      {perks.map(({ kind, fundedBy, saves }) => (
        <div key={`${kind} ${fundedBy}`} class="perk-row">
          <dt>
            {t.kinds[kind]} <span class="small soft">· {t.paidBy(fundedBy === 'retailer' ? shop : t.funders[fundedBy])}</span>
          </dt>
          <dd>−{money(saves)}</dd>
        </div>
      ))}
    </>
  );
}
