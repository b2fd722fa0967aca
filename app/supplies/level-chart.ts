/** Draws the course of a level with uPlot; loaded only where somebody looks at one. Colours come from the style sheet through elements. */
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

export interface ChartData {
  /** Seconds since 1970, as uPlot wants them. */
  readonly at: readonly number[];
  readonly expected: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly reorderPoint: number;
}

export interface ChartLook {
  readonly color: (name: 'line' | 'band' | 'reorder' | 'ink' | 'grid') => string;
  readonly amount: (amount: number) => string;
  /** @param seconds since 1970 */
  readonly moment: (seconds: number) => string;
  /** Days are enough to tell its moments apart. */
  readonly isLong: boolean;
  readonly timeZone: string;
}

/** As in the style sheet. */
const HEIGHT = 208;
const WHOLE_DAYS = [1, 2, 7, 14, 28, 91].map((days) => days * 86_400);
const DASH = [6, 5];

export function drawLevel(into: HTMLElement, data: ChartData, look: ChartLook): { resize(width: number): void; close(): void } {
  const axis = { stroke: look.color('ink'), grid: { stroke: look.color('grid'), width: 1 }, ticks: { show: false }, font: '12px system-ui' };
  const edge = { stroke: look.color('band'), width: 1, points: { show: false } };
  const options: uPlot.Options = {
    width: Math.max(1, into.clientWidth),
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1_000), look.timeZone),
    scales: { y: { range: (_, __, most) => [0, Math.max(1, most * 1.05)] } },
    axes: [
      { ...axis, size: 30, space: 64, values: (_, splits) => splits.map(look.moment), ...(look.isLong && { incrs: WHOLE_DAYS }) },
      { ...axis, size: 56, space: 44, values: (_, splits) => splits.map(look.amount) },
    ],
    series: [
      {},
      { ...edge },
      { ...edge },
      { stroke: look.color('line'), width: 2.5, points: { show: false } },
      { stroke: look.color('reorder'), width: 1.5, dash: DASH, points: { show: false } },
    ],
    bands: [{ series: [2, 1], fill: look.color('band') }],
  };
  const reorder = data.at.map(() => data.reorderPoint);
  const chart = new uPlot(options, [[...data.at], [...data.low], [...data.high], [...data.expected], reorder], into);
  return { resize: (width) => chart.setSize({ width, height: HEIGHT }), close: () => chart.destroy() };
}
