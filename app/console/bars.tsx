/** Figures side by side: each a bar with its name and what it says; the rows are a list, so that it reads without the picture. */
interface Bar {
  readonly key: string;
  readonly label: string;
  /** 0 or more. */
  readonly value: number;
  readonly text: string;
  readonly tone?: 'good' | 'bad' | 'plain' | undefined;
}

/** @param most what the whole width stands for; absent: the largest of them */
export function Bars({ bars, most = 1 }: { readonly bars: readonly Bar[]; readonly most?: number }) {
  const whole = Math.max(1, most, ...bars.map(({ value }) => value));
  return (
    <ul class="console-bars">
      {bars.map(({ key, label, value, text, tone = 'plain' }) => (
        <li key={key}>
          <span>{label}</span>
          <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
            <rect class="console-bar-track" width="100" height="8" />
            <rect class={`console-bar-fill console-bar-${tone}`} width={(Math.max(0, value) / whole) * 100} height="8" />
          </svg>
          <span class="console-number">{text}</span>
        </li>
      ))}
    </ul>
  );
}
