/** Ending takes two clicks: the button of the law, and its confirmation. */
import { useState } from 'preact/hooks';
import type { MandateId } from '../../shared/values.ts';
import { send } from '../api/client.ts';
import { useSending } from '../api/use-sending.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Trouble } from '../design/states.tsx';
import { useHousehold } from '../household.tsx';
import { useWords } from '../words/use-words.ts';
import { words } from './words.ts';

interface EndMandateProps {
  readonly mandateId: MandateId;
  readonly disabled: boolean;
  readonly why?: string;
  readonly onEnded: () => Promise<void>;
}

export function EndMandate({ mandateId, disabled, why, onEnded }: EndMandateProps) {
  const t = useWords(words);
  const { householdId } = useHousehold();
  const [isOpen, setOpen] = useState(false);
  const { busy, problem, run } = useSending();
  const end = () =>
    run(async () => {
      await send('endMandate', { params: { householdId, mandateId } });
      setOpen(false);
      await onEnded();
    });
  return (
    <>
      <Button kind="danger" disabled={disabled} why={why} onClick={() => setOpen(true)}>
        {t.endHere}
      </Button>
      <Dialog title={t.endTitle} open={isOpen} onClose={() => setOpen(false)}>
        <p>{t.endText}</p>
        {problem !== undefined && <Trouble problem={problem} />}
        <div class="line-up">
          <Button kind="danger" busy={busy} onClick={() => void end()}>
            {t.endNow}
          </Button>
          <Button kind="quiet" onClick={() => setOpen(false)}>
            {t.keep}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
