import type { ComponentChildren } from 'preact';
import { useLocation } from 'preact-iso';
import { useResource } from '../api/client.ts';
import { Empty } from '../design/card.tsx';
import { Page } from '../design/page.tsx';
import { Loading, Trouble } from '../design/states.tsx';
import { OfferDraft } from '../drafts/begun-elsewhere.tsx';
import { useDraft } from '../drafts/use-draft.ts';
import { useHousehold } from '../household.tsx';
import { urls } from '../urls.ts';
import { useWords } from '../words/use-words.ts';
import { formFor, type Choices } from './grant-form.ts';
import { LimitsStep } from './limits-step.tsx';
import { SummaryStep } from './summary-step.tsx';
import { WhatStep } from './what-step.tsx';
import { words } from './grant-words.ts';
import './mandates.css';

const NUMBER = { what: 1, limits: 2, summary: 3 } as const;

export default function NewMandatePage() {
  const { householdId } = useHousehold();
  const { data, problem, reload } = useResource('readMandateChoices', { params: { householdId } });
  if (data !== undefined) return <NewMandate choices={data} />;
  return <NewMandateFrame step="what">{problem === undefined ? <Loading /> : <Trouble problem={problem} retry={() => void reload()} />}</NewMandateFrame>;
}

function NewMandate({ choices }: { readonly choices: Choices }) {
  const t = useWords(words);
  const { query } = useLocation();
  const { form, change, clear, isReady, elsewhere } = useDraft('new-mandate', formFor(query['gtins']?.split(',') ?? [], choices));
  const inside = () => {
    if (!isReady) return <Loading />;
    if (elsewhere !== undefined) return <OfferDraft {...elsewhere} />;
    if (choices.items.length === 0) return <Empty title={t.nothingTitle}>{t.nothingText}</Empty>;
    if (form.step === 'limits') return <LimitsStep {...{ form, change, choices }} />;
    if (form.step === 'summary') return <SummaryStep {...{ form, change, clear, choices }} />;
    return <WhatStep {...{ form, change, choices }} />;
  };
  return <NewMandateFrame step={form.step}>{inside()}</NewMandateFrame>;
}

interface FrameProps {
  readonly step: keyof typeof NUMBER;
  readonly children: ComponentChildren;
}

function NewMandateFrame({ step, children }: FrameProps) {
  const t = useWords(words);
  return (
    <Page title={t.title} back={urls.mandates} lead={t.step(NUMBER[step])}>
      {children}
    </Page>
  );
}
