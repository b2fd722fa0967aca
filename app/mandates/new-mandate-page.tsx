import { useResource } from '../api/client.ts';
import { Empty } from '../design/card.tsx';
import { Page } from '../design/page.tsx';
import { Loading, Trouble } from '../design/states.tsx';
import { OfferDraft } from '../drafts/begun-elsewhere.tsx';
import { useDraft } from '../drafts/use-draft.ts';
import { useHousehold } from '../household.tsx';
import { urls } from '../urls.ts';
import { useWords } from '../words/use-words.ts';
import { emptyForm } from './grant-form.ts';
import { LimitsStep } from './limits-step.tsx';
import { SummaryStep } from './summary-step.tsx';
import { WhatStep } from './what-step.tsx';
import { words } from './grant-words.ts';
import './mandates.css';

const NUMBER = { what: 1, limits: 2, summary: 3 } as const;

export default function NewMandatePage() {
  const t = useWords(words);
  const { householdId } = useHousehold();
  const { data: choices, problem, reload } = useResource('readMandateChoices', { params: { householdId } });
  const { form, change, clear, isReady, elsewhere } = useDraft('new-mandate', emptyForm);
  const inside = () => {
    if (choices === undefined) return problem === undefined ? <Loading /> : <Trouble problem={problem} retry={() => void reload()} />;
    if (!isReady) return <Loading />;
    if (elsewhere !== undefined) return <OfferDraft {...elsewhere} />;
    if (choices.items.length === 0) return <Empty title={t.nothingTitle}>{t.nothingText}</Empty>;
    if (form.step === 'limits') return <LimitsStep {...{ form, change, choices }} />;
    if (form.step === 'summary') return <SummaryStep {...{ form, change, clear, choices }} />;
    return <WhatStep {...{ form, change, choices }} />;
  };
  return (
    <Page title={t.title} back={urls.mandates} lead={t.step(NUMBER[form.step])}>
      {inside()}
    </Page>
  );
}
