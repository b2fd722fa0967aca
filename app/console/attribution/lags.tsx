/** How long it takes from a touch to its order, channel by channel: small pictures of one shape, so that they can be compared. */
import { middleLag } from '../../../shared/journey/attribution/read-counters.ts';
import { Card } from '../../design/card.tsx';
import { useFormats } from '../../words/formats.ts';
import { useWords } from '../../words/use-words.ts';
import { DataTable } from '../data-table.tsx';
import { useChannelName } from './channel-name.ts';
import type { Report } from './report.ts';
import { words } from './words.ts';

const [WIDTH, HEIGHT, PAD] = [240, 52, 4];
const LATER = 6;

export function Lags({ report: { lags } }: { readonly report: Report }) {
  const t = useWords(words);
  const formats = useFormats();
  const nameOf = useChannelName();
  if (lags.length === 0) return null;
  const all = (many: readonly number[]): number => many.reduce((sum, one) => sum + one, 0);
  const sorted = [...lags].sort((a, b) => all(b.many) - all(a.many));
  return (
    <Card title={t.lags}>
      <p class="small soft">{t.lagsLead}</p>
      <ul class="lags">
        {sorted.map(({ channel, many }) => {
          const middle = middleLag(many) ?? LATER;
          return (
            <li key={channel}>
              <strong class="small">{nameOf(channel)}</strong>
              <Curve many={many} label={t.lagOf(nameOf(channel), t.lagNames[middle] ?? '')} />
              <span class="small soft">{middle === LATER ? t.halfLater : t.half(t.lagNames[middle] ?? '')}</span>
            </li>
          );
        })}
      </ul>
      <DataTable
        caption={t.lags}
        fileName="lags"
        isFolded
        columns={[t.channel, ...t.lagNames]}
        rows={sorted.map(({ channel, many }) => [nameOf(channel), ...cumulated(many).map((part) => formats.percent(part))])}
      />
    </Card>
  );
}

/** The part that had come by each lag. */
function cumulated(many: readonly number[]): number[] {
  const all = Math.max(
    1,
    many.reduce((sum, one) => sum + one, 0),
  );
  let sum = 0;
  return many.map((one) => (sum += one) / all);
}

function Curve({ many, label }: { readonly many: readonly number[]; readonly label: string }) {
  const parts = [0, ...cumulated(many)];
  const x = (index: number): number => PAD + (index / (parts.length - 1)) * (WIDTH - 2 * PAD);
  const y = (part: number): number => HEIGHT - PAD - part * (HEIGHT - 2 * PAD);
  const line = parts.map((part, index) => `${x(index)},${y(part)}`).join(' ');
  return (
    <svg class="lag" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <polygon class="lag-area" points={`${x(0)},${y(0)} ${line} ${x(parts.length - 1)},${y(0)}`} />
      <line class="lag-half" x1={PAD} x2={WIDTH - PAD} y1={y(0.5)} y2={y(0.5)} />
      <polyline class="lag-line" points={line} />
    </svg>
  );
}
