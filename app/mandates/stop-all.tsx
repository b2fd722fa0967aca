/** The big calm switch: one tap stops all automatic buying, lifting asks once more. Stands on the mandates page and one tap from home. */
import { useState } from 'preact/hooks';
import { send } from '../api/client.ts';
import { useSending } from '../api/use-sending.ts';
import { Button } from '../design/button.tsx';
import { Card } from '../design/card.tsx';
import { Choice } from '../design/choice.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Trouble } from '../design/states.tsx';
import { useHousehold, type Overview } from '../household.tsx';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { words } from './stop-words.ts';

type Stop = Overview['spend']['stops'][number];
export type StopReason = Extract<Stop, { kind: 'member' }>['because'];
const REASONS: readonly StopReason[] = ['away', 'too-much', 'quality', 'other'];

/** Sets or lifts one stop, and shows the household as it is then. */
export function useStops() {
  const { householdId, reload } = useHousehold();
  const { busy, problem, run } = useSending(reload);
  return {
    ...{ busy, problem },
    stop: (stopId: Stop['stopId'], because: StopReason) => run(() => send('setStop', { params: { householdId, stopId }, body: { because } })),
    lift: (stopId: Stop['stopId']) => run(() => send('liftStop', { params: { householdId, stopId } })),
  };
}

export function StopAll() {
  const { overview, mayAct } = useHousehold();
  const standing = overview.spend.stops.find(({ stopId }) => stopId === 'household');
  if (standing !== undefined) return <Stopped stop={standing} />;
  return mayAct ? <StopSwitch /> : null;
}

function StopSwitch() {
  const t = useWords(words);
  const { busy, problem, stop } = useStops();
  const [isOpen, setOpen] = useState(false);
  const [because, setBecause] = useState<StopReason>('away');
  return (
    <Card id="stop-all">
      <Button kind="quiet" busy={busy} onClick={() => setOpen(true)}>
        {t.all}
      </Button>
      <p class="small soft">{t.allHint}</p>
      {problem !== undefined && <Trouble problem={problem} />}
      <Dialog title={t.stopTitle} open={isOpen} onClose={() => setOpen(false)}>
        <Choice label={t.all} value={because} options={REASONS.map((value) => ({ value, label: t.because[value] }))} onChange={setBecause} />
        <div class="line-up">
          <Button
            busy={busy}
            onClick={() => {
              setOpen(false);
              void stop('household', because);
            }}
          >
            {t.stopNow}
          </Button>
          <Button kind="quiet" onClick={() => setOpen(false)}>
            {t.cancel}
          </Button>
        </div>
      </Dialog>
    </Card>
  );
}

function Stopped({ stop: standing }: { readonly stop: Stop }) {
  const t = useWords(words);
  const { mayAct } = useHousehold();
  const { busy, problem, lift } = useStops();
  const [isOpen, setOpen] = useState(false);
  return (
    <Card id="stop-all" tone="warn" title={standing.kind === 'brake' ? t.brakedTitle : t.stoppedTitle}>
      <StoppedText stop={standing} />
      {mayAct && (
        <Button busy={busy} onClick={() => setOpen(true)}>
          {t.lift}
        </Button>
      )}
      {problem !== undefined && <Trouble problem={problem} />}
      <Dialog title={t.liftTitle} open={isOpen} onClose={() => setOpen(false)}>
        {standing.kind === 'brake' && <StoppedText stop={standing} />}
        <p>{t.liftText}</p>
        <div class="line-up">
          <Button
            onClick={() => {
              setOpen(false);
              void lift('household');
            }}
          >
            {t.lift}
          </Button>
          <Button kind="quiet" onClick={() => setOpen(false)}>
            {t.keep}
          </Button>
        </div>
      </Dialog>
    </Card>
  );
}

function StoppedText({ stop }: { readonly stop: Stop }) {
  const t = useWords(words);
  const { money, dayAndTime } = useFormats();
  const { overview } = useHousehold();
  if (stop.kind === 'brake') {
    const { goods, expected, limit, days } = stop.figures;
    return <p>{t.braked(money(goods), days, money(expected), money(limit))}</p>;
  }
  const name = overview.members.find(({ memberId }) => memberId === stop.memberId)?.name ?? t.somebody;
  return (
    <p>
      {t.stoppedBy(name, dayAndTime(stop.at))} {t.because[stop.because]}.
    </p>
  );
}
