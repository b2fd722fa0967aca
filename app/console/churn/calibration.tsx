/** What was foretold against what happened: on the diagonal, one comes as often as the other. */
import type { Answer } from '../../api/contract-types.ts';
import { useFormats } from '../../words/formats.ts';
import { useWords } from '../../words/use-words.ts';
import { words } from './churn-words.ts';

type Point = Answer<'readChurn'>['report']['calibration'][number];

const SIZE = 200;
const PAD = 26;
const [DOT_MIN, DOT_MAX] = [3, 9];

export function Calibration({ points }: { readonly points: readonly Point[] }) {
  const t = useWords(words);
  const formats = useFormats();
  const most = Math.max(1, ...points.map(({ of }) => of));
  const x = (share: number): number => PAD + share * (SIZE - PAD - 6);
  const y = (share: number): number => SIZE - PAD - share * (SIZE - PAD - 6);
  const told = points.map(({ foretold, left, of }) => `${formats.percent(foretold)} → ${formats.percent(left)} (${of})`).join('; ');
  return (
    <svg class="console-calibration" viewBox={`0 0 ${SIZE} ${SIZE}`} role="img" aria-label={t.calibrationText(told)}>
      {[0, 0.5, 1].map((share) => (
        <g key={share} class="console-axis">
          <line x1={x(share)} x2={x(share)} y1={y(0)} y2={y(1)} />
          <line x1={x(0)} x2={x(1)} y1={y(share)} y2={y(share)} />
          <text x={x(share)} y={SIZE - PAD + 10} text-anchor={share === 1 ? 'end' : 'middle'}>
            {formats.percent(share)}
          </text>
          <text x={PAD - 4} y={y(share) + 3} text-anchor="end">
            {formats.percent(share)}
          </text>
        </g>
      ))}
      <line class="console-diagonal" x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} />
      {points.map(({ foretold, left, of }) => (
        <circle key={foretold} class="console-trend-dot" cx={x(foretold)} cy={y(left)} r={DOT_MIN + (DOT_MAX - DOT_MIN) * Math.sqrt(of / most)} />
      ))}
      <text class="console-axis-name" x={x(0.5)} y={SIZE - 4} text-anchor="middle">
        {t.foretold}
      </text>
      <text class="console-axis-name" x={x(0) + 4} y={y(1) + 9}>
        {t.happened}
      </text>
    </svg>
  );
}
