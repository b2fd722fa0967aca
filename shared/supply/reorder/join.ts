/**
 * The can-order policy (s, c, S) of joint replenishment (Balintfy 1964; Silver 1974): when something is ordered because it has fallen to its
 * reorder point s, whatever is at or below its can-order level c may come along, up to its order-up-to level S, if that is worth it.
 */
import { ignored, addDuration, duration, rejected, type Instant, type Outcome } from '../../values.ts';
import { isAwaitingAnswer, withDueAt } from '../due.ts';
import { demandQuantile } from '../forecast/forecast.ts';
import { expectedNeed } from '../heat/heat-forecast.ts';
import { effectiveDays } from './lead-time.ts';
import { needIdOf, type SupplyEvent } from '../need.ts';
import { forecastOfSnapshot, snapshot, type SupplySnapshot } from '../snapshot.ts';
import { roundAmount } from '../stock.ts';
import type { Supply } from '../supply.ts';
import { isDoubted } from '../trust/trust.ts';

/**
 * Whoever comes along would have been ordered by itself within half of what an order lasts, and within two weeks: set by hand, so that an item
 * is not ordered twice as often as it must; what it costs to have it earlier decides within that (`npm run bench -- baskets` tries it).
 */
const AHEAD_SHARE = 0.5;
const AHEAD_DAYS_MAX = 14;
/** At least so much of a pack is missing: one that stood mostly on top would save nothing. */
const MISSING_PACKS_MIN = 0.5;

const smallestPack = ({ products }: Supply): number => Math.min(...products.map(({ pack }) => pack.amount));

/** c, in base units: never below s, and below S by half a pack. */
export function canOrderLevel(supply: Supply, figures: SupplySnapshot): number {
  const { reorderPoint, settings } = figures;
  const days = Math.min(AHEAD_DAYS_MAX, settings.coverDays * AHEAD_SHARE);
  const level = reorderPoint + forecastOfSnapshot(figures).meanPerDay * days;
  return roundAmount(Math.max(reorderPoint, Math.min(level, wherePacksAreMissing(supply, figures))));
}

/** Below this at least half a pack is missing, in base units: whatever is above stays where it is, however much a shop's threshold would save. */
const wherePacksAreMissing = (supply: Supply, { orderUpTo }: SupplySnapshot): number => orderUpTo - smallestPack(supply) * MISSING_PACKS_MIN;

/** Days until it is expected at its reorder point, not negative; a year for what is hardly used. */
export function daysToOwnOrder(figures: SupplySnapshot): number {
  const { meanPerDay } = forecastOfSnapshot(figures);
  const above = Math.max(0, figures.position - figures.reorderPoint);
  return Math.min(365, above === 0 ? 0 : above / meanPerDay);
}

/** Why it stays where it is, whatever would be saved; undefined when it may come along: if it is worth it, as `come-along` and `lift-basket` reckon. */
export function staysBecause(supply: Supply, figures: SupplySnapshot): string | undefined {
  const { need } = supply;
  if (supply.removedAt !== undefined || supply.settings.neverBuy) return 'not-bought';
  // One that a run left behind which broke off may be taken along by the next.
  if (need !== undefined && (need.joined !== true || need.standing !== 'open')) return 'need-open';
  if (isAwaitingAnswer(supply)) return 'asked-about';
  if (isDoubted(supply)) return 'sensor-doubted';
  if (supply.notAlongBefore !== undefined && figures.at < supply.notAlongBefore) return 'not-wanted-lately';
  return figures.position > Math.max(figures.reorderPoint, wherePacksAreMissing(supply, figures)) ? 'nothing-missing' : undefined;
}

/** Opens its need, as if it were low, so that nothing else orders it; nothing is told, for it is not low. The order tells it. */
export function join(supply: Supply, now: Instant): Outcome<Supply, SupplyEvent> {
  const figures = snapshot(supply, now);
  const stays = staysBecause(supply, figures);
  if (stays !== undefined) return rejected(stays);
  if (supply.need !== undefined) return ignored('joined-before');
  const need = {
    ...({ needId: needIdOf(supply), round: 1, saidAt: now, standing: 'open', joined: true } as const),
    ...{ lowest: roundAmount(figures.onHand + figures.pantry), lifted: false, askedAgain: false },
  };
  return { kind: 'changed', state: withDueAt({ ...supply, need }, now), events: [] };
}

/** Capital, space and what gets lost: a quarter of the value a year (Silver, Pyke & Thomas 2017, §1.4: 20–30 %). */
const HOLDING_SHARE_PER_YEAR = 0.25;
export const holdingMinor = (valueMinor: number, days: number): number => (valueMinor * HOLDING_SHARE_PER_YEAR * days) / 365;

interface Buying {
  readonly packs: number;
  /** Base units. */
  readonly packAmount: number;
  /** Cents. */
  readonly unitPriceMinor: number;
}

/** What it costs to have it earlier than by its own order, in cents: held for longer, and more of it not used before its date. */
export function earlyMinor(figures: SupplySnapshot, { packs, packAmount, unitPriceMinor }: Buying): number {
  const { position, reorderPoint, settings, leadTime } = figures;
  const held = holdingMinor(packs * unitPriceMinor, daysToOwnOrder(figures));
  if (settings.shelfLifeDays === undefined) return held;
  const forecast = forecastOfSnapshot(figures);
  const days = settings.shelfLifeDays + effectiveDays(leadTime);
  const left = (before: number, pack: number): number => 1 - forecast.usedUp(before + pack * packAmount, days);
  const spoiled = Array.from({ length: packs }, (_, index) => left(position, index + 1) - left(Math.min(position, reorderPoint), index + 1));
  return held + unitPriceMinor * spoiled.reduce((sum, share) => sum + Math.max(0, share), 0);
}

/** What is expected to be used within some days from the moment of the figures, base units: a heating uses most in winter. */
export function usedWithin(figures: SupplySnapshot, days: number): number {
  const { at, heat } = figures;
  return heat ? expectedNeed(heat, at, addDuration(at, duration(days, 'days'))).mean : forecastOfSnapshot(figures).meanPerDay * days;
}

/** Whether so much more has room, beside what is used while it is on its way. */
export const hasRoom = (figures: SupplySnapshot, amount: number): boolean =>
  figures.settings.capacity === undefined || figures.position + amount <= figures.settings.capacity + usedWithin(figures, effectiveDays(figures.leadTime));

/** Eaten before its date with this probability, as in an order-up-to level. */
const EATEN_IN_TIME_PROBABILITY = 0.8;
/** Whether so much more, base units, would still be used before its date. */
export function isEatenInTime(figures: SupplySnapshot, amount: number): boolean {
  const { position, settings, leadTime } = figures;
  if (settings.shelfLifeDays === undefined) return true;
  const days = settings.shelfLifeDays + effectiveDays(leadTime);
  return position + amount <= demandQuantile(forecastOfSnapshot(figures), days, 1 - EATEN_IN_TIME_PROBABILITY);
}
