/** The forecast of one supply: everything that decides or draws looks ahead through here. */
import type { Instant } from '../../values.ts';
import type { Demand } from '../demand.ts';
import { demandForecast } from './demand-forecast.ts';
import type { Forecast } from './forecast.ts';
import { heatForecast } from '../heat/heat-forecast.ts';
import type { Heat } from '../heat/heat.ts';
import { levelForecast } from '../level/level-forecast.ts';
import { HABITS, isSettled, type Level } from '../level/level.ts';

/** What a forecast is made from: parts of a supply's stored state, or of a recorded one. */
export interface Known {
  readonly demand: Demand;
  /** Of a heating: what it uses follows the season and the weather. */
  readonly heat?: Heat | undefined;
  /** Where a sensor follows the level of the pack in use. */
  readonly level?: Level | undefined;
  readonly settings?: { readonly everyUseTold?: boolean | undefined } | undefined;
}

/** @param habits of the households whose packs are followed; others than now only where an old record is worked out again */
export function forecastOf(known: Known, now: Instant, habits = HABITS): Forecast {
  if (known.heat) return heatForecast(known.heat, known.demand.portion, now);
  if (known.level && isSettled(known.level)) return levelForecast(known.level, known.demand.portion, now, habits);
  return demandForecast(known.demand, known.settings?.everyUseTold === true, now);
}
