import { useState } from 'preact/hooks';
import { ApiProblem, asProblem } from '../api/problem.ts';
import type { Answer } from '../api/contract-types.ts';
import { newId } from '../api/ids.ts';
import { Button } from '../design/button.tsx';
import { Card, Notice } from '../design/card.tsx';
import { Choice, Stepper } from '../design/choice.tsx';
import { NumberField } from '../design/field.tsx';
import { Trouble } from '../design/states.tsx';
import { useHousehold } from '../household.tsx';
import { decide } from '../offline/queue.ts';
import { urls } from '../urls.ts';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { typedUnit } from './amounts.ts';
import { words } from './words.ts';

type Supply = Answer<'readSupply'>;
interface CardProps {
  readonly supply: Supply;
  readonly onDone: () => void;
}
type Outcome = 'done' | 'kept' | ApiProblem;

/** A person's word about what is there. */
export function CountCard({ supply, onDone }: CardProps) {
  const t = useWords(words);
  const formats = useFormats();
  const { householdId } = useHousehold();
  const [amount, setAmount] = useState<number | undefined>(undefined);
  const [arrived, setArrived] = useState<'yes' | 'no'>('no');
  const [outcome, setOutcome] = useState<Outcome>();
  const [busy, setBusy] = useState(false);
  const save = async () => {
    if (amount === undefined || amount < 0) return;
    setBusy(true);
    const body = { countId: newId('cnt'), amount, unit: typedUnit(supply.unit), ...(supply.onOrder > 0 && { arrived: arrived === 'yes' }) };
    const about = { about: `${supply.name}: ${t.countTitle}`, href: urls.supply(supply.supplyId) };
    setOutcome(await tried(() => decide('countSupply', { params: { householdId, supplyId: supply.supplyId }, body }, about)));
    setBusy(false);
    setAmount(undefined);
    onDone();
  };
  return (
    <Card title={t.countTitle}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <NumberField
          label={t.countLabel}
          hint={supply.stands === undefined ? t.countHint : `${t.countHint} ${t.countSensed}`}
          value={amount}
          onChange={setAmount}
          min={0}
          max={100_000}
          unit={supply.unit === 'piece' ? formats.quantity(amount ?? 0, 'piece').replace(/^[\d.,\s]+/, '') : typedUnit(supply.unit)}
        />
        {supply.onOrder > 0 && (
          <Choice
            label={t.arrivedLabel}
            value={arrived}
            onChange={setArrived}
            options={[
              { value: 'no', label: t.arrivedNo },
              { value: 'yes', label: t.arrivedYes },
            ]}
          />
        )}
        <div>
          <Button type="submit" busy={busy} disabled={amount === undefined || amount < 0}>
            {t.save}
          </Button>
        </div>
        <Told outcome={outcome} done={t.counted} />
        <p class="small soft">{t.countedNow(formats.quantity(supply.inHouse, supply.unit))}</p>
      </form>
    </Card>
  );
}

export function SpoilCard({ supply, onDone }: CardProps) {
  const t = useWords(words);
  const { householdId } = useHousehold();
  const [packs, setPacks] = useState(1);
  const [outcome, setOutcome] = useState<Outcome>();
  const [busy, setBusy] = useState(false);
  const [first] = supply.products;
  if (first === undefined) return null;
  const throwAway = async () => {
    setBusy(true);
    const body = { entryId: newId('ent'), gtin: first.gtin, packs: -packs, spoiled: true, supplyId: supply.supplyId } as const;
    const about = { about: `${supply.name}: ${t.throwAway}`, href: urls.supply(supply.supplyId) };
    setOutcome(await tried(() => decide('enterStock', { params: { householdId }, body }, about)));
    setBusy(false);
    onDone();
  };
  return (
    <Card title={t.spoilTitle}>
      <div class="stack">
        <p>{t.spoilText}</p>
        <div class="line-up">
          <Stepper label={t.packs} value={packs} min={1} max={20} onChange={setPacks} text={t.packsCount(packs)} />
          <Button kind="quiet" busy={busy} onClick={() => void throwAway()}>
            {t.throwAway}
          </Button>
        </div>
        <Told outcome={outcome} done={t.thrownAway} />
      </div>
    </Card>
  );
}

async function tried(decided: () => Promise<{ readonly kind: 'sent' | 'kept' }>): Promise<Outcome> {
  try {
    return (await decided()).kind === 'kept' ? 'kept' : 'done';
  } catch (error) {
    return asProblem(error);
  }
}

function Told({ outcome, done }: { readonly outcome: Outcome | undefined; readonly done: string }) {
  const t = useWords(words);
  if (outcome === undefined) return null;
  if (outcome instanceof ApiProblem) return <Trouble problem={outcome} />;
  return <Notice tone={outcome === 'done' ? 'good' : 'warn'}>{outcome === 'done' ? done : t.keptOffline}</Notice>;
}
