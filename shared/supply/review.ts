/** What time alone does to a supply: confirms, asks again, and speaks for devices that are silent and supplies that nothing senses. */
import { ignored, type Instant, type Outcome } from '../values.ts';
import { withDueAt } from './due.ts';
import { closeCycle, settleNeed, tell, type SupplyEvent, type Told } from './need.ts';
import { watchEmptySlot, writeOffPantry } from './pantry.ts';
import { reorderPointOf, stockAt } from './stock.ts';
import type { Supply } from './supply.ts';

/** Asks once more if the shortage is still there; if the forecast has dissolved it, the cycle is over. */
function askAgain(told: Told, now: Instant): Told {
  const { supply } = told;
  if (!supply.need?.askAgainAt || now < supply.need.askAgainAt) return told;
  if (supply.need.askAgainAs === 'next-cycle') return settleNeed({ ...told, supply: closeCycle(supply) }, now, 'time');
  if (stockAt(supply, now).position > reorderPointOf(supply, now)) return { ...told, supply: closeCycle(supply) };
  return tell(told, now, supply.need.askAgainAs ?? 'asked-again');
}

/** Ignores with `not-due` before the supply's moment has come, so that a repeat changes nothing. */
export function review(supply: Supply, now: Instant): Outcome<Supply, SupplyEvent> {
  if (supply.dueAt === undefined || now < supply.dueAt) return ignored('not-due');
  const settled = settleNeed({ supply: watchEmptySlot(writeOffPantry(supply, now), now), events: [] }, now, 'time');
  const { supply: state, events } = askAgain(settled, now);
  return { kind: 'changed', state: withDueAt(state, now), events };
}
