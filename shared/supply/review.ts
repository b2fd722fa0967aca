/** What time alone does to a supply: confirms, asks again, and speaks for devices that are silent and supplies that nothing senses. */
import { ignored, type Instant, type Outcome } from '../values.ts';
import { lookAtStillness, writeOff } from './trust/doubt-sensor.ts';
import { isNotTakenUp, takenUpBy, withDueAt } from './due.ts';
import { filledWhileCheap, type PriceNow } from './reorder/fill-while-cheap.ts';
import { lastCall } from './reorder/last-call.ts';
import { closeCycle, settleNeed, tell, type SupplyEvent, type Told } from './need.ts';
import { watchEmptySlot } from './pantry.ts';
import { reorderPointOf, stockAt } from './stock.ts';
import { scored } from './automation/score-cycle.ts';
import type { Presence } from './trust/stillness.ts';
import type { Need, Supply } from './supply.ts';

/** Tells a need once more that rests, or that nobody has taken up; if the forecast has dissolved the shortage, the cycle is over. */
function tellAgain(told: Told, now: Instant): Told {
  const { supply } = told;
  const as = dueAs(supply, now);
  if (as === undefined) return told;
  if (as === 'next-cycle') return settleNeed({ ...told, supply: closeCycle(supply) }, now, 'time');
  if (stockAt(supply, now).position > reorderPointOf(supply, now)) return { ...told, supply: closeCycle(supply) };
  const { need } = supply;
  if (as === 'asked-again' && need?.standing === 'declined') {
    // The no holds as long as the stock lasts, and the forecast has moved since it was said.
    const { orderBy } = lastCall(supply, now);
    if (orderBy > now) return { ...told, supply: { ...supply, need: { ...need, askAgainAt: orderBy } } };
  }
  return tell(told, now, as);
}

function dueAs(supply: Supply, now: Instant): NonNullable<Need['askAgainAs']> | 'review' | undefined {
  if (supply.need?.askAgainAt && now >= supply.need.askAgainAt) return supply.need.askAgainAs ?? 'asked-again';
  return isNotTakenUp(supply) && now >= takenUpBy(supply.need) ? 'review' : undefined;
}

/**
 * Ignores with `not-due` before the supply's moment has come, so that a repeat changes nothing.
 * @param presence of whom `asksWhoWasHome` wants to know
 * @param price where it is cheap, of what `watchesPrice`
 */
export function review(supply: Supply, now: Instant, presence?: Presence, price?: PriceNow): Outcome<Supply, SupplyEvent> {
  if (supply.dueAt === undefined || now < supply.dueAt) return ignored('not-due');
  const looked = lookAtStillness(supply, now, presence);
  const written = writeOff(looked.supply, now);
  const settled = settleNeed({ supply: watchEmptySlot(written.supply, now), events: [...looked.events, ...written.events] }, now, 'time');
  const { supply: state, events } = scored(supply, filledWhileCheap(tellAgain(settled, now), now, supply.need ? undefined : price), now, 'time');
  return { kind: 'changed', state: withDueAt(state, now), events };
}
