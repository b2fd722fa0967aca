import { useId } from 'preact/hooks';
import { orderButtonTexts } from '../../shared/order/order-button.ts';
import { language } from '../words/language.ts';

interface OrderButtonProps {
  readonly onClick: () => void;
  readonly busy?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  readonly why?: string | undefined;
}

/** The words that stand on the button now: they are part of the evidence of whoever presses it. */
export const orderButtonText = () => orderButtonTexts[language.value][0];

/** The button that makes a contract: the words of the law and nothing beside them (BGB §312j (3)), not even while it is busy. */
export function OrderButton({ onClick, busy = false, disabled = false, why }: OrderButtonProps) {
  const whyId = useId();
  const off = busy || disabled;
  return (
    <div class="button-why button-order-frame">
      <button
        class="button button-primary button-order"
        type="button"
        aria-disabled={off}
        aria-busy={busy}
        aria-describedby={disabled && why !== undefined ? whyId : undefined}
        onClick={() => off || onClick()}
      >
        {orderButtonText()}
      </button>
      {disabled && why !== undefined && (
        <p class="small soft" id={whyId}>
          {why}
        </p>
      )}
    </div>
  );
}
