/** An order's decision record in words: what was known, what was decided, and whether the same comes out today. */
import type { StoredOrder } from '../../../functions/runtime/aggregates.ts';
import { askedBecause, askedInWords } from '../../../shared/order/asked-because.ts';
import { recompute } from '../../../shared/order/record.ts';
import { inWords } from '../../../shared/order/record-in-words.ts';
import { aimedAtIn, forecastOfSnapshot } from '../../../shared/supply/snapshot.ts';

export interface Explanation {
  readonly lines: readonly string[];
  /** The record's own inputs give the recorded decision again. */
  readonly isRecomputed: boolean;
}

export function explain({ order, record }: StoredOrder): Explanation {
  const { differences } = recompute(record);
  const because = askedBecause(record, order.quote);
  const verdict =
    differences.length === 0 ? ['recomputed: the same to the last bit'] : ['recomputed, with differences:', ...differences.map((line) => `  ${line}`)];
  return {
    lines: [
      order.orderId,
      '',
      ...inWords(record, order),
      ...(because ? [askedInWords(because)] : []),
      '',
      ...record.proposal.needs.flatMap(behindInWords),
      ...verdict,
    ],
    isRecomputed: differences.length === 0,
  };
}

/** What the sentences above rest on and do not say. */
function behindInWords({ supplyId, snapshot }: StoredOrder['record']['proposal']['needs'][number]): string[] {
  const { at, unit, leadTime, aim } = snapshot;
  const { slot, approval } = leadTime;
  const row = (name: string, text: string): string => `  ${name.padEnd(18)}${text}`;
  const amount = (value: number): string => `${rounded(value)} ${unit}`;
  return [
    `${supplyId} was reckoned at ${at} with:`,
    row('per day', amount(forecastOfSnapshot(snapshot).meanPerDay)),
    ...(snapshot.startedFrom ? [row('', `of which ${rounded(snapshot.startedFrom.share * 100)} % rest on what other households use`)] : []),
    row('lead time', `${rounded(leadTime.meanDays)} days ± ${rounded(leadTime.sdDays)}`),
    ...(slot ? [row('delivery day', `${rounded(slot.meanDays)} days more ± ${rounded(slot.sdDays)}`)] : []),
    ...(approval ? [row('until a yes', `${rounded(approval.meanDays * 24)} waking hours ± ${rounded(approval.sdDays * 24)}`)] : []),
    row('service level', `${rounded(aimedAtIn(snapshot) * 100)} of 100 cycles do not run out`),
    ...(aim ? [row('', `being without costs about ${euro(aim.withoutMinor)}, one pack too many ${euro(aim.tooManyMinor)}`)] : []),
    '',
  ];
}

const euro = (minor: number): string => `${(minor / 100).toFixed(2)} €`;
const rounded = (value: number): string => String(Math.round(value * 100) / 100);
