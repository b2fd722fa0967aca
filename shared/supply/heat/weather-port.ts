/** Where the temperature of a place comes from, if not from a sensor of the heating itself. */
import type { HouseholdId, Instant } from '../../values.ts';
import type { DailyCelsius } from './heat-outdoor.ts';

/**
 * A service, or a recorded series: functions/runtime/weather.ts. Whether what it says is heard is decided by what it was worth so far at each heating.
 * Nobody waits for it: where it does not answer, it answers nothing.
 */
export interface WeatherPort {
  /** Daily means where a household lives: of the day that has ended, of today, and of as many coming days as are foretold, in any order. */
  daysAround(place: { readonly householdId: HouseholdId }, now: Instant): Promise<readonly DailyCelsius[]>;
}
