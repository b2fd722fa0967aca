/** One switch for each item and shop: on means that nothing of it is bought without asking. */
import { useState } from 'preact/hooks';
import { Switch } from '../design/choice.tsx';
import { Trouble } from '../design/states.tsx';
import { useHousehold, type Overview } from '../household.tsx';
import { useWords } from '../words/use-words.ts';
import { useStops } from './stop-all.tsx';
import { words } from './stop-words.ts';

type StopId = Overview['spend']['stops'][number]['stopId'];
interface Shop {
  readonly retailerId: StopId;
  readonly name: string;
}

export function SingleStops({ shops }: { readonly shops: readonly Shop[] }) {
  const t = useWords(words);
  const { overview, mayAct } = useHousehold();
  const { busy, problem, stop, lift } = useStops();
  const { stops } = overview.spend;
  // A switch stays where it was put while the house is told, and does not jump back and forth.
  const [moving, setMoving] = useState<{ readonly stopId: StopId; readonly checked: boolean }>();
  const switchFor = (stopId: StopId, name: string) => {
    const stopped = stops.some((one) => one.stopId === stopId);
    const change = (checked: boolean) => {
      setMoving({ stopId, checked });
      void (checked ? stop(stopId, 'other') : lift(stopId)).finally(() => setMoving(undefined));
    };
    const isOn = moving?.stopId === stopId ? moving.checked : stopped;
    return <Switch key={stopId} label={name} hint={stopped ? t.itemStopped : t.itemBuys} checked={isOn} disabled={busy || !mayAct} onChange={change} />;
  };
  return (
    <details class="card" id="single-stops" open={stops.some(({ stopId }) => stopId !== 'household')}>
      <summary>{t.single}</summary>
      <p class="small soft">{t.singleHint}</p>
      <h3>{t.items}</h3>
      {overview.supplies.map(({ supplyId, name }) => switchFor(supplyId, name))}
      <h3>{t.shops}</h3>
      {shops.map(({ retailerId, name }) => switchFor(retailerId, name))}
      {problem !== undefined && <Trouble problem={problem} />}
    </details>
  );
}
