import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { useWords } from '../words/use-words.ts';
import { words } from './words.ts';

interface ButtonProps {
  readonly kind?: 'primary' | 'quiet' | 'danger' | undefined;
  readonly busy?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  /** Shown when it may not be pressed. */
  readonly why?: string | undefined;
  readonly onClick?: ((event: Event) => void) | undefined;
  readonly type?: 'button' | 'submit' | undefined;
  /** Then it is a link that looks like a button. */
  readonly href?: string | undefined;
  readonly children?: ComponentChildren;
}

export function Button({ kind = 'primary', busy = false, disabled = false, why, onClick, type = 'button', href, children }: ButtonProps) {
  const t = useWords(words);
  const whyId = useId();
  const look = `button button-${kind}`;
  if (href !== undefined && !disabled) {
    return (
      <a class={look} href={href} onClick={onClick}>
        {children}
      </a>
    );
  }
  const off = disabled || busy;
  // Not `disabled`: it stays where the keyboard finds it and can say why it does nothing.
  const button = (
    <button
      class={look}
      type={type}
      aria-disabled={off}
      aria-busy={busy}
      aria-describedby={off && why !== undefined ? whyId : undefined}
      onClick={(event) => (off ? event.preventDefault() : onClick?.(event))}
    >
      {busy ? t.busy : children}
    </button>
  );
  if (!disabled || why === undefined) return button;
  return (
    <div class="button-why">
      {button}
      <p class="small soft" id={whyId}>
        {why}
      </p>
    </div>
  );
}
