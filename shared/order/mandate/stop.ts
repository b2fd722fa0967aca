/**
 * Stops: a person, or the brake, says that nothing is bought automatically any more: in the whole household, for one item, or at one shop.
 * A person may still approve. Stops stand in SPEND, so that the very write that reserves money has looked at them.
 */
import { z } from 'zod';
import type { Quote, RuleResult } from '../../event-parts.ts';
import { instantSchema, memberIdSchema } from '../../values.ts';
import { brakeFiguresSchema } from './brake.ts';
import { inEuros } from '../quote.ts';

export const STOPS_MAX = 64;

/** What a stop is called: `household`, or the id of the item or the shop; so there is one for each. */
export const stopIdSchema = z.string().regex(/^(household|(sup|rt)_[a-z0-9][a-z0-9-]{0,63})$/, 'expected household, or the id of an item or a shop');
export type StopId = z.infer<typeof stopIdSchema>;

/** Why a person stops; no free text, because it travels in events. */
export const stopReasonSchema = z.enum(['away', 'too-much', 'quality', 'other']);
export type StopReason = z.infer<typeof stopReasonSchema>;

export const stopSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('member'), stopId: stopIdSchema, at: instantSchema, memberId: memberIdSchema, because: stopReasonSchema }),
  z.strictObject({ kind: z.literal('brake'), stopId: stopIdSchema, at: instantSchema, figures: brakeFiguresSchema }),
]);
export type Stop = z.infer<typeof stopSchema>;
export const stopsSchema = z.array(stopSchema).max(STOPS_MAX);

/** The stops that a quote runs into. */
export const stopsInTheWay = (stops: readonly Stop[], { retailerId, lineItems }: Quote): Stop[] =>
  stops.filter(({ stopId }) => stopId === 'household' || stopId === retailerId || lineItems.some(({ supplyId }) => supplyId === stopId));

/** The rule that stands beside those of a mandate. */
export function notStopped(stops: readonly Stop[], quote: Quote): RuleResult {
  const found = stopsInTheWay(stops, quote);
  const actual = found.length === 0 ? 'none is in the way' : found.map(inWords).join('; ').slice(0, 200);
  return { rule: 'not-stopped', passed: found.length === 0, expected: 'automatic buying is not stopped for the household, these items or this shop', actual };
}

function inWords(stop: Stop): string {
  if (stop.kind === 'member') return `${stop.stopId}: stopped by ${stop.memberId} (${stop.because}) since ${stop.at}`;
  const { goods, limit, days } = stop.figures;
  return `${stop.stopId}: stopped by the brake since ${stop.at}, ${inEuros(goods)} in ${days} days where at most ${inEuros(limit)} was expected`;
}
