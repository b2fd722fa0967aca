import './approvals.css';
import { useLocation } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import { useResource } from '../api/client.ts';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/card.tsx';
import { Countdown } from '../design/countdown.tsx';
import { Page } from '../design/page.tsx';
import { Loading, Trouble } from '../design/states.tsx';
import { useHousehold } from '../household.tsx';
import { closeMessage, heard } from '../live/live.ts';
import { urls } from '../urls.ts';
import { useParam } from '../use-param.ts';
import { useWords } from '../words/use-words.ts';
import { Asked } from './asked.tsx';
import { ChangeDialog } from './change-dialog.tsx';
import { ChangedNotice, PriceNotice } from './changed-notice.tsx';
import { DeclineDialog } from './decline-dialog.tsx';
import { OrderBox } from './order-box.tsx';
import { Outcome } from './outcome.tsx';
import { useAnswer } from './use-answer.ts';
import { refusalText, type Alternatives, type OrderView, type Quote } from './view.ts';
import { Reason } from './reason.tsx';
import { WaitingHint } from './waiting-hint.tsx';
import { words } from './words.ts';

export default function ApprovalPage() {
  const t = useWords(words);
  const { householdId } = useHousehold();
  const orderId = useParam('orderId');
  const resource = useResource('readOrder', { params: { householdId, orderId } });
  const { data, problem } = resource;
  const reload = () => resource.reload();
  // What a message about this order says stands here already, and it would cover the button.
  const told = heard.value.filter((message) => message.orderId === orderId);
  useEffect(() => {
    for (const { messageId } of told) closeMessage(messageId);
  }, [told.length]);
  const isWaiting = data?.order.status === 'awaiting-approval';
  return (
    <Page title={data === undefined || isWaiting ? t.title : t.titleDone}>
      {data === undefined ? (
        problem === undefined ? (
          <Loading />
        ) : (
          <Trouble problem={problem} retry={() => void reload()} />
        )
      ) : (
        <Question key={orderId} view={data} reload={reload} />
      )}
    </Page>
  );
}

interface QuestionProps {
  readonly view: OrderView;
  readonly reload: () => Promise<void>;
}

function Question({ view, reload }: QuestionProps) {
  const t = useWords(words);
  const { order } = view;
  const answer = useAnswer(view, reload);
  const refused = answer.problem?.code ?? answer.refusedLater;
  const told = refused !== undefined && (
    <Notice tone="bad">
      <p>{refusalText(refused, t)}</p>
      <div>
        <Button kind="quiet" onClick={answer.clear}>
          {t.ok}
        </Button>
      </div>
    </Notice>
  );
  if (order.status !== 'awaiting-approval') {
    return (
      <div class="stack">
        {told}
        <Outcome view={view} />
      </div>
    );
  }
  return (
    <div class="approval">
      {told}
      <Waiting view={view} answer={answer} expiresAt={order.expiresAt} />
    </div>
  );
}

interface WaitingProps {
  readonly view: OrderView;
  readonly answer: ReturnType<typeof useAnswer>;
  readonly expiresAt: Parameters<typeof Countdown>[0]['until'];
}

function Waiting({ view, answer, expiresAt }: WaitingProps) {
  const t = useWords(words);
  const { householdId, mayAct } = useHousehold();
  const { order, shop } = view;
  const { quote } = order;
  const choices = useResource('readAlternatives', { params: { householdId, orderId: order.orderId } });
  const alternatives = choices.data;
  const [seen, setSeen] = useState<Quote>(quote);
  const [open, setOpen] = useState<'change' | 'decline'>();
  useEffect(() => {
    if (answer.isOwnChange) setSeen(quote);
  }, [answer.isOwnChange, quote.hash]);
  const isOutdated = alternatives !== undefined && alternatives.quoteHash !== quote.hash;
  useEffect(() => {
    if (isOutdated) void choices.reload();
  }, [isOutdated, quote.hash]);
  const isChanged = seen.hash !== quote.hash && !answer.isOwnChange;
  const fitting = alternatives?.quoteHash === quote.hash ? alternatives : undefined;
  const change = async (lines: Parameters<typeof answer.change>[0]) => {
    if (await answer.change(lines)) setOpen(undefined);
  };
  const why = !mayAct ? t.guest : isChanged ? t.lookFirst : answer.isKept ? t.keptTitle : undefined;
  return (
    <>
      <p class="approval-why">
        <Reason view={view} />
        <span>
          {t.answerWithin} <Countdown until={expiresAt} />
        </span>
      </p>
      <Asked view={view} />
      {answer.isKept && (
        <Notice tone="warn">
          <strong>{t.keptTitle}</strong>
          <p>{t.keptText}</p>
          <div>
            <Button kind="quiet" onClick={() => void answer.takeBack()}>
              {t.takeBack}
            </Button>
          </div>
        </Notice>
      )}
      {isChanged && <ChangedNotice was={seen} view={view} onSeen={() => setSeen(quote)} />}
      {!isChanged && fitting !== undefined && <PriceNotice quote={quote} alternatives={fitting} onTake={mayAct ? (lines) => void change(lines) : undefined} />}
      <WaitingHint view={view} />
      <OrderBox quote={quote} shop={shop.name} busy={answer.busy} why={why} onOrder={() => void answer.approve()} />
      <div class="approval-else">
        <Button kind="quiet" disabled={!mayAct || answer.isKept || fitting === undefined} onClick={() => setOpen('change')}>
          {t.change}
        </Button>
        <Button kind="quiet" disabled={!mayAct || answer.isKept} onClick={() => setOpen('decline')}>
          {t.no}
        </Button>
      </div>
      <Dialogs {...{ quote, answer, alternatives: fitting, open, change }} onClose={() => setOpen(undefined)} />
    </>
  );
}

interface DialogsProps {
  readonly quote: Quote;
  readonly answer: ReturnType<typeof useAnswer>;
  readonly alternatives: Alternatives | undefined;
  readonly open: 'change' | 'decline' | undefined;
  readonly change: (lines: Parameters<DialogsProps['answer']['change']>[0]) => Promise<void>;
  readonly onClose: () => void;
}

function Dialogs({ quote, answer, alternatives, open, change, onClose }: DialogsProps) {
  const t = useWords(words);
  const { route } = useLocation();
  return (
    <>
      {alternatives !== undefined && (
        <ChangeDialog
          key={quote.hash}
          open={open === 'change'}
          alternatives={alternatives}
          busy={answer.busy}
          refused={answer.problem && refusalText(answer.problem.code, t)}
          onClose={onClose}
          onChange={(lines) => void change(lines)}
        />
      )}
      <DeclineDialog
        open={open === 'decline'}
        onClose={onClose}
        onLater={() => route(urls.home)}
        onDecline={(reason, comment) => {
          onClose();
          void answer.decline(reason, comment);
        }}
      />
    </>
  );
}
