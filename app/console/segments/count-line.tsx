/** How many there were, day by day; from nothing to the most that there were. */
const WIDTH = 240;
const HEIGHT = 44;
const PAD = 4;

export function CountLine({ points, label }: { readonly points: readonly { readonly day: string; readonly value: number }[]; readonly label: string }) {
  const most = Math.max(1, ...points.map(({ value }) => value));
  const x = (index: number): number => PAD + (index / Math.max(1, points.length - 1)) * (WIDTH - 2 * PAD);
  const y = (value: number): number => HEIGHT - PAD - (value / most) * (HEIGHT - 2 * PAD);
  const [first, last] = [points[0], points.at(-1)];
  return (
    <svg class="console-trend" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`${label}: ${first?.value ?? 0} – ${last?.value ?? 0}`}>
      <polyline class="console-trend-line" points={points.map(({ value }, index) => `${x(index)},${y(value)}`).join(' ')} />
      {last !== undefined && <circle class="console-trend-dot" cx={x(points.length - 1)} cy={y(last.value)} r={2.4} />}
    </svg>
  );
}
