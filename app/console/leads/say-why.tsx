/** Asked before anything of anybody is shown. */
import { Button } from '../../design/button.tsx';
import { TextField } from '../../design/field.tsx';
import { useWords } from '../../words/use-words.ts';
import { isReason } from './lead-reason.ts';
import { words } from './leads-words.ts';

/** As many characters as the API takes. */
const MOST = 100;

interface SayWhyProps {
  readonly reason: string;
  readonly change: (reason: string) => void;
  readonly busy?: boolean;
  readonly show: () => void;
}

export function SayWhy({ reason, change, busy = false, show }: SayWhyProps) {
  const t = useWords(words);
  const isEnough = isReason(reason);
  return (
    <form
      class="stack-tight"
      onSubmit={(event) => {
        event.preventDefault();
        if (isEnough) show();
      }}
    >
      <TextField label={t.why} hint={t.whyHint} value={reason} maxLength={MOST} onChange={change} />
      <div>
        <Button type="submit" kind="quiet" busy={busy} disabled={!isEnough}>
          {t.show}
        </Button>
      </div>
    </form>
  );
}
