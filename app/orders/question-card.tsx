import { useRef, useState } from 'preact/hooks';
import { WORDING_VERSION } from '../../shared/order/order-button.ts';
import { send } from '../api/client.ts';
import { useNow } from '../api/clock.ts';
import type { ApiProblem } from '../api/problem.ts';
import { Button } from '../design/button.tsx';
import { Card, Notice } from '../design/card.tsx';
import { Countdown } from '../design/countdown.tsx';
import { OrderButton, orderButtonText } from '../design/order-button.tsx';
import { Trouble } from '../design/states.tsx';
import { useHousehold } from '../household.tsx';
import { useFormats } from '../words/formats.ts';
import { language } from '../words/language.ts';
import { useWords } from '../words/use-words.ts';
import { useSending, type Sending } from '../api/use-sending.ts';
import { questionWords } from './question-words.ts';
import type { FollowView, Question } from './view.ts';
import { words } from './words.ts';

type QuestionWords = (typeof questionWords)['en'] | (typeof questionWords)['de'];

interface QuestionsProps {
  readonly view: FollowView;
  readonly reload: () => Promise<void>;
}

/** What the shop asks now. That an answer did not arrive is said here even when its question is gone by then: nobody must think they had answered. */
export function Questions({ view, reload }: QuestionsProps) {
  const sending = useSending(reload);
  const [about, setAbout] = useState<string>();
  const open = view.questions.filter(({ answer }) => answer === undefined);
  const { problem } = sending;
  return (
    <>
      {problem !== undefined && !open.some(({ questionId }) => questionId === about) && <NotSent problem={problem} />}
      {open.map((question) => (
        <QuestionCard
          key={question.questionId}
          {...{ question, view, sending }}
          problem={question.questionId === about ? problem : undefined}
          onAnswer={() => setAbout(question.questionId)}
        />
      ))}
    </>
  );
}

function NotSent({ problem }: { readonly problem: ApiProblem }) {
  const t = useWords(words);
  return problem.status === 409 ? <Notice tone="warn">{t.refused}</Notice> : <Trouble problem={problem} />;
}

interface QuestionCardProps {
  readonly question: Question;
  readonly view: FollowView;
  readonly sending: Sending;
  readonly problem: ApiProblem | undefined;
  readonly onAnswer: () => void;
}

/** May something else come? With both prices in view; what costs more is bought under the button with the words of the law. */
function QuestionCard({ question, view, sending: { busy, run }, problem, onAnswer }: QuestionCardProps) {
  const t = useWords(questionWords);
  const { cannotCancel } = useWords(words);
  const formats = useFormats();
  const { householdId, mayAct } = useHousehold();
  // What was on the screen when the finger came down, should it change in that moment.
  const shown = useRef(question);
  shown.current = question;
  const { questionId, offered, quantity, offeredTotal, lineTotal, title, answerBefore, needsOrderButton, gtin, replaces } = question;
  const isOver = useNow() >= answerBefore;
  const ordered = replaces ?? view.lines.find((line) => line.gtin === gtin)?.quantity ?? quantity;
  const answer = (accepted: boolean) => {
    const { hash } = shown.current;
    const evidence = { wordingVersion: WORDING_VERSION, buttonText: orderButtonText(), language: language.value };
    onAnswer();
    const body = { accepted, hash, ...(accepted && needsOrderButton && { evidence }) };
    return run(() => send('answerSubstitution', { params: { householdId, orderId: view.orderId, questionId }, body }));
  };
  const guest = mayAct ? undefined : cannotCancel.guest;
  const more = offeredTotal.amountMinor - lineTotal.amountMinor;
  return (
    <Card title={t.question(view.shop.name)} tone="warn">
      <p>{t.questionText(title)}</p>
      <dl class="order-swap">
        <dt>{t.insteadOf}</dt>
        <dd>
          {ordered} × {title}, {formats.money(lineTotal)}
        </dd>
        <dt>{t.offered}</dt>
        <dd>
          <strong>
            {quantity} × {offered.title}, {formats.money(offeredTotal)}
          </strong>
          <div class="small soft">{formats.unitPrice(offered.unitPrice, offered.pack)}</div>
          {offered.tags.length > 0 && <div class="small soft">{t.contains(offered.tags.join(', '))}</div>}
        </dd>
        {needsOrderButton && (
          <>
            <dt>{t.newTotal}</dt>
            <dd>
              <strong>{formats.money({ ...view.total, amountMinor: view.total.amountMinor + more })}</strong>
            </dd>
          </>
        )}
      </dl>
      <p>{costText(more, t, (amountMinor) => formats.money({ ...lineTotal, amountMinor }))}</p>
      <p>
        {t.timeLeft} <Countdown until={answerBefore} />
      </p>
      {problem !== undefined && <NotSent problem={problem} />}
      {!isOver && (
        <>
          {needsOrderButton ? (
            <OrderButton busy={busy} disabled={!mayAct} why={guest} onClick={() => void answer(true)} />
          ) : (
            <Button busy={busy} disabled={!mayAct} why={guest} onClick={() => void answer(true)}>
              {t.yes}
            </Button>
          )}
          <Button kind="quiet" busy={busy} disabled={!mayAct} onClick={() => void answer(false)}>
            {t.no}
          </Button>
        </>
      )}
      <p class="small soft">{t.noAnswerIsNo}</p>
    </Card>
  );
}

function costText(moreMinor: number, t: QuestionWords, money: (minor: number) => string): string {
  if (moreMinor === 0) return t.costsSame;
  return moreMinor > 0 ? t.costsMore(money(moreMinor)) : t.costsLess(money(-moreMinor));
}
