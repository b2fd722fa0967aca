import type { ComponentChildren } from 'preact';
import { useSending } from '../api/use-sending.ts';
import { Button } from '../design/button.tsx';
import { Trouble } from '../design/states.tsx';
import { useWords } from '../words/use-words.ts';
import './declare.css';
import { words } from './words.ts';

interface ConfirmationProps {
  /** The words of the law on the second button. */
  readonly label: string;
  readonly disabled?: boolean;
  readonly declare: () => Promise<unknown>;
  readonly onBack: () => void;
  readonly backLabel?: string;
  /** What is declared, once more. */
  readonly children?: ComponentChildren;
}

/** The second of the two steps in which one leaves a contract (§312k, §356a BGB): what is declared, and one button that declares it. */
export function Confirmation({ label, disabled = false, declare, onBack, backLabel, children }: ConfirmationProps) {
  const t = useWords(words);
  const { busy, problem, run } = useSending();
  return (
    <>
      {children}
      {problem !== undefined && <Trouble problem={problem} />}
      <div class="line-up">
        <Button kind="danger" busy={busy} disabled={disabled} onClick={() => void run(declare)}>
          {label}
        </Button>
        <Button kind="quiet" onClick={onBack}>
          {backLabel ?? t.back}
        </Button>
      </div>
    </>
  );
}

/** Name and value of each part of the declaration. */
export const Declared = ({ parts }: { readonly parts: readonly (readonly [name: string, value: string])[] }) => (
  <dl class="declared">{parts.map(([name, value]) => [<dt key={`${name} name`}>{name}</dt>, <dd key={`${name} value`}>{value}</dd>])}</dl>
);
