/** The trade-off curve and the calibration as drawings that stand alone. */
import type { Calibration } from './calibration.ts';
import type { Scenario } from './scenario.ts';
import type { Report, Row } from './table.ts';

const [WIDTH, HEIGHT, EDGE] = [720, 440, 60];
/** What the longest name of a method takes. */
const LABEL = 130;
const COLOURS: Record<Row['kind'], string> = { ours: '#0b7a53', other: '#6b7280', oracle: '#b45309' };
const text = (x: number, y: number, words: string, more = ''): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" font-family="system-ui, sans-serif" font-size="12" ${more}>${words.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</text>`;
const drawing = (title: string, parts: readonly string[]): string =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    text(EDGE, 28, title, 'font-weight="600"'),
    ...parts,
    '</svg>\n',
  ].join('\n');

interface Scale {
  x(value: number): number;
  y(value: number): number;
}
const axes = (names: { across: string; up: string }, most: { across: number; up: number }, at: Scale): string[] => {
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  return [
    `<path d="M${EDGE} 56V${HEIGHT - EDGE}H${WIDTH - 24}" fill="none" stroke="#111827"/>`,
    ...ticks.map((part) => text(at.x(part * most.across), HEIGHT - EDGE + 18, (part * most.across).toFixed(2), 'text-anchor="middle"')),
    ...ticks.map((part) => text(EDGE - 8, at.y(part * most.up) + 4, (part * most.up).toFixed(1), 'text-anchor="end"')),
    text((EDGE + WIDTH) / 2, HEIGHT - 18, names.across, 'text-anchor="middle"'),
    text(8, 48, names.up),
  ];
};
const scaleOf = (most: { across: number; up: number }): Scale => ({
  x: (value) => EDGE + (Math.min(value, most.across) / most.across) * (WIDTH - EDGE - 40),
  y: (value) => HEIGHT - EDGE - (Math.min(value, most.up) / most.up) * (HEIGHT - EDGE - 60),
});

/** Less is better on both axes. Methods far beyond ours would flatten the drawing: they are named below it. */
export function curveDrawing({ curve }: Scenario, { rows }: Report): string {
  const of = (row: Row): { across: number; up: number } => ({ across: row.figures[curve.across]?.value ?? 0, up: row.figures[curve.up]?.value ?? 0 });
  const ours = rows.filter(({ kind }) => kind === 'ours').map(of);
  const shown = ours.length > 0 ? ours : rows.map(of);
  const most = { across: 1.5 * Math.max(...shown.map(({ across }) => across)), up: 2 * Math.max(...shown.map(({ up }) => up)) };
  const at = scaleOf(most);
  const line = ours.map(({ across, up }, index) => `${index === 0 ? 'M' : 'L'}${at.x(across).toFixed(1)} ${at.y(up).toFixed(1)}`).join('');
  const isInside = (row: Row): boolean => of(row).across <= most.across && of(row).up <= most.up;
  const dots = rows.filter(isInside).flatMap((row) => {
    const [x, y] = [at.x(of(row).across), at.y(of(row).up)];
    const colour = COLOURS[row.kind];
    const label = x > WIDTH - LABEL ? text(x - 7, y - 5, row.method, `fill="${colour}" text-anchor="end"`) : text(x + 7, y - 5, row.method, `fill="${colour}"`);
    return [`<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="4" fill="${colour}"/>`, label];
  });
  const outside = rows.filter((row) => !isInside(row)).map((row) => `${row.method} ${of(row).up.toFixed(1)} at ${of(row).across.toFixed(2)}`);
  const beyond = outside.length === 0 ? [] : [text(8, HEIGHT - 2, `Beyond: ${outside.join(', ')}`, `fill="${COLOURS.other}"`)];
  const path = line === '' ? [] : [`<path d="${line}" fill="none" stroke="${COLOURS.ours}" stroke-width="2"/>`];
  return drawing(`${curve.up} against ${curve.across}`, [...axes(curve, most, at), ...beyond, ...path, ...dots]);
}

export function calibrationDrawing({ covered, deciles }: Calibration): string {
  const most = { across: deciles.length, up: 100 };
  const at = scaleOf(most);
  const band = `<rect x="${EDGE}" y="${at.y(85).toFixed(1)}" width="${WIDTH - EDGE - 40}" height="${(at.y(75) - at.y(85)).toFixed(1)}" fill="#d1fae5"/>`;
  const bars = deciles.flatMap((decile, index) => {
    const [x, y] = [at.x(index + 0.2), at.y(100 * decile.covered)];
    const width = at.x(0.6) - at.x(0);
    return [
      `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${width.toFixed(1)}" height="${(HEIGHT - EDGE - y).toFixed(1)}" fill="${COLOURS.ours}" fill-opacity="0.75"/>`,
      text(x + width / 2, y - 5, (100 * decile.covered).toFixed(0), 'text-anchor="middle"'),
    ];
  });
  const names = { across: 'decile of the rate that was forecast, slow to fast', up: '% of outcomes inside' };
  return drawing(`80 % intervals of the projected stockout: ${(100 * covered).toFixed(1)} % of outcomes inside`, [band, ...axes(names, most, at), ...bars]);
}
