import { useState } from 'preact/hooks';
import { send } from '../api/client.ts';
import { Button } from '../design/button.tsx';
import { Card, Notice } from '../design/card.tsx';
import { Choice } from '../design/choice.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Trouble } from '../design/states.tsx';
import { useHousehold } from '../household.tsx';
import { useWords } from '../words/use-words.ts';
import { useSending } from '../api/use-sending.ts';
import type { FollowView, Words } from './view.ts';
import { words } from './words.ts';

const REASONS = ['not-needed', 'ordered-by-mistake', 'bought-elsewhere', 'takes-too-long', 'other'] as const;
type Reason = (typeof REASONS)[number];

interface CancelCardProps {
  readonly view: FollowView;
  readonly reload: () => Promise<void>;
}

/** Before the shop knows of it an order is taken back; afterwards the shop is asked; once it has left it is neither, and the page says why. */
export function CancelCard({ view, reload }: CancelCardProps) {
  const t = useWords(words);
  const { householdId } = useHousehold();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState<Reason>('not-needed');
  const { busy, problem, run } = useSending(reload);
  const { orderId } = view;
  const can = (action: 'withdraw' | 'cancel') => view.actions.find((one) => one.action === action);
  const isEarly = can('withdraw')?.allowed === true && view.status !== 'awaiting-approval';
  const cancel = can('cancel');
  const why = cancel?.allowed === false ? whyNot(cancel.reason, t) : undefined;
  if (!isEarly && cancel?.allowed !== true && why === undefined) return null;
  const sent = () =>
    isEarly
      ? send('withdrawOrder', { params: { householdId, orderId }, body: { reason } })
      : send('cancelOrder', { params: { householdId, orderId }, body: { reason } });
  const ask = async () => {
    await run(sent);
    setOpen(false);
  };
  return (
    <Card title={t.cancelTitle}>
      <p class="soft">{isEarly ? t.takeBackText : (why ?? t.cancelText)}</p>
      {problem !== undefined && (problem.status === 409 ? <Notice tone="warn">{t.refused}</Notice> : <Trouble problem={problem} />)}
      {why === undefined && (
        <div>
          <Button kind="quiet" onClick={() => setOpen(true)}>
            {isEarly ? t.takeBack : t.cancel}
          </Button>
        </div>
      )}
      <Dialog title={isEarly ? t.takeBack : t.cancelTitle} open={open} onClose={() => setOpen(false)}>
        <p>{isEarly ? t.takeBackText : t.cancelText}</p>
        <Choice label={t.cancelAsk} value={reason} options={REASONS.map((value) => ({ value, label: t.cancelReasons[value] }))} onChange={setReason} />
        <div class="line-up">
          <Button kind="danger" busy={busy} onClick={() => void ask()}>
            {isEarly ? t.takeBack : t.cancelSend}
          </Button>
          <Button kind="quiet" onClick={() => setOpen(false)}>
            {t.keep}
          </Button>
        </div>
      </Dialog>
    </Card>
  );
}

const isKnown = (reason: string, known: Words['cannotCancel']): reason is keyof Words['cannotCancel'] => reason in known;
/** Only where the order is still on its way: of what is over nothing is to be cancelled. */
const whyNot = (reason: string | undefined, t: Words): string | undefined =>
  reason !== undefined && isKnown(reason, t.cannotCancel) ? t.cannotCancel[reason] : undefined;
