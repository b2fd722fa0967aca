/** Steps as text: when, what, and how long after the one before. */
import type { Order } from '../../../shared/order/order-state.ts';
import type { Step } from './steps.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export function printed(order: Order, steps: readonly Step[]): string[] {
  const [first, last] = [steps[0], steps.at(-1)];
  const needs = order.quote.lineItems.map(({ needId }) => needId).join(', ');
  const lines = [`${order.orderId} (${order.status}) of ${order.householdId} at ${order.retailerId}, for ${needs}`, ''];
  steps.forEach(({ at, title, details }, index) => {
    const before = steps[index - 1];
    const gap = before === undefined ? '' : after(Date.parse(at) - Date.parse(before.at));
    lines.push(`${at}  ${gap.padStart(10)}  ${title}`, ...details.map((detail) => `${' '.repeat(38)}${detail}`));
  });
  if (first !== undefined && last !== undefined && first !== last) {
    lines.push('', `From the first step to the last: ${span(Date.parse(last.at) - Date.parse(first.at))}.`);
  }
  return lines;
}

const after = (millis: number): string => (millis < 1_000 ? '' : `+${span(millis)}`);

/** Two units are enough to see where time was spent. */
export function span(millis: number): string {
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(millis / DAY), 'd'],
    [Math.floor((millis % DAY) / HOUR), 'h'],
    [Math.floor((millis % HOUR) / MINUTE), 'm'],
    [Math.floor((millis % MINUTE) / 1_000), 's'],
  ];
  const from = parts.findIndex(([amount]) => amount > 0);
  if (from === -1) return '0s';
  return parts
    .slice(from, from + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount}${unit}`)
    .join(' ');
}
