import { useState } from 'preact/hooks';
import { Button } from '../design/button.tsx';
import { Choice } from '../design/choice.tsx';
import { Dialog } from '../design/dialog.tsx';
import { TextField } from '../design/field.tsx';
import { useWords } from '../words/use-words.ts';
import { words } from './words.ts';

const REASONS = ['too-dear', 'not-needed', 'bought-elsewhere', 'wrong-product', 'later', 'other'] as const;
type Reason = (typeof REASONS)[number];
const COMMENT_MAX = 200;

interface DeclineDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onDecline: (reason: string, comment: string) => void;
  /** No answer at all: the question stays. */
  readonly onLater: () => void;
}

export function DeclineDialog({ open, onClose, onDecline, onLater }: DeclineDialogProps) {
  const t = useWords(words);
  const [reason, setReason] = useState<Reason>('not-needed');
  const [comment, setComment] = useState('');
  const options = REASONS.map((value) => ({ value, label: t.reasons[value], ...(value === 'later' && { hint: t.laterHint }) }));
  return (
    <Dialog title={t.declineTitle} open={open} onClose={onClose}>
      <Choice label={t.declineHint} value={reason} options={options} onChange={setReason} />
      {reason === 'other' && <TextField label={t.comment} hint={t.commentHint} value={comment} lines={3} maxLength={COMMENT_MAX} onChange={setComment} />}
      <div class="approval-else">
        <Button kind="quiet" onClick={onClose}>
          {t.cancel}
        </Button>
        {reason === 'later' ? (
          <Button onClick={onLater}>{t.laterSend}</Button>
        ) : (
          <Button kind="danger" onClick={() => onDecline(reason, reason === 'other' ? comment.trim() : '')}>
            {t.declineSend}
          </Button>
        )}
      </div>
    </Dialog>
  );
}
