import { useEffect, useRef, useState } from 'preact/hooks';
import { gtinDigits, gtinProblem } from '../../shared/gtin.ts';
import type { Answer } from '../api/contract-types.ts';
import { newId } from '../api/ids.ts';
import { useSending } from '../api/use-sending.ts';
import { Button } from '../design/button.tsx';
import { Card, Notice } from '../design/card.tsx';
import { Choice, Stepper } from '../design/choice.tsx';
import { TextField } from '../design/field.tsx';
import { Page } from '../design/page.tsx';
import { Trouble } from '../design/states.tsx';
import { useHousehold } from '../household.tsx';
import { decide } from '../offline/queue.ts';
import { careWords } from '../supplies/care-words.ts';
import { urls } from '../urls.ts';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { canRead, watchCamera } from './camera.ts';
import './scan.css';
import { words } from './words.ts';

type Kind = 'in' | 'out' | 'spoiled';
const KINDS: readonly Kind[] = ['in', 'out', 'spoiled'];
/** What was entered, or that it waits until the network is back. */
type Outcome = Answer<'enterStock'> | 'kept';

export default function ScanPage() {
  const t = useWords(words);
  const { mayAct } = useHousehold();
  return (
    <Page title={t.title} back={urls.supplies} lead={t.lead}>
      {mayAct ? <ScanForm /> : <p class="soft">{t.guests}</p>}
    </Page>
  );
}

function ScanForm() {
  const t = useWords(words);
  const care = useWords(careWords);
  const { householdId, reload } = useHousehold();
  const [kind, setKind] = useState<Kind>('in');
  const [typed, setTyped] = useState('');
  const [packs, setPacks] = useState(1);
  const [isTried, setTried] = useState(false);
  const { busy, problem, run, clear } = useSending();
  const [outcome, setOutcome] = useState<Outcome>();
  const gtin = gtinDigits(typed);
  const wrong = isTried ? gtinProblem(gtin) : undefined;
  const save = async () => {
    setTried(true);
    setOutcome(undefined);
    if (gtinProblem(gtin) !== undefined) return;
    const spoiled = kind === 'spoiled' ? ({ spoiled: true } as const) : {};
    const body = { entryId: newId('ent'), gtin, packs: kind === 'in' ? packs : -packs, ...spoiled };
    await run(async () => {
      const sent = await decide('enterStock', { params: { householdId }, body }, { about: `${t.kinds[kind]}: ${gtin}`, href: urls.scan });
      setOutcome(sent.kind === 'sent' && sent.answer !== undefined ? sent.answer : 'kept');
    });
    setPacks(1);
    void reload();
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Card>
        <div class="stack">
          <Choice label={t.what} value={kind} onChange={setKind} options={KINDS.map((value) => ({ value, label: t.kinds[value] }))} />
          {kind === 'in' && <p class="small soft">{t.inHint}</p>}
          <Camera onRead={setTyped} />
          <TextField
            label={t.barcode}
            inputMode="numeric"
            value={typed}
            maxLength={20}
            onChange={(text) => {
              setTyped(text);
              setTried(false);
              clear();
            }}
            error={wrong === undefined ? undefined : care.gtinProblems[wrong]}
          />
          <div class="line-up">
            <Stepper label={t.packs} value={packs} min={1} max={99} onChange={setPacks} text={t.packsCount(packs)} />
            <Button type="submit" busy={busy} disabled={gtin === ''}>
              {t.save}
            </Button>
          </div>
        </div>
      </Card>
      {outcome !== undefined && <Told outcome={outcome} />}
      {problem !== undefined && (problem.code === 'unknown-product' ? <Unknown gtin={gtin} /> : <Trouble problem={problem} />)}
    </form>
  );
}

function Told({ outcome }: { readonly outcome: Outcome }) {
  const t = useWords(words);
  const formats = useFormats();
  if (outcome === 'kept') return <Notice tone="warn">{t.keptOffline}</Notice>;
  const { supplyId, name, inHouse, unit } = outcome;
  return (
    <Notice tone="good">
      <p>{t.saved(name, formats.quantity(inHouse, unit))}</p>
      <p>
        <a href={urls.supply(supplyId)}>{t.toSupply}</a>
      </p>
    </Notice>
  );
}

function Unknown({ gtin }: { readonly gtin: string }) {
  const t = useWords(words);
  return (
    <Card title={t.unknownTitle} tone="warn">
      <p>{t.unknownText}</p>
      <div class="line-up">
        <Button href={urls.addSupplyFor(gtin)}>{t.addSupply}</Button>
        <Button kind="quiet" href={urls.listFor(gtin)}>
          {t.addToList}
        </Button>
      </div>
    </Card>
  );
}

/** Off until somebody taps: only then the browser asks whether the page may look. */
function Camera({ onRead }: { readonly onRead: (gtin: string) => void }) {
  const t = useWords(words);
  const video = useRef<HTMLVideoElement>(null);
  const stop = useRef<() => void>(undefined);
  const [state, setState] = useState<'off' | 'on' | 'refused'>('off');
  useEffect(() => () => stop.current?.(), []);
  if (!canRead()) return <p class="small soft">{t.cameraMissing}</p>;
  const start = async () => {
    const { current } = video;
    if (current === null) return;
    try {
      setState('on');
      stop.current = await watchCamera(current, (gtin) => {
        setState('off');
        onRead(gtin);
      });
    } catch {
      setState('refused');
    }
  };
  const end = () => {
    stop.current?.();
    setState('off');
  };
  return (
    <div class="stack">
      <video class={state === 'on' ? 'scan-video' : 'scan-video-off'} ref={video} muted playsInline aria-label={t.seen} />
      {state === 'on' && <p class="small soft">{t.cameraHint}</p>}
      {state === 'refused' && <Notice tone="warn">{t.cameraRefused}</Notice>}
      <div>
        <Button kind="quiet" onClick={() => (state === 'on' ? end() : void start())}>
          {state === 'on' ? t.stopCamera : t.camera}
        </Button>
      </div>
    </div>
  );
}
