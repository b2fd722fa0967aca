import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { BaseQuantity } from '../../shared/values.ts';
import { send } from '../api/client.ts';
import { newId } from '../api/ids.ts';
import { useSending } from '../api/use-sending.ts';
import { Button } from '../design/button.tsx';
import { Card, Notice } from '../design/card.tsx';
import { Choice, Select } from '../design/choice.tsx';
import { NumberField, TextField } from '../design/field.tsx';
import { Page } from '../design/page.tsx';
import { Trouble } from '../design/states.tsx';
import { useHousehold } from '../household.tsx';
import { urls } from '../urls.ts';
import { useWords } from '../words/use-words.ts';
import { typedUnit } from './amounts.ts';
import { careWords } from './care-words.ts';
import { ProductSearch } from './product-search.tsx';
import './supplies.css';

interface Chosen {
  readonly gtin: string;
  readonly title: string;
  /** Absent: no shop has said what a pack holds. */
  readonly pack?: BaseQuantity;
}

export default function AddSupplyPage() {
  const t = useWords(careWords);
  const [chosen, setChosen] = useState<Chosen>();
  // From the page that scans.
  const { gtin: scanned } = useLocation().query;
  return (
    <Page title={t.addTitle} back={urls.supplies} backLabel={t.back} lead={t.addLead}>
      <Card title={t.whichProduct}>
        {chosen === undefined ? (
          <ProductSearch initial={scanned} onChoose={setChosen} onBarcode={(gtin) => setChosen({ gtin, title: gtin })} />
        ) : (
          <div class="line-up">
            <span>{t.chosen(chosen.title)}</span>
            <Button kind="quiet" onClick={() => setChosen(undefined)}>
              {t.change}
            </Button>
          </div>
        )}
      </Card>
      {chosen !== undefined && <Description key={chosen.gtin} chosen={chosen} />}
    </Page>
  );
}

const KINDS = ['groceries', 'household', 'heating'] as const;
const UNITS = ['l', 'kg', 'piece'] as const;

function Description({ chosen }: { readonly chosen: Chosen }) {
  const t = useWords(careWords);
  const { householdId, reload } = useHousehold();
  const { route } = useLocation();
  // Named once: the same tap sent twice is one supply.
  const [supplyId] = useState(() => newId('sup'));
  const [name, setName] = useState(chosen.pack === undefined ? '' : chosen.title.slice(0, 60));
  const [productLine, setProductLine] = useState<(typeof KINDS)[number]>('groceries');
  const [unit, setUnit] = useState<(typeof UNITS)[number]>(chosen.pack === undefined ? 'piece' : asTyped(chosen.pack));
  const [packAmount, setPackAmount] = useState<number>();
  const [inHouse, setInHouse] = useState<number>();
  const [perWeek, setPerWeek] = useState<number>();
  const { busy, problem, run } = useSending();
  // What heating takes depends on the house; of anything else other households say enough to begin with.
  const isRateKnown = perWeek === undefined ? productLine !== 'heating' : perWeek > 0;
  const isWhole = name.trim() !== '' && inHouse !== undefined && isRateKnown && (chosen.pack !== undefined || (packAmount ?? 0) > 0);
  const unitText = unit === 'piece' ? t.pieces : unit;
  const add = async () => {
    if (inHouse === undefined) return;
    const product = { gtin: chosen.gtin, ...(chosen.pack === undefined && packAmount !== undefined && { pack: { amount: packAmount, unit } }) };
    const amounts = { inHouse: { amount: inHouse, unit }, ...(perWeek !== undefined && { perWeek: { amount: perWeek, unit } }) };
    const body = { supplyId, name: name.trim(), productLine, products: [product], ...amounts };
    await run(async () => {
      await send('addOwnSupply', { params: { householdId }, body });
      await reload();
      route(urls.supply(supplyId));
    });
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <Card>
        <div class="stack">
          <TextField label={t.name} value={name} onChange={setName} maxLength={60} required />
          {chosen.pack === undefined && (
            <>
              <Notice tone="warn">{t.notSold}</Notice>
              <Select label={t.unitLabel} value={unit} onChange={setUnit} options={UNITS.map((value) => ({ value, label: t.units[value] }))} />
              <NumberField label={t.packOf} unit={unitText} min={0} value={packAmount} onChange={setPackAmount} />
            </>
          )}
          <NumberField label={t.inHouse} unit={unitText} min={0} value={inHouse} onChange={setInHouse} />
          <NumberField label={t.perWeek} hint={t.perWeekHint} unit={unitText} min={0} value={perWeek} onChange={setPerWeek} />
          <Choice label={t.kind} value={productLine} onChange={setProductLine} options={KINDS.map((value) => ({ value, label: t.kinds[value] }))} />
        </div>
      </Card>
      {problem !== undefined && <Trouble problem={problem} />}
      <div>
        <Button type="submit" busy={busy} disabled={!isWhole}>
          {t.addIt}
        </Button>
      </div>
    </form>
  );
}

const asTyped = (pack: BaseQuantity): (typeof UNITS)[number] => UNITS.find((unit) => unit === typedUnit(pack.unit)) ?? 'piece';
