/** A household that buys elsewhere from a day on: its devices go on, it shops in town each Saturday, and to every question it says no. */
import { duration, instantOf, millisOf, orderIdSchema, type Instant } from '../shared/values.ts';
import { dayAfter, dayAt, instantAt, weekdayOf } from './calendar.ts';
import type { Arrival } from './doorstep.ts';
import { tidy } from './shelf.ts';
import type { Answers, HouseholdSpec, Simulation, SlotSpec } from './simulation.ts';
import { placeFor } from './device.ts';

const NEVER_AGAIN: Answers = { approve: 0, decline: 0.6, delayMinutes: [30, 600] };
const SHOPS_AT_MINUTE = 675;
const DAYS_OF_A_WEEK = 7;

/** Product milliseconds; undefined for who stays. */
export const leavesAt = ({ startsAt }: Pick<Simulation, 'startsAt'>, { leavesOnDay }: Pick<HouseholdSpec, 'leavesOnDay'>): number | undefined =>
  leavesOnDay === undefined ? undefined : millisOf(startsAt) + duration(leavesOnDay, 'days');

/** How somebody of the household answers who is told at this moment. */
export function answersAt(
  simulation: Pick<Simulation, 'startsAt'>,
  household: HouseholdSpec,
  answers: Answers | undefined,
  toldAt: Instant,
): Answers | undefined {
  const at = leavesAt(simulation, household);
  return at === undefined || toldAt < instantOf(at) || answers === undefined ? answers : NEVER_AGAIN;
}

/** What they carry home themselves: each Saturday what a week takes. */
export class OwnShopping {
  readonly #household: HouseholdSpec;
  /** The next Saturday, product milliseconds; undefined for who stays. */
  #next: { day: string; at: number } | undefined;

  constructor(simulation: Pick<Simulation, 'startsAt'>, household: HouseholdSpec) {
    this.#household = household;
    const at = leavesAt(simulation, household);
    this.#next = at === undefined ? undefined : this.#saturdayFrom(dayAt(at, household.timeZone));
  }

  /** What came up to now since the last look. */
  look(now: number): Arrival[] {
    const arrivals: Arrival[] = [];
    for (let next = this.#next; next !== undefined && next.at <= now; next = this.#next) {
      for (const { slots } of this.#household.things) for (const slot of slots) arrivals.push(...ofAWeek(slot, next));
      this.#next = this.#saturdayFrom(dayAfter(next.day));
    }
    return arrivals;
  }

  #saturdayFrom(first: string): { day: string; at: number } {
    let day = first;
    while (weekdayOf(day) !== 6) day = dayAfter(day);
    return { day, at: instantAt(day, SHOPS_AT_MINUTE, this.#household.timeZone) };
  }
}

function ofAWeek(slot: SlotSpec, { day, at }: { day: string; at: number }): Arrival[] {
  const [product] = slot.products;
  const packAmount = product === undefined ? undefined : placeFor([slot], product.gtin)?.packAmount;
  if (product === undefined || packAmount === undefined) return [];
  const packs = Math.max(1, Math.ceil(tidy((slot.usePerDay * DAYS_OF_A_WEEK) / packAmount)));
  return [{ id: `own-${day}-${slot.slot}`, at, orderId: orderIdSchema.parse('ord_own-shopping'), gtin: product.gtin, packs }];
}
