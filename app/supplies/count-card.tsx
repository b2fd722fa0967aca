import { useState } from 'preact/hooks';
import { useSending } from '../api/use-sending.ts';
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
import { isDoubted } from './trust-cards.tsx';
import { words } from './words.ts';

type Supply = Answer<'readSupply'>;
interface CardProps {
  readonly supply: Supply;
  readonly onDone: () => void;
}
/** `kept`: waits until the network is back. */
type Outcome = 'done' | 'kept';

/** A person's word about what is there. */
export function CountCard({ supply, onDone }: CardProps) {
  const t = useWords(words);
  const formats = useFormats();
  const { householdId } = useHousehold();
  const [amount, setAmount] = useState<number | undefined>(undefined);
  const [arrived, setArrived] = useState<'yes' | 'no'>('no');
  const { told, busy, decided } = useDecided(t.counted);
  const save = async () => {
    if (amount === undefined || amount < 0) return;
    const body = { countId: newId('cnt'), amount, unit: typedUnit(supply.unit), ...(supply.onOrder > 0 && { arrived: arrived === 'yes' }) };
    const about = { about: `${supply.name}: ${t.countTitle}`, href: urls.supply(supply.supplyId) };
    await decided(() => decide('countSupply', { params: { householdId, supplyId: supply.supplyId }, body }, about));
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
          hint={supply.stands === undefined || isDoubted(supply) ? t.countHint : `${t.countHint} ${t.countSensed}`}
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
        {told}
        <p class="small soft">{t.countedNow(formats.quantity(supply.inHouse, supply.unit))}</p>
      </form>
    </Card>
  );
}

export function SpoilCard({ supply, onDone }: CardProps) {
  const t = useWords(words);
  const { householdId } = useHousehold();
  const [packs, setPacks] = useState(1);
  const { told, busy, decided } = useDecided(t.thrownAway);
  const [first] = supply.products;
  if (first === undefined) return null;
  const throwAway = async () => {
    const body = { entryId: newId('ent'), gtin: first.gtin, packs: -packs, spoiled: true, supplyId: supply.supplyId } as const;
    const about = { about: `${supply.name}: ${t.throwAway}`, href: urls.supply(supply.supplyId) };
    await decided(() => decide('enterStock', { params: { householdId }, body }, about));
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
        {told}
      </div>
    </Card>
  );
}

/** Sends it, or keeps it until the network is back, and says which. */
function useDecided(done: string) {
  const t = useWords(words);
  const [outcome, setOutcome] = useState<Outcome>();
  const { busy, problem, run } = useSending();
  const decided = (work: () => Promise<{ readonly kind: 'sent' | 'kept' }>) => {
    setOutcome(undefined);
    return run(async () => setOutcome((await work()).kind === 'kept' ? 'kept' : 'done'));
  };
  const told = (
    <>
      {outcome !== undefined && <Notice tone={outcome === 'done' ? 'good' : 'warn'}>{outcome === 'done' ? done : t.keptOffline}</Notice>}
      {problem !== undefined && <Trouble problem={problem} />}
    </>
  );
  return { told, busy, decided };
}
