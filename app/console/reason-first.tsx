/** A list of households is shown once it is said what for, which stands with each household of the list. */
import { Button } from '../design/button.tsx';
import { TextField } from '../design/field.tsx';
import { useWords } from '../words/use-words.ts';

const LEAST = 3;

const words = {
  en: {
    why: 'Why do you want to see who it is?',
    hint: 'It stands with each household on the list, and they can read it.',
    show: 'Show the list',
  },
  de: {
    why: 'Wozu willst du sehen, wer es ist?',
    hint: 'Es steht bei jedem Haushalt der Liste, und er kann es lesen.',
    show: 'Liste zeigen',
  },
};

interface ReasonFirstProps {
  /** Where it is not a list of households. */
  readonly says?: { readonly why: string; readonly hint: string; readonly show: string };
  readonly busy?: boolean;
  /** As many characters as the API takes. */
  readonly maxLength: number;
  /** The reason as it stands now, whenever it changes: further pages of the list are asked for with it. */
  readonly reason: string;
  readonly change: (reason: string) => void;
  readonly show: () => void;
}

export function ReasonFirst({ says, busy = false, maxLength, reason, change, show }: ReasonFirstProps) {
  const ours = useWords(words);
  const t = says ?? ours;
  const isEnough = reason.trim().length >= LEAST;
  return (
    <form
      class="stack-tight"
      onSubmit={(event) => {
        event.preventDefault();
        if (isEnough) show();
      }}
    >
      <TextField label={t.why} hint={t.hint} value={reason} maxLength={maxLength} onChange={change} />
      <div>
        <Button type="submit" kind="quiet" busy={busy} disabled={!isEnough}>
          {t.show}
        </Button>
      </div>
    </form>
  );
}
