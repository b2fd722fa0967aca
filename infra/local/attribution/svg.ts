/** The comparison as a drawing that stands alone: for each channel a bar for each model. */
import { byCredit } from '../../../shared/journey/attribution/compare.ts';
import type { Comparison } from './comparison.ts';

const [WIDTH, LABEL, RIGHT, TOP] = [900, 170, 80, 92];
const [BAR, GAP] = [9, 16];
const COLOURS = ['#6b7280', '#9ca3af', '#b45309', '#d97706', '#2563eb', '#7c3aed', '#0b7a53'];
const escaped = (words: string): string => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const text = (x: number, y: number, words: string, more = ''): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" font-family="system-ui, sans-serif" font-size="12" ${more}>${escaped(words)}</text>`;
const NAME_MAX = 22;
const short = (name: string): string => (name.length > NAME_MAX ? `${name.slice(0, NAME_MAX - 1)}…` : name);

export function comparisonDrawing({ models, intervals }: Comparison): string {
  const markov = models.at(-1);
  const channels = byCredit(markov?.channels ?? []).map(({ channel }) => channel);
  const most = Math.max(1e-9, ...models.flatMap((model) => model.channels.map(({ conversions }) => conversions)), ...intervals.map(({ high }) => high));
  const x = (conversions: number): number => LABEL + (conversions / most) * (WIDTH - LABEL - RIGHT);
  const block = models.length * BAR + GAP;
  const height = TOP + channels.length * block + 24;
  const title = 'Conversions that each channel earned, by model';
  const rows = channels.flatMap((channel, index) => {
    const top = TOP + index * block;
    const bars = models.flatMap((model, place) => {
      const conversions = model.channels.find((one) => one.channel === channel)?.conversions ?? 0;
      const y = top + place * BAR;
      const colour = COLOURS[place % COLOURS.length] ?? '#111827';
      const bar = `<rect x="${LABEL}" y="${y}" width="${(x(conversions) - LABEL).toFixed(1)}" height="${BAR - 2}" fill="${colour}"/>`;
      return model === markov
        ? [
            bar,
            ...whisker(channel, y + (BAR - 2) / 2),
            text(x(intervals.find((one) => one.channel === channel)?.high ?? conversions) + 6, y + BAR - 1, conversions.toFixed(1), `fill="${colour}"`),
          ]
        : [bar];
    });
    return [text(LABEL - 8, top + (models.length * BAR) / 2 + 4, short(channel), 'text-anchor="end"'), ...bars];
  });
  function whisker(channel: string, y: number): string[] {
    const interval = intervals.find((one) => one.channel === channel);
    return interval === undefined ? [] : [`<path d="M${x(interval.low).toFixed(1)} ${y}H${x(interval.high).toFixed(1)}" stroke="#111827" stroke-width="1.5"/>`];
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${title}">`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    text(20, 28, title, 'font-weight="600"'),
    ...legend(models.map(({ model, order }) => (order === null ? model : `${model}, order ${order}`))),
    ...(intervals.length > 0 ? [text(20, 72, 'Line: 90 % interval of markov', 'fill="#6b7280"')] : []),
    `<path d="M${LABEL} ${TOP - 6}V${height - 20}" stroke="#111827"/>`,
    ...rows,
    '</svg>\n',
  ].join('\n');
}

const legend = (names: readonly string[]): string[] =>
  names.flatMap((name, index) => {
    const x = 20 + index * 110;
    return [`<rect x="${x}" y="42" width="10" height="10" fill="${COLOURS[index % COLOURS.length] ?? '#111827'}"/>`, text(x + 15, 51, name)];
  });
