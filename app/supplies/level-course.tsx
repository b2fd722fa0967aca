/** How a level goes on: drawn for whoever sees it, in words and as a table for everybody. */
import { useEffect, useRef } from 'preact/hooks';
import { instantAt } from '../api/clock.ts';
import type { Answer } from '../api/contract-types.ts';
import { Card } from '../design/card.tsx';
import { language, timeZone } from '../words/language.ts';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import type { ChartData, ChartLook } from './level-chart.ts';
import { words } from './words.ts';

type Supply = Answer<'readSupply'>;
/** Rows of the table; the chart has more points than anybody wants to listen to. */
const ROWS = 8;
const DAY_MILLIS = 86_400_000;
/** From here on nobody asks for the hour. */
const LONG_DAYS = 4;

const daysOf = (curve: Supply['curve']): number => (Date.parse(curve.at(-1)?.at ?? '') - Date.parse(curve[0]?.at ?? '')) / DAY_MILLIS;
const hourOf = (seconds: number, timeZone: string): number =>
  Number(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit' }).format(seconds * 1_000)) % 24;

export function LevelCourse({ supply }: { readonly supply: Supply }) {
  const t = useWords(words);
  const formats = useFormats();
  const { p10, median, p90 } = supply.projectedStockout;
  const text = supply.inHouse <= 0 ? t.courseGone : t.courseText(formats.day(median), formats.day(p10), formats.day(p90));
  return (
    <Card title={t.courseTitle}>
      <LevelChart supply={supply} />
      <p id="course-text">{text}</p>
      <details>
        <summary>{t.asTable}</summary>
        <CourseTable supply={supply} />
      </details>
    </Card>
  );
}

function CourseTable({ supply: { curve, unit } }: { readonly supply: Supply }) {
  const t = useWords(words);
  const formats = useFormats();
  const step = Math.max(1, Math.ceil(curve.length / ROWS));
  const isLong = daysOf(curve) > LONG_DAYS;
  const rows = curve.filter((_, index) => index % step === 0 || index === curve.length - 1);
  return (
    <table class="curve-table">
      <thead>
        <tr>
          <th scope="col">{t.day}</th>
          <th scope="col">{t.expected}</th>
          <th scope="col">{t.band}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ at, expected, low, high }) => (
          <tr key={at}>
            <th scope="row">{isLong ? formats.day(at) : formats.dayAndTime(at)}</th>
            <td>{formats.quantity(expected, unit)}</td>
            <td>
              {formats.quantity(low, unit)} – {formats.quantity(high, unit)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const COLOR_NAMES = ['line', 'band', 'reorder', 'ink', 'grid'] as const;

function LevelChart({ supply }: { readonly supply: Supply }) {
  const t = useWords(words);
  const formats = useFormats();
  const figure = useRef<HTMLDivElement>(null);
  const [reader, zone] = [language.value, timeZone.value];
  const { curve, unit, reorderPoint } = supply;
  useEffect(() => {
    const { current: into } = figure;
    if (into === null) return;
    const day = new Intl.DateTimeFormat(reader === 'de' ? 'de-DE' : 'en-GB', { timeZone: zone, day: 'numeric', month: 'short' });
    const isLong = daysOf(curve) > LONG_DAYS;
    const look: ChartLook = {
      color: (name) => getComputedStyle(into.querySelector(`.curve-${name}`) ?? into).color,
      amount: (amount) => (amount === 0 ? '0' : formats.quantity(amount, unit)),
      // Within few days the same day would stand there again and again.
      moment: (seconds) => (isLong || hourOf(seconds, zone) === 0 ? day.format(seconds * 1_000) : formats.time(instantAt(seconds * 1_000))),
      isLong,
      timeZone: zone,
    };
    const column = (of: 'expected' | 'low' | 'high') => curve.map((point) => point[of]);
    const at = curve.map((point) => Date.parse(point.at) / 1_000);
    return whileShown(into, look, { at, reorderPoint, expected: column('expected'), low: column('low'), high: column('high') });
  }, [curve, unit, reorderPoint, reader, zone]);
  return (
    <div class="curve" ref={figure} role="img" aria-label={t.chart(supply.name)} aria-describedby="course-text">
      {COLOR_NAMES.map((name) => (
        <span key={name} class={`curve-color curve-${name}`} />
      ))}
    </div>
  );
}

/** The chart's code comes when it is needed; it is drawn anew when the reader turns the lights on or off. */
function whileShown(into: HTMLElement, look: ChartLook, data: ChartData): () => void {
  let chart: { resize(width: number): void; close(): void } | undefined;
  let isShown = true;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const draw = async () => {
    const { drawLevel } = await import('./level-chart.ts');
    if (!isShown) return;
    chart?.close();
    chart = drawLevel(into, data, look);
  };
  const redraw = () => void draw();
  const watcher = new ResizeObserver(() => chart?.resize(Math.max(1, into.clientWidth)));
  dark.addEventListener('change', redraw);
  watcher.observe(into);
  redraw();
  return () => {
    isShown = false;
    dark.removeEventListener('change', redraw);
    watcher.disconnect();
    chart?.close();
  };
}
