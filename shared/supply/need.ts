/**
 * A need: one per depletion cycle. It is believed after three low readings or when its moment is due, said as `supply.low`, and over
 * when goods have come. What is said is named by (cycle, round) and never said twice.
 */
import { digest } from '../digest.ts';
import type { EventOf } from '../events.ts';
import { addDuration, duration, durationBetween, earliest, needIdSchema, type Instant, type NeedId } from '../values.ts';
import { ANSWER_WAIT, CONFIRM_AFTER, isAwaitingAnswer } from './due.ts';
import { medianStockout } from './forecast/forecast.ts';
import { forecastOf } from './forecast/forecast-of.ts';
import { isEveryUseTold, lowAt, noiseOf, reorderPointOf, stockAt, type Stock } from './stock.ts';
import type { Need, Supply } from './supply.ts';

export type SupplyEvent = EventOf<'supply'>;
type ConfirmedBy = Extract<SupplyEvent, { type: 'supply.low' }>['data']['confirmedBy'];

/** A supply on its way through a decision, with what has been said so far. */
export interface Told {
  readonly supply: Supply;
  readonly events: readonly SupplyEvent[];
}

const SAMPLES_TO_CONFIRM = 3;
const ROUNDS_MAX = 99;
const ONE_HOUR = duration(1, 'hours');

/** The same supply and cycle give the same need everywhere. */
export const needIdOf = ({ householdId, supplyId, cycle }: Pick<Supply, 'householdId' | 'supplyId' | 'cycle'>): NeedId =>
  needIdSchema.parse(`need_${digest([householdId, supplyId], 12)}-${String(cycle)}`);

/** Whether a need that somebody holds is still the one to satisfy: asked before a basket is planned. */
export const needStands = (supply: Supply, needId: NeedId, round: number): boolean =>
  supply.need?.needId === needId && supply.need.round === round && supply.need.standing === 'open';

/** Says that the supply is low: the next round of its cycle. */
export function tell(told: Told, now: Instant, confirmedBy: ConfirmedBy): Told {
  const { supply } = told;
  if (supply.settings.neverBuy) return { ...told, supply: withoutNeed(supply) };
  const round = (supply.need?.round ?? 0) + 1;
  if (round > ROUNDS_MAX) return { ...told, supply: closeCycle(supply) };
  const stock = stockAt(supply, now);
  const inHouse = stock.onHand + stock.pantry;
  const needId = needIdOf(supply);
  const need: Need = {
    needId,
    round,
    saidAt: now,
    standing: 'open',
    lowest: Math.min(inHouse, supply.need?.lowest ?? Infinity),
    lifted: false,
    askedAgain: (supply.need?.askedAgain ?? false) || confirmedBy === 'asked-again',
    ...(supply.need?.refusedBy && { refusedBy: supply.need.refusedBy }),
  };
  const low: SupplyEvent = {
    type: 'supply.low',
    data: {
      householdId: supply.householdId,
      supplyId: supply.supplyId,
      needId,
      cycle: supply.cycle,
      round,
      unit: supply.unit,
      inventoryPosition: stock.position,
      reorderPoint: reorderPointOf(supply, now),
      projectedStockoutAt: medianStockout(forecastOf(supply, now), { position: inHouse, now }),
      ...(supply.deviceType !== undefined && { deviceType: supply.deviceType }),
      confirmedBy,
    },
  };
  return { supply: { ...supply, need }, events: [...told.events, low] };
}

/** Nobody wants it bought: it is low without anybody being told. */
export function withoutNeed(supply: Supply): Supply {
  return supply.need ? closeCycle(supply) : notLow(supply);
}

function notLow(supply: Supply): Supply {
  if (supply.lowSince === undefined && supply.lowSampleTimes.length === 0) return supply;
  const next = { ...supply, lowSampleTimes: [] };
  delete next.lowSince;
  return next;
}

/** The depletion cycle is over; the next crossing is another need. */
export function closeCycle(supply: Supply): Supply {
  const next = { ...supply, cycle: supply.cycle + 1, lowSampleTimes: [] };
  delete next.need;
  delete next.lowSince;
  return next;
}

/**
 * A told need after stock or forecast have changed. Only goods that came end it: the position alone wavers with the sensor and the
 * forecast, and each false end would let the same shortage be ordered twice. An order that lifts the position keeps the cycle until its
 * goods are there, or until the position falls to the reorder point once more, which is a new shortage.
 */
function followNeed(supply: Supply, need: Need, at: { stock: Stock; isLow: (position: number) => boolean }): Supply {
  const { stock, isLow } = at;
  const inHouse = stock.onHand + stock.pantry;
  const margin = isEveryUseTold(supply) ? 0 : Math.max(noiseOf(supply), supply.demand.portion / 2);
  if (inHouse > need.lowest + margin && !isLow(stock.position)) return closeCycle(supply);
  if (need.standing === 'ordered' && need.lifted && isLow(stock.position)) return closeCycle(supply);
  const lifted = need.lifted || (need.standing === 'ordered' && !isLow(stock.position - margin));
  return { ...supply, need: { ...need, lifted, lowest: Math.min(need.lowest, inHouse) } };
}

/** An old reading says what was; the newer ones of its device's backlog come within minutes. */
const isBacklog = (supply: Supply, now: Instant): boolean => supply.lastReading !== undefined && durationBetween(supply.lastReading.sampledAt, now) > ONE_HOUR;

/** What has just changed a supply. */
type SettledBy = 'reading' | 'time' | 'order' | 'person';

function believedBy(supply: Supply, at: { now: Instant; lowSince: Instant; by: SettledBy; modelled: boolean }): ConfirmedBy | undefined {
  const { now, lowSince, by, modelled } = at;
  if (isAwaitingAnswer(supply) && now < addDuration(lowSince, ANSWER_WAIT)) return undefined;
  // Somebody has looked: there is nothing left to wait for.
  if (by === 'person') return 'count';
  if (modelled && by === 'time') return 'review';
  if (by === 'reading' && (modelled || isBacklog(supply, now))) return undefined;
  if (supply.lowSampleTimes.length >= SAMPLES_TO_CONFIRM) return 'three-readings';
  return now >= addDuration(lowSince, CONFIRM_AFTER) ? 'due' : undefined;
}

/** Compares the position with the reorder point and opens, confirms, clears or ends a need accordingly. */
export function settleNeed(told: Told, now: Instant, by: SettledBy): Told {
  if (told.supply.settings.neverBuy) return { ...told, supply: withoutNeed(told.supply) };
  const at = { stock: stockAt(told.supply, now), isLow: lowAt(told.supply, now) };
  const supply = told.supply.need ? followNeed(told.supply, told.supply.need, at) : told.supply;
  if (supply.need) return { ...told, supply };
  if (!at.isLow(at.stock.position)) return { ...told, supply: notLow(supply) };
  const lowSince = earliest(supply.lowSince ?? now, ...supply.lowSampleTimes);
  const low = { ...supply, lowSince };
  const confirmedBy = believedBy(low, { now, lowSince, by, modelled: at.stock.modelled });
  return confirmedBy ? tell({ ...told, supply: low }, now, confirmedBy) : { ...told, supply: low };
}
