/** The next page of a list, as long as there is one. */
import { Button } from '../design/button.tsx';

interface MoreProps {
  /** Where it begins; undefined: everything is shown. */
  readonly next: number | undefined;
  readonly label: string;
  readonly more: (from: number) => void;
}

export const More = ({ next, label, more }: MoreProps) =>
  next === undefined ? null : (
    <div>
      <Button kind="quiet" onClick={() => more(next)}>
        {label}
      </Button>
    </div>
  );
