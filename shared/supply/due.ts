/** When time alone next changes a supply: nothing waits for a message that may never come. */
import { addDuration, duration, durationBetween, earliest, latest, type Instant } from '../values.ts';
import { consumptionPerDay, pauseDaysOf } from './demand.ts';
import { levelForecast } from './level/level-forecast.ts';
import { priceDue, watchesPrice } from './reorder/cheap-window.ts';
import { stillnessDue } from './trust/stillness.ts';
import { forecastOf } from './forecast/forecast-of.ts';
import { isEveryUseTold, reorderPointOf, SILENT_AFTER, stockAt } from './stock.ts';
import type { Need, Supply } from './supply.ts';

/** A level that stays low this long is believed without three readings. */
export const CONFIRM_AFTER = duration(2, 'hours');
/** A device that comes back sends its backlog in pieces; time to see all of it. */
export const CATCH_UP = duration(15, 'minutes');
/** A new need waits for the answer to an order that is still being asked about, but no longer than this. */
export const ANSWER_WAIT = duration(24, 'hours');
/** The reorder point itself moves a little with time, so that a moment worked out from it may come a little early. */
const REVIEW_AGAIN = duration(1, 'hours');
/** A told need that no order has taken up by then is told again: its basket retries by itself long before. */
const TAKE_UP = duration(48, 'hours');
/** What came along with an order whose run was broken off: it is not low, so its cycle simply ends. */
const TAKE_UP_JOINED = duration(6, 'hours');
const REVIEW_DAYS_MAX = 30;
/**
 * With each reading the moment from which a device counts as silent moves on, and moving it in the index costs two write units. So it stands for
 * a while: of the 25 hours fifteen are left in which the next word moves it before anybody looks, and whoever looks too early only looks again.
 * Moves and looks together cost least at 8 to 10 hours (docs/decisions/0033).
 */
const STANDS = duration(10, 'hours');

/** An order of this supply is proposed or waits for a person's answer: it would be doubled by another. */
export const isAwaitingAnswer = (supply: Supply): boolean =>
  Object.values(supply.orders).some(({ standing }) => standing === 'proposed' || standing === 'asking');

/** A low position becomes a need at this moment, without any further reading. */
export function confirmationDue(supply: Supply, lowSince: Instant, now: Instant): Instant {
  const wait = isAwaitingAnswer(supply) ? ANSWER_WAIT : CONFIRM_AFTER;
  return latest(addDuration(lowSince, wait), addDuration(now, CATCH_UP));
}

/**
 * What should be in the pantry but is not put into an empty slot, although three more uses were expected (the chance of none is e⁻³ =
 * 5 %), is not there; after six hours at the earliest and two days at the latest. A noisy sensor says empty before the last of the pack is used:
 * three standard deviations of it may be left, and last as long as they do at the pace of this pack.
 */
export function writeOffDue({ demand, level, lastReading }: Supply, slotEmptySince: Instant): Instant {
  const days = Math.min(2, Math.max(0.25, (3 * demand.portion) / consumptionPerDay(demand)));
  if (!level || !lastReading) return addDuration(slotEmptySince, duration(days, 'days'));
  const left = Math.min(LEFT_DAYS_MAX, (3 * lastReading.uncertainty) / levelForecast(level, demand.portion, lastReading.sampledAt).meanPerDay);
  return addDuration(slotEmptySince, duration(Math.max(days, left), 'days'));
}
const LEFT_DAYS_MAX = 7;

/** When the model expects the position at the reorder point, if nothing senses it; when a sensed one would count as silent. */
function watchDue(supply: Supply, now: Instant): Instant {
  const stock = stockAt(supply, now);
  if (supply.lastReading && !stock.modelled) return addDuration(supply.lastReading.sampledAt, SILENT_AFTER);
  if (isEveryUseTold(supply)) return toldDue(supply, now);
  const perDay = supply.heat ? forecastOf(supply, now).meanPerDay : consumptionPerDay(supply.demand);
  const days = Math.min(REVIEW_DAYS_MAX, Math.max(0, stock.position - reorderPointOf(supply, now)) / perDay);
  const crossing = latest(addDuration(now, duration(days, 'days')), addDuration(now, REVIEW_AGAIN));
  const firstReading = addDuration(supply.sampledAt, SILENT_AFTER);
  return supply.thing !== undefined && supply.lastReading === undefined ? latest(crossing, firstReading) : crossing;
}

/** Nothing is used unseen: only the end of the pause after a use makes the next one likelier, silence never does. */
function toldDue({ demand }: Supply, now: Instant): Instant {
  const inOneDay = addDuration(now, duration(1, 'days'));
  const isPaused = demand.again !== undefined && now < addDuration(demand.again.usedAt, duration(pauseDaysOf(demand), 'days'));
  return isPaused ? inOneDay : addDuration(now, duration(REVIEW_DAYS_MAX, 'days'));
}

export const isNotTakenUp = (supply: Supply): supply is Supply & { need: Need } => supply.need?.standing === 'open' && !isAwaitingAnswer(supply);

/** A need that nothing has been ordered for by then is looked at again. */
export const takenUpBy = ({ saidAt, joined }: Need): Instant => addDuration(saidAt, joined ? TAKE_UP_JOINED : TAKE_UP);

function moments(supply: Supply, now: Instant): Instant[] {
  const due: Instant[] = [];
  if (supply.slotEmptySince) due.push(writeOffDue(supply, supply.slotEmptySince));
  if (supply.settings.neverBuy) return due;
  if (supply.need?.askAgainAt) due.push(supply.need.askAgainAt);
  if (isNotTakenUp(supply)) due.push(takenUpBy(supply.need));
  if (!supply.need && supply.lowSince) due.push(confirmationDue(supply, supply.lowSince, now));
  if (!supply.need && !supply.lowSince) due.push(watchDue(supply, now));
  const still = supply.need === undefined && supply.lowSince === undefined ? stillnessDue(supply, now) : undefined;
  if (still !== undefined) due.push(still);
  if (watchesPrice(supply, now)) due.push(priceDue(now));
  return due;
}

/** It waits for nothing but the next reading. */
const isOnlyWatched = (supply: Supply, now: Instant): boolean =>
  supply.need === undefined && supply.lowSince === undefined && supply.lastReading !== undefined && !stockAt(supply, now).modelled;

/** The moment that is set already, where it may stand: never later than the one that would be right. */
function standing(supply: Supply, right: Instant, now: Instant): Instant | undefined {
  const { dueAt } = supply;
  if (dueAt === undefined || dueAt <= now || dueAt > right || durationBetween(dueAt, right) > STANDS) return undefined;
  return isOnlyWatched(supply, now) ? dueAt : undefined;
}

/** Sets the supply's next due moment, or removes it when only a message can change anything. It may come too early, and never too late. */
export function withDueAt(supply: Supply, now: Instant): Supply {
  const [first, ...others] = moments(supply, now);
  if (first === undefined) {
    const { dueAt: _dueAt, ...waiting } = supply;
    return waiting;
  }
  const right = latest(earliest(first, ...others), now);
  const dueAt = standing(supply, right, now) ?? right;
  return dueAt === supply.dueAt ? supply : { ...supply, dueAt };
}
