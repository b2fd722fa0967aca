import './devices.css';
import { useEffect } from 'preact/hooks';
import { Notice } from '../design/card.tsx';
import { Page } from '../design/page.tsx';
import { Loading } from '../design/states.tsx';
import { OfferDraft } from '../drafts/begun-elsewhere.tsx';
import { useDraft } from '../drafts/use-draft.ts';
import { useHousehold } from '../household.tsx';
import { urls } from '../urls.ts';
import { useWords } from '../words/use-words.ts';
import { ADD_DEVICE, emptyForm, stepOf, STEPS } from './add-device-form.ts';
import { CodeStep } from './code-step.tsx';
import { LabelStep } from './label-step.tsx';
import { ListenStep } from './listen-step.tsx';
import { SlotsStep } from './slots-step.tsx';
import { words } from './words.ts';

/** Code → name and room → what stands in it → its first word. Each step is kept, so that the next may be done elsewhere. */
export default function AddDevicePage() {
  const t = useWords(words);
  const { overview, mayAct } = useHousehold();
  const draft = useDraft(ADD_DEVICE, emptyForm);
  const { form, change, isReady, elsewhere } = draft;
  const device = overview.devices.find(({ thing }) => thing === form.thing);
  const step = stepOf(form, device !== undefined);
  useEffect(() => {
    document.querySelector<HTMLElement>('[data-step] h2')?.focus();
  }, [step]);

  const body = () => {
    if (!mayAct) return <Notice tone="plain">{t.guest}</Notice>;
    if (!isReady) return <Loading />;
    if (elsewhere !== undefined) return <OfferDraft {...elsewhere} />;
    const title = t.step(STEPS.indexOf(step) + 1, STEPS.length, t.stepTitles[step]);
    return (
      <section class="stack" data-step={step} aria-label={title}>
        <h2 tabIndex={-1}>{title}</h2>
        {device === undefined ? (
          <CodeStep onPaired={(paired) => change({ thing: paired.thing, step: 'label', name: t.kind[paired.deviceType] })} />
        ) : step === 'slots' ? (
          <SlotsStep device={device} onDone={() => change({ step: 'listen' })} />
        ) : step === 'listen' ? (
          <ListenStep device={device} onDone={draft.clear} />
        ) : (
          <LabelStep device={device} {...{ form, change }} onDone={() => change({ step: 'slots' })} />
        )}
      </section>
    );
  };
  return (
    <Page title={t.add} back={urls.devices} backLabel={t.devices}>
      {body()}
    </Page>
  );
}
