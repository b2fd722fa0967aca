/** What was forecast, with its interval, beside what came: a drawing that stands alone. */
import type { HeatReport, Origin } from './heat-run.ts';

const [WIDTH, HEIGHT, EDGE] = [900, 380, 56];
const OURS = 'ours';
const text = (x: number, y: number, words: string, more = ''): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" font-family="system-ui, sans-serif" font-size="12" ${more}>${words}</text>`;

export function heatDrawing({ origins, daysAhead }: HeatReport): string {
  const most = Math.max(1, ...origins.flatMap(({ actual, said }) => [actual, said[OURS]?.high ?? 0]));
  const x = (index: number): number => EDGE + (index / Math.max(1, origins.length - 1)) * (WIDTH - EDGE - 20);
  const y = (kwh: number): number => HEIGHT - EDGE - (kwh / most) * (HEIGHT - EDGE - 50);
  const line = (value: (origin: Origin) => number): string =>
    origins.map((origin, index) => `${index === 0 ? 'M' : 'L'}${x(index).toFixed(1)} ${y(value(origin)).toFixed(1)}`).join('');
  const edge = (value: (origin: Origin) => number): string[] => origins.map((origin, index) => `${x(index).toFixed(1)},${y(value(origin)).toFixed(1)}`);
  const band = [...edge(({ said }) => said[OURS]?.high ?? 0), ...edge(({ said }) => said[OURS]?.low ?? 0).reverse()].join(' ');
  const months = origins.flatMap(({ date }, index) =>
    date.endsWith('-01') ? [text(x(index), HEIGHT - EDGE + 18, date.slice(0, 7), 'text-anchor="middle" fill="#6b7280"')] : [],
  );
  const title = `What ${String(daysAhead)} days of heating use: forecast and 80 % interval, and what came`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    text(EDGE, 28, title, 'font-weight="600"'),
    `<path d="M${EDGE} 44V${HEIGHT - EDGE}H${WIDTH - 20}" fill="none" stroke="#111827"/>`,
    ...[0, 0.5, 1].map((part) => text(EDGE - 8, y(part * most) + 4, (part * most).toFixed(0), 'text-anchor="end"')),
    text(8, 44, 'kWh'),
    `<polygon points="${band}" fill="#0b7a53" fill-opacity="0.18"/>`,
    `<path d="${line(({ said }) => said[OURS]?.mean ?? 0)}" fill="none" stroke="#0b7a53" stroke-width="2"/>`,
    `<path d="${line(({ actual }) => actual)}" fill="none" stroke="#111827" stroke-width="1.5"/>`,
    ...months,
    text(WIDTH - 20, 64, 'came', 'text-anchor="end" fill="#111827"'),
    text(WIDTH - 20, 80, 'forecast', 'text-anchor="end" fill="#0b7a53"'),
    '</svg>\n',
  ].join('\n');
}
