import { useEffect } from 'preact/hooks';
import { Button } from '../design/button.tsx';
import { Card } from '../design/card.tsx';
import { Steps } from '../design/steps.tsx';
import { useHousehold } from '../household.tsx';
import { urls } from '../urls.ts';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { slotsOf, type DeviceView } from './view.ts';
import { words } from './words.ts';

/** A note over MQTT says it at once; where none gets through, a look every few seconds does. */
const LOOK_AGAIN_MILLIS = 5_000;

export function ListenStep({ device, onDone }: { readonly device: DeviceView; readonly onDone: () => Promise<void> }) {
  const { reload } = useHousehold();
  const isHeard = device.confirmedAt !== undefined;
  useEffect(() => {
    if (isHeard) return undefined;
    const timer = setInterval(() => void reload(), LOOK_AGAIN_MILLIS);
    return () => clearInterval(timer);
  }, [isHeard, reload]);
  useEffect(() => {
    // There is nothing left to go on with.
    if (isHeard) void onDone();
  }, [isHeard]);
  return <div aria-live="polite">{isHeard ? <Heard device={device} /> : <Listening onLeave={onDone} device={device} />}</div>;
}

function Listening({ device, onLeave }: { readonly device: DeviceView; readonly onLeave: () => Promise<void> }) {
  const t = useWords(words);
  return (
    <div class="stack">
      <Card title={t.listenTitle}>
        <p>{t.listenText}</p>
        <Steps items={[{ title: t.listening, state: 'now' }]} />
      </Card>
      <Card title={t.checkTitle}>
        <ol class="checklist">
          {[t.check1, t.check2, t.check3, t.check4].map((check) => (
            <li key={check}>{check}</li>
          ))}
        </ol>
      </Card>
      <div>
        <Button kind="quiet" href={urls.device(device.thing)} onClick={() => void onLeave()}>
          {t.finishLater}
        </Button>
      </div>
    </div>
  );
}

function Heard({ device }: { readonly device: DeviceView }) {
  const t = useWords(words);
  const formats = useFormats();
  const { overview } = useHousehold();
  const said = slotsOf(device, overview.supplies).flatMap(({ supply }) =>
    supply === undefined || supply.modelled ? [] : [t.heardNow(supply.name, formats.quantity(supply.inHouse, supply.unit))],
  );
  return (
    <Card tone="good" title={t.heardTitle(device.name)}>
      <p>{t.heardText}</p>
      {said.length > 0 && (
        <ul>
          {said.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      <div class="line-up">
        <Button href={urls.lesson(device.thing)}>{t.toLesson}</Button>
        <Button kind="quiet" href={urls.device(device.thing)}>
          {t.toDevice}
        </Button>
      </div>
    </Card>
  );
}
