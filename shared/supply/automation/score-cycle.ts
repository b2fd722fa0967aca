/** What a step of a supply's life says about us: was a cycle told rightly, did goods come from elsewhere, is something regretted? */
import type { Instant, OrderId } from '../../values.ts';
import type { SupplyEvent, Told } from '../need.ts';
import { noteRegret, noteReturn } from './regret.ts';
import { noteElsewhere, scoreCycle, type CycleVerdict } from './shadow.ts';
import { orderUpToOf } from '../snapshot.ts';
import { reorderPointOf, roundAmount, stockAt } from '../stock.ts';
import type { Supply } from '../supply.ts';
import { leastBought } from '../trust/watch-sensor.ts';

/** What a step was. */
export type StepBy = 'reading' | 'time' | 'person' | 'order';

/** What became of an order in this step. */
export interface Followed {
  readonly orderId: OrderId;
  /** The depletion cycle that it was for, if that was this one or the last. */
  readonly cycle: number | undefined;
  readonly byMandate: boolean;
  /** Base units that came with this step. */
  readonly received: number;
  /** A person took it back after it was approved: base units that had been on their way. */
  readonly cancelled: number;
}

/** @param before the supply as the step found it; `told` what it made of it */
export function scored(before: Supply, told: Told, now: Instant, by: StepBy, followed?: Followed): Told {
  const elsewhere = told.events.length === 0 ? undefined : boughtElsewhere(before, told);
  const noted = elsewhere === undefined ? told : withElsewhere(told, elsewhere, now);
  const regretted = followed === undefined ? { told: noted, overstocked: 0 } : withRegret(noted, followed, now);
  const { overstocked } = regretted;
  const verdict = verdictOf(before, { told: regretted.told, overstocked, by, elsewhere: elsewhere ?? 0, now, followed });
  if (verdict === undefined) return regretted.told;
  return withVerdict(regretted.told, followed?.cycle ?? before.cycle, verdict, { byPerson: followed?.byMandate !== true, now });
}

/** What a sensor saw is told with its reading; what a person says beyond what we believed is told here. Undefined when nothing came. */
function boughtElsewhere(before: Supply, { events }: Told): number | undefined {
  const seen = events.flatMap((event) => (event.type === 'supply.bought-elsewhere' ? [event.data.amount] : []));
  const said = events.flatMap((event) => (event.type === 'supply.counted' && event.data.how !== 'use' ? [event.data.inHouse - event.data.expected] : []));
  const amount = roundAmount([...seen, ...said.filter((more) => more >= leastBought(before))].reduce((sum, one) => sum + one, 0));
  return amount === 0 ? undefined : amount;
}

function withElsewhere({ supply, events }: Told, amount: number, now: Instant): Told {
  const { householdId, supplyId, unit } = supply;
  const noted = { ...supply, shadow: noteElsewhere(supply.shadow, now) };
  if (events.some(({ type }) => type === 'supply.bought-elsewhere')) return { supply: noted, events };
  return { supply: noted, events: [...events, { type: 'supply.bought-elsewhere', data: { householdId, supplyId, unit, amount, how: 'person' } }] };
}

function withRegret({ supply, events }: Told, { orderId, received, cancelled }: Followed, now: Instant): { told: Told; overstocked: number } {
  if (cancelled > 0) return { told: { events, supply: { ...supply, regret: noteRegret(supply.regret, 'cancelled', cancelled, now) } }, overstocked: 0 };
  if (received === 0) return { told: { supply, events }, overstocked: 0 };
  const bought: Supply = { ...supply, regret: noteRegret(supply.regret, 'bought', received, now) };
  const { onHand, pantry } = stockAt(bought, now);
  // Packs are whole: up to one more than wanted is how they come.
  const spare = onHand + pantry - Math.max(...supply.products.map(({ pack }) => pack.amount));
  const least = leastBought(supply);
  const excess = spare < least ? 0 : spare - orderUpToOf(bought, now);
  if (excess < least) return { told: { supply: bought, events }, overstocked: 0 };
  const overstocked = roundAmount(Math.min(received, excess));
  const { householdId, supplyId, unit } = supply;
  const piled: SupplyEvent = { type: 'supply.overstocked', data: { householdId, supplyId, orderId, unit, amount: overstocked } };
  return { told: { supply: { ...bought, regret: noteRegret(bought.regret, 'overstocked', overstocked, now) }, events: [...events, piled] }, overstocked };
}

interface Step {
  readonly told: Told;
  readonly by: StepBy;
  readonly elsewhere: number;
  readonly overstocked: number;
  readonly followed?: Followed | undefined;
  readonly now: Instant;
}

function verdictOf(before: Supply, { told, by, elsewhere, overstocked, followed, now }: Step): CycleVerdict | undefined {
  const { need } = before;
  if (before.settings.neverBuy || told.supply.settings.neverBuy) return undefined;
  if (followed !== undefined && followed.received > 0) return followed.cycle === undefined ? undefined : overstocked > 0 ? 'too-much' : 'bought';
  if (need === undefined) return by === 'person' && hasRunOutUnseen(before, told.supply, now) ? 'missed' : undefined;
  if (told.supply.cycle === before.cycle || need.standing === 'ordered') return undefined;
  if (elsewhere > 0) return 'bought-elsewhere';
  // What only came along was not low, and nobody had said so.
  if (by !== 'time' || need.joined) return undefined;
  if (need.standing === 'declined') return 'not-wanted';
  // Nobody has answered: that says nothing. A forecast that has dissolved says that we were too early.
  return need.askAgainAs === 'next-cycle' ? undefined : 'too-early';
}

/** Somebody finds nothing left while we believed that there was enough. */
function hasRunOutUnseen(before: Supply, after: Supply, now: Instant): boolean {
  const { onHand, pantry } = stockAt(after, now);
  const believed = stockAt(before, now);
  return onHand + pantry < before.demand.portion / 2 && believed.onOrder === 0 && believed.position > reorderPointOf(before, now);
}

function withVerdict({ supply, events }: Told, cycle: number, verdict: CycleVerdict, at: { readonly byPerson: boolean; readonly now: Instant }): Told {
  const { householdId, supplyId, settings } = supply;
  const { shadow, told } = scoreCycle(supply.shadow, { cycle, at: at.now, verdict, byPerson: at.byPerson }, settings.automation);
  const next = { ...supply, shadow };
  if (told === undefined) return { supply: next, events };
  const { cycles = 4 } = settings.automation ?? {};
  const last = shadow.scored.slice(-cycles);
  const right = last.filter((one) => one.verdict === 'bought' || one.verdict === 'bought-elsewhere').length;
  const data = { householdId, supplyId, right, of: last.length };
  return {
    supply: next,
    events: [...events, told === 'offered' ? { type: 'supply.automation-offered', data } : { type: 'supply.automation-withdrawn', data }],
  };
}

/** Goods of an order went back. Undefined when that is counted already. @param part `<order>/<part>` of the withdrawal; amount in base units */
export function takenBack(before: Supply, part: string, amount: number, now: Instant): Told | undefined {
  const regret = noteReturn(before.regret, part, amount, now);
  if (regret === undefined) return undefined;
  const told = { supply: { ...before, regret }, events: [] };
  const last = before.shadow?.scored.findLast(({ verdict }) => verdict === 'bought');
  return last === undefined ? told : withVerdict(told, last.cycle, 'returned', { byPerson: true, now });
}
