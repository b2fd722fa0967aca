/** An order's decision record in words: what was known, what was decided, and whether the same comes out today. */
import type { StoredOrder } from '../../../functions/runtime/aggregates.ts';
import { inWords, recompute } from '../../../shared/order/record.ts';
import { forecastOfSnapshot } from '../../../shared/supply/snapshot.ts';

export interface Explanation {
  readonly lines: readonly string[];
  /** The record's own inputs give the recorded decision again. */
  readonly isRecomputed: boolean;
}

export function explain({ order, record }: StoredOrder): Explanation {
  const { differences } = recompute(record);
  const verdict =
    differences.length === 0 ? ['recomputed: the same to the last bit'] : ['recomputed, with differences:', ...differences.map((line) => `  ${line}`)];
  return {
    lines: [order.orderId, '', ...inWords(record, order), '', ...record.proposal.needs.flatMap(needInWords), ...verdict],
    isRecomputed: differences.length === 0,
  };
}

function needInWords({ supplyId, snapshot }: StoredOrder['record']['proposal']['needs'][number]): string[] {
  const { at, unit, onHand, pantry, onOrder, position, leadTime, reorderPoint, orderUpTo, projectedStockout, settings } = snapshot;
  const row = (name: string, text: string): string => `  ${name.padEnd(18)}${text}`;
  const amount = (value: number): string => `${rounded(value)} ${unit}`;
  return [
    `${supplyId} at ${at}:`,
    row('on hand', amount(onHand)),
    row('pantry', amount(pantry)),
    row('on order', amount(onOrder)),
    row('position', amount(position)),
    row('per day', amount(forecastOfSnapshot(snapshot).meanPerDay)),
    row('runs out', `${projectedStockout.median} (80 %: ${projectedStockout.p10} to ${projectedStockout.p90})`),
    row('lead time', `${rounded(leadTime.meanDays)} days ± ${rounded(leadTime.sdDays)}`),
    row('reorder point', `${amount(reorderPoint)}, so that ${rounded(settings.serviceLevel * 100)} of 100 cycles do not run out`),
    row('order up to', amount(orderUpTo)),
    '',
  ];
}

const rounded = (value: number): string => String(Math.round(value * 100) / 100);
