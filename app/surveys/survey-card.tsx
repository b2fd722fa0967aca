import './surveys.css';
import { useState } from 'preact/hooks';
import { send, useResource } from '../api/client.ts';
import type { Answer } from '../api/contract-types.ts';
import { useSending } from '../api/use-sending.ts';
import { Button } from '../design/button.tsx';
import { Card } from '../design/card.tsx';
import { Trouble } from '../design/states.tsx';
import { useHousehold } from '../household.tsx';
import { urls } from '../urls.ts';
import { useWords } from '../words/use-words.ts';
import { words } from './words.ts';

type Survey = NonNullable<Answer<'readSurvey'>['survey']>;
const FACES = ['😠', '🙁', '😐', '🙂', '😀'] as const;
const scores = { csat: [1, 2, 3, 4, 5], ces: [1, 2, 3, 4, 5, 6, 7], nps: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] } as const;

/** How it went, in one tap; nothing at all while nobody is asked. @param orderId only a question about this order */
export function SurveyCard({ orderId }: { readonly orderId?: string }) {
  const t = useWords(words);
  const { householdId } = useHousehold();
  const { data, reload } = useResource('readSurvey', { params: { householdId } });
  // Thanks outlast the question, which is gone once it is answered.
  const [given, setGiven] = useState<'score' | 'skip'>();
  const sending = useSending(reload);
  if (given !== undefined) return <Card tone="accent">{<p role="status">{given === 'skip' ? t.skipped : t.thanks}</p>}</Card>;
  const survey = data?.survey;
  if (survey === undefined || (orderId !== undefined && survey.orderId !== orderId)) return null;
  const { surveyId } = survey;
  const answer = async (score?: number) => {
    const body = score === undefined ? ({ answer: 'skip' } as const) : ({ answer: 'score', score } as const);
    const taken = await sending.run(() => send('answerSurvey', { params: { householdId, surveyId }, body }));
    if (taken) setGiven(body.answer);
  };
  return (
    <Card title={t.title}>
      <Scale survey={survey} busy={sending.busy} onAnswer={(score) => void answer(score)} />
      {sending.problem !== undefined && <Trouble problem={sending.problem} />}
      <div class="line-up">
        <Button kind="quiet" busy={sending.busy} onClick={() => void answer()}>
          {t.skip}
        </Button>
        {orderId === undefined && survey.orderId !== undefined && <a href={urls.order(survey.orderId)}>{t.about}</a>}
        {survey.caseId !== undefined && <a href={urls.case(survey.caseId)}>{t.aboutCase}</a>}
      </div>
    </Card>
  );
}

interface ScaleProps {
  readonly survey: Survey;
  readonly busy: boolean;
  readonly onAnswer: (score: number) => void;
}

function Scale({ survey: { kind }, busy, onAnswer }: ScaleProps) {
  const t = useWords(words);
  return (
    <fieldset class="survey">
      <legend>{t[kind]}</legend>
      <div class={`survey-scores survey-${kind}`}>
        {scores[kind].map((score) => (
          <button key={score} type="button" class="survey-score" aria-disabled={busy} {...named(kind, score, t)} onClick={() => !busy && onAnswer(score)}>
            {kind === 'csat' ? <span aria-hidden="true">{FACES[score - 1]}</span> : score}
          </button>
        ))}
      </div>
      <div class="survey-ends soft" aria-hidden="true">
        <span>{t.worst[kind]}</span>
        <span>{t.best[kind]}</span>
      </div>
    </fieldset>
  );
}

/** A face says nothing to whoever hears the page; the ends of a row of numbers are named there as well. */
function named(kind: Survey['kind'], score: number, t: (typeof words)['en'] | (typeof words)['de']): { 'aria-label'?: string } {
  if (kind === 'csat') return { 'aria-label': t.faces[score - 1] ?? String(score) };
  const end = score === scores[kind][0] ? t.worst[kind] : score === scores[kind].at(-1) ? t.best[kind] : undefined;
  return end === undefined ? {} : { 'aria-label': end };
}
