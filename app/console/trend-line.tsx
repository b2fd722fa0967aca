/** A share over the days, with the band in which it is expected; a day outside of it is marked. Days of which nothing is known are gaps. */
import type { Answer } from '../api/contract-types.ts';

type Point = Answer<'readReport'>['metrics'][number]['trend'][number];

const WIDTH = 240;
const HEIGHT = 44;
const PAD = 4;

export function TrendLine({ points, label }: { readonly points: readonly Point[]; readonly label: string }) {
  const x = (index: number): number => PAD + (index / Math.max(1, points.length - 1)) * (WIDTH - 2 * PAD);
  const y = (share: number): number => HEIGHT - PAD - Math.min(1, Math.max(0, share)) * (HEIGHT - 2 * PAD);
  const pieces = piecesOf(points.map(({ value }, index) => (value === undefined ? undefined : `${x(index)},${y(value)}`)));
  const known = points.flatMap((point, index) =>
    point.low === undefined || point.high === undefined ? [] : [{ x: x(index), low: y(point.low), high: y(point.high) }],
  );
  const band = [...known.map((one) => `${one.x},${one.high}`), ...[...known].reverse().map((one) => `${one.x},${one.low}`)].join(' ');
  return (
    <svg class="console-trend" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      {known.length > 1 && <polygon class="console-trend-band" points={band} />}
      {pieces.map((piece) => (
        <polyline key={piece[0]} class="console-trend-line" points={piece.join(' ')} />
      ))}
      {points.map(({ day, value, breaks }, index) =>
        value === undefined ? null : (
          <circle
            key={day}
            class={breaks === undefined ? 'console-trend-dot' : 'console-trend-break'}
            cx={x(index)}
            cy={y(value)}
            r={breaks === undefined ? 1.6 : 3.6}
          />
        ),
      )}
    </svg>
  );
}

/** What hangs together; one point alone is a piece too. */
function piecesOf(points: readonly (string | undefined)[]): string[][] {
  const pieces: string[][] = [];
  let open: string[] | undefined;
  for (const point of points) {
    if (point === undefined) open = undefined;
    else if (open === undefined) pieces.push((open = [point]));
    else open.push(point);
  }
  return pieces;
}
