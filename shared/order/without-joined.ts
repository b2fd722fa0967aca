/**
 * What came along is never the reason why somebody is asked about what is low. Between plan and decision another order may have used up a cap,
 * or a person may have stopped an item: then the same order is judged once more without what only came along.
 */
import type { Quote } from '../event-parts.ts';
import type { NeedId } from '../values.ts';
import { quoteFor } from './quote.ts';
import type { DecisionRecord } from './record.ts';

export interface Trimmed {
  readonly quote: Quote;
  /** The needs that are left out. */
  readonly without: readonly NeedId[];
}

/**
 * The quote without what came along, from the very offers that the proposal kept; where the shop would find that too little, with what lifted it
 * over the smallest order. Undefined where nothing came along, or where nothing can be left out.
 */
export function withoutJoined({ proposal }: DecisionRecord, { retailerId }: Quote): Trimmed | undefined {
  const shop = proposal.considered.find((one) => one.retailerId === retailerId);
  if (shop === undefined) return undefined;
  for (const mayGo of [true, false]) {
    const kept = proposal.wanted.filter(({ joined }) => joined === undefined || (!mayGo && joined.lifts === 'minimum-order'));
    if (kept.length === 0 || kept.length === proposal.wanted.length) continue;
    const { quote, unoffered } = quoteFor({ ...shop, wanted: kept, now: proposal.at });
    const without = proposal.wanted.filter((need) => !kept.includes(need)).map(({ needId }) => needId);
    if (quote !== undefined && unoffered.length === 0) return { quote, without };
  }
  return undefined;
}
