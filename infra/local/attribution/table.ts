/** What is printed. */
import type { Attribution } from '../../../shared/journey/attribution/attribution.ts';
import { byCredit } from '../../../shared/journey/attribution/compare.ts';
import type { Comparison } from './comparison.ts';

const NAME = 24;
const nameOf = (text: string): string => (text.length > NAME - 2 ? `${text.slice(0, NAME - 3)}…` : text).padEnd(NAME);
const cell = (text: string): string => text.padStart(12);
const figure = (value: number): string => cell(value.toFixed(2));
const percent = (part: number): string => `${(100 * part).toFixed(1)} %`;

export const linesOf = ({ model, order, totals, channels }: Attribution): string[] => [
  `${model}${order === null ? '' : ` of order ${order}`}: ${totals.conversions} conversions worth ${totals.value.toFixed(2)}, ${totals.nulls} without`,
  `${nameOf('channel')}${cell('conversions')}${cell('value')}${order === null ? '' : cell('removal')}`,
  ...byCredit(channels).map(
    ({ channel, conversions, value, removalEffect }) =>
      `${nameOf(channel)}${figure(conversions)}${figure(value)}${removalEffect === undefined ? '' : cell(removalEffect.toFixed(4))}`,
  ),
];

const DISPUTED = 5;
const LEADS = 8;
export function linesOfComparison({ models, disagreements, orders, suggestedOrder, intervals, together, leads }: Comparison): string[] {
  const [first] = models;
  const markov = models.at(-1);
  if (first === undefined || markov === undefined) return [];
  const range = (channel: string): string => {
    const interval = intervals.find((one) => one.channel === channel);
    return interval === undefined ? '' : `   ${interval.low.toFixed(1)} – ${interval.high.toFixed(1)}`;
  };
  const row = (channel: string): string =>
    `${nameOf(channel)}${models.map(({ channels }) => figure(channels.find((one) => one.channel === channel)?.conversions ?? 0)).join('')}${range(channel)}`;
  return [
    `${first.totals.conversions} conversions worth ${first.totals.value.toFixed(2)}, ${first.totals.nulls} without`,
    `${nameOf('conversions')}${models.map(({ model, order }) => cell(order === null ? model : `${model} ${order}`)).join('')}${intervals.length > 0 ? '   90 % of markov' : ''}`,
    ...byCredit(markov.channels).map(({ channel }) => row(channel)),
    '',
    `The models disagree most on ${disagreements
      .slice(0, DISPUTED)
      .map(({ channel, least, most }) => `${channel} (${percent(least)} to ${percent(most)})`)
      .join(', ')}.`,
    ...orders.map(
      ({ order, ends, bic }) => `order ${order}: journeys end in ${ends} states, BIC ${bic.toFixed(1)}${order === suggestedOrder ? '  suggested' : ''}`,
    ),
    '',
    'Lost without both, and of it what needed both:',
    ...[...together]
      .sort((a, b) => b.shared - a.shared)
      .slice(0, LEADS)
      .map(({ channel, other, lost, shared }) => `  ${nameOf(`${channel} + ${other}`)}${cell(percent(lost))}${cell(percent(shared))}`),
    'Where one leads to the next, against any touch:',
    ...[...leads]
      .sort((a, b) => b.lift - a.lift)
      .slice(0, LEADS)
      .map(({ from, to, lift, times }) => `  ${nameOf(`${from} > ${to}`)}${cell(`× ${lift.toFixed(2)}`)}${cell(String(times))}`),
  ];
}
