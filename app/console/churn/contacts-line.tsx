/** Days as bars, the coming ones as a line within its band. */
import { instantOf } from '../../../shared/values.ts';
import type { Answer } from '../../api/contract-types.ts';
import { useFormats } from '../../words/formats.ts';

type Contacts = Answer<'readContacts'>;
const [WIDTH, HEIGHT, PAD, FLOOR] = [360, 120, 22, 16];
const SHOWN = 28;

interface LineProps {
  readonly past: Contacts['past'];
  readonly ahead: Contacts['ahead'];
  readonly label: string;
}

export function ContactsLine({ past, ahead, label }: LineProps) {
  const formats = useFormats();
  const named = (day: string): string => formats.day(instantOf(Date.parse(day)));
  const shown = past.slice(-SHOWN);
  const days = shown.length + ahead.length;
  const most = Math.max(1, ...shown.map(({ contacts }) => contacts), ...ahead.map(({ high }) => high));
  const step = (WIDTH - PAD) / Math.max(1, days);
  const x = (index: number): number => PAD + (index + 0.5) * step;
  const y = (contacts: number): number => HEIGHT - FLOOR - (contacts / most) * (HEIGHT - FLOOR - 8);
  const at = ahead.map((day, index) => ({ ...day, x: x(shown.length + index) }));
  const band = [...at.map(({ x: to, high }) => `${to},${y(high)}`), ...[...at].reverse().map(({ x: to, low }) => `${to},${y(low)}`)].join(' ');
  const [first = '', lastDay] = [shown[0]?.day ?? ahead[0]?.day, ahead.at(-1)?.day];
  return (
    <svg class="console-contacts" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <g class="console-axis">
        {[0, most].map((contacts) => (
          <g key={contacts}>
            <line x1={PAD} x2={WIDTH} y1={y(contacts)} y2={y(contacts)} />
            <text x={PAD - 4} y={y(contacts) + 3} text-anchor="end">
              {contacts}
            </text>
          </g>
        ))}
        <text x={PAD} y={HEIGHT - 3}>
          {first === '' ? '' : named(first)}
        </text>
        <text x={WIDTH} y={HEIGHT - 3} text-anchor="end">
          {lastDay === undefined ? '' : named(lastDay)}
        </text>
      </g>
      {shown.map(({ day, contacts }, index) => (
        <rect key={day} class="console-bar-fill" x={x(index) - step * 0.35} width={step * 0.7} y={y(contacts)} height={Math.max(0, y(0) - y(contacts))} />
      ))}
      <polygon class="console-trend-band" points={band} />
      <polyline class="console-trend-line" points={at.map(({ x: to, mean }) => `${to},${y(mean)}`).join(' ')} />
    </svg>
  );
}
