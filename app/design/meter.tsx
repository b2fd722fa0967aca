interface MeterProps {
  readonly label: string;
  /** 0..1 */
  readonly value: number;
  readonly low?: boolean | undefined;
  /** What it says in words, beside the bar. */
  readonly text?: string | undefined;
}

const WIDTH = 100;

export function Meter({ label, value, low = false, text }: MeterProps) {
  const share = Math.min(1, Math.max(0, Number.isFinite(value) ? value : 0));
  return (
    <div class={low ? 'meter meter-low' : 'meter'}>
      <svg
        class="meter-bar"
        viewBox={`0 0 ${WIDTH} 4`}
        preserveAspectRatio="none"
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        aria-valuetext={text}
      >
        <rect class="meter-track" width={WIDTH} height="4" />
        <rect class="meter-fill" width={share * WIDTH} height="4" />
      </svg>
      {text !== undefined && (
        <div class="small soft" aria-hidden="true">
          {text}
        </div>
      )}
    </div>
  );
}
