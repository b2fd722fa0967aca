/** Values with their intervals on one common scale: a point on a line, and where 0 is; the rows are a list, so that they read without the picture. */
export interface IntervalRow {
  readonly key: string;
  readonly label: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly text: string;
  readonly tone?: 'good' | 'bad' | 'plain' | undefined;
}

const WIDTH = 100;
const HEIGHT = 12;
const MIDDLE = HEIGHT / 2;

export function IntervalRows({ rows, least = 0, most = 0 }: { readonly rows: readonly IntervalRow[]; readonly least?: number; readonly most?: number }) {
  const low = Math.min(least, ...rows.map((row) => row.low));
  const high = Math.max(most, ...rows.map((row) => row.high));
  const at = (value: number): number => (high === low ? MIDDLE : ((value - low) / (high - low)) * WIDTH);
  return (
    <ul class="console-bars">
      {rows.map(({ key, label, value, text, tone = 'plain', ...row }) => (
        <li key={key}>
          <span>{label}</span>
          <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
            <rect class="console-bar-track" y={MIDDLE - 1} width={WIDTH} height="2" />
            <rect
              class={`console-bar-fill console-bar-${tone}`}
              x={at(row.low)}
              y={MIDDLE - 2}
              width={Math.max(0.5, at(row.high) - at(row.low))}
              height="4"
              opacity="0.45"
            />
            <rect class={`console-bar-fill console-bar-${tone}`} x={Math.max(0, at(value) - 0.6)} y="1" width="1.2" height={HEIGHT - 2} />
            {low < 0 && <line class="trial-zero" x1={at(0)} x2={at(0)} y1="0" y2={HEIGHT} />}
          </svg>
          <span class="console-number">{text}</span>
        </li>
      ))}
    </ul>
  );
}
