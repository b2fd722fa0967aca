import { useState } from 'preact/hooks';
import { send } from '../api/client.ts';
import type { ApiProblem } from '../api/problem.ts';
import { useSending } from '../api/use-sending.ts';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/card.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Row, Rows } from '../design/rows.tsx';
import { useHousehold } from '../household.tsx';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { PickSupply, type Picked } from './pick-supply.tsx';
import { slotsOf, type DeviceView, type SlotView } from './view.ts';
import { words, type Words } from './words.ts';

/** What stands in each place of a device. Each choice counts at once, so that it is there on every other screen. */
export function Slots({ device }: { readonly device: DeviceView }) {
  const t = useWords(words);
  const formats = useFormats();
  const { householdId, overview, mayAct, reload } = useHousehold();
  const [picking, setPicking] = useState<SlotView>();
  const { problem, run } = useSending(reload);

  const alter = (doIt: () => Promise<unknown>) =>
    run(async () => {
      await doIt();
      setPicking(undefined);
    });
  const place = (slot: string) => ({ householdId, thing: device.thing, slot });
  const take = (slot: string, body: Picked) => alter(() => send('linkSlot', { params: place(slot), body }));
  const empty = (slot: string) => alter(() => send('unlinkSlot', { params: place(slot) }));

  const textOf = ({ unit, capacity, supply }: SlotView): string => {
    if (supply?.modelled === true) return t.slotHolds(supply.name);
    if (supply !== undefined) return `${t.slotHolds(supply.name)}, ${t.measured(formats.quantity(supply.inHouse, supply.unit))}`;
    return capacity === undefined || unit === undefined ? t.slotFree : `${t.slotFree}, ${t.capacity(formats.quantity(capacity, unit))}`;
  };
  return (
    <>
      {problem !== undefined && picking === undefined && <Notice tone="bad">{toldOf(problem, t)}</Notice>}
      <Rows>
        {slotsOf(device, overview.supplies).map((one) => (
          <Row
            key={one.slot}
            label={one.slot}
            aside={
              mayAct &&
              (one.supply === undefined ? (
                <Button kind="quiet" onClick={() => setPicking(one)}>
                  {t.choose}
                  <span class="only-heard"> {one.slot}</span>
                </Button>
              ) : (
                <Button kind="quiet" onClick={() => void empty(one.slot)}>
                  {t.clear}
                  <span class="only-heard"> {one.slot}</span>
                </Button>
              ))
            }
          >
            {textOf(one)}
          </Row>
        ))}
      </Rows>
      <Dialog title={picking === undefined ? '' : t.pickTitle(picking.slot)} open={picking !== undefined} onClose={() => setPicking(undefined)}>
        {picking !== undefined && (
          <>
            {problem !== undefined && <Notice tone="bad">{toldOf(problem, t)}</Notice>}
            <PickSupply slot={picking} onPick={(picked) => take(picking.slot, picked)} />
          </>
        )}
      </Dialog>
    </>
  );
}

function toldOf({ code }: ApiProblem, t: Words): string {
  if (code === 'slot-taken') return t.taken;
  if (code === 'not-measured') return t.notMeasured;
  return code === 'measured-elsewhere' ? t.elsewhere : t.failed;
}
