import { useMemo, useState } from 'preact/hooks';
import { useResource } from '../api/client.ts';
import type { Answer, SendInput } from '../api/contract-types.ts';
import { newId } from '../api/ids.ts';
import { Button } from '../design/button.tsx';
import { NumberField, TextField } from '../design/field.tsx';
import { Row, Rows } from '../design/rows.tsx';
import { Loading } from '../design/states.tsx';
import { useHousehold } from '../household.tsx';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { withoutSensor, type SlotView } from './view.ts';
import { words } from './words.ts';

export type Picked = SendInput<'linkSlot'>['body'];
type Product = Answer<'searchProducts'>['products'][number];

interface PickSupplyProps {
  readonly slot: SlotView;
  readonly onPick: (picked: Picked) => Promise<unknown>;
}

/** Something that is in the house already, or a product of one of the shops. */
export function PickSupply({ slot, onPick }: PickSupplyProps) {
  const t = useWords(words);
  const { overview } = useHousehold();
  const [product, setProduct] = useState<Product>();
  const known = withoutSensor(overview).filter(({ unit }) => slot.unit === undefined || unit === slot.unit);
  if (product !== undefined) return <NewSupply product={product} onPick={onPick} />;
  return (
    <div class="stack">
      {known.length > 0 && (
        <section class="stack-tight">
          <h3>{t.pickKnown}</h3>
          <Rows>
            {known.map(({ supplyId, name }) => (
              <Row key={supplyId} label={name} aside={<Take name={name} onClick={() => void onPick({ supplyId })} />} />
            ))}
          </Rows>
        </section>
      )}
      <section class="stack-tight">
        <h3>{t.pickNew}</h3>
        <Search slot={slot} onTake={setProduct} />
      </section>
    </div>
  );
}

function Take({ name, onClick }: { readonly name: string; readonly onClick: () => void }) {
  const t = useWords(words);
  return (
    <Button kind="quiet" onClick={onClick}>
      {t.takeIt}
      <span class="only-heard"> {name}</span>
    </Button>
  );
}

/** Fewer letters find half of the shop. */
const LETTERS_MIN = 2;

function Search({ slot, onTake }: { readonly slot: SlotView; readonly onTake: (product: Product) => void }) {
  const t = useWords(words);
  const formats = useFormats();
  const { householdId } = useHousehold();
  const [search, setSearch] = useState<string>(slot.slot.replaceAll('-', ' '));
  const asked = search.trim();
  const { data, isLoading } = useResource('searchProducts', asked.length < LETTERS_MIN ? undefined : { params: { householdId }, query: { search: asked } });
  const found = data?.products.filter(({ pack }) => slot.unit === undefined || pack.unit === slot.unit);
  return (
    <>
      <TextField label={t.search} hint={t.searchHint} type="search" value={search} onChange={setSearch} maxLength={60} />
      {found === undefined && isLoading && <Loading />}
      {found?.length === 0 && <p class="soft">{t.nothingFound}</p>}
      {found !== undefined && found.length > 0 && (
        <Rows>
          {found.map((product) => (
            <Row key={product.gtin} label={product.title} aside={<Take name={product.title} onClick={() => onTake(product)} />}>
              {formats.quantity(product.pack.amount, product.pack.unit)}
            </Row>
          ))}
        </Rows>
      )}
    </>
  );
}

const [NAME_MAX, DAYS_MAX] = [60, 365];

function NewSupply({ product, onPick }: { readonly product: Product; readonly onPick: (picked: Picked) => Promise<unknown> }) {
  const t = useWords(words);
  // The same on every try, so that a tap that was sent twice is one supply.
  const supplyId = useMemo(() => newId('sup'), []);
  const [name, setName] = useState(product.title.slice(0, NAME_MAX));
  const [days, setDays] = useState<number>();
  const [isBusy, setBusy] = useState(false);
  const isReady = name.trim() !== '' && (days === undefined || (days > 0 && days <= DAYS_MAX));

  const save = async () => {
    if (!isReady) return;
    setBusy(true);
    await onPick({ newSupply: { supplyId, name: name.trim(), gtin: product.gtin, ...(days !== undefined && { packLastsDays: days }) } });
    setBusy(false);
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextField label={t.nameIt} value={name} onChange={setName} maxLength={NAME_MAX} />
      <NumberField label={t.lasts} hint={t.lastsHint} value={days} onChange={setDays} min={0} max={DAYS_MAX} unit={t.lastsUnit} />
      <div>
        <Button type="submit" busy={isBusy} disabled={!isReady}>
          {t.save}
        </Button>
      </div>
    </form>
  );
}
