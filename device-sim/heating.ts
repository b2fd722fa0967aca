/** A heating with a tank of oil or a store of pellets: it burns by the weather, measures its level every six hours, and knows how cold it is outside. */
import { dayAt, instantAt } from './calendar.ts';
import type { Happening, Home, Kind } from './kind.ts';
import { drawsOf } from './random.ts';
import { tidy } from './shelf.ts';
import type { HeatingSpec, ThingSpec } from './simulation.ts';
import { celsiusAt, degreeDays } from './weather.ts';

/** The ends of four quarters of a day, in minutes after midnight, and what share of its heat and of its hot water falls into each. */
const QUARTERS = [
  { until: 360, heat: 0.22, hotWater: 0.05 },
  { until: 720, heat: 0.3, hotWater: 0.45 },
  { until: 1_080, heat: 0.22, hotWater: 0.15 },
  { until: 1_440, heat: 0.26, hotWater: 0.35 },
] as const;
/** Each heating looks a little before the hour, at a minute of its own. */
const EARLY_MINUTES_MOST = 30;
/** Net calorific value: 10 kWh a litre of heating oil, 4.9 kWh a kilogram of pellets (DIN EN ISO 17225-2 class A1 asks for at least 4.6). */
const KWH_PER_UNIT = { oil: 10, pellets: 4.9 } as const;

/** @param recordedKwh the heat that a real house used on a day, where a recording says it; it takes the place of the weather's */
export function heating({ slots, heating: burner }: ThingSpec, home: Home, recordedKwh: (day: string) => number | undefined = () => undefined): Kind {
  const early = 1 + drawsOf(home.seed, home.thing, 'looks')() * (EARLY_MINUTES_MOST - 1);
  return {
    storage: 'tank',
    outdoorCelsiusAt(at) {
      const day = dayAt(at, home.timeZone);
      return Math.round(celsiusAt(home.seed, day, (at - instantAt(day, 0, home.timeZone)) / 3_600_000) * 10) / 10;
    },
    happeningsOf: (day) =>
      QUARTERS.map(({ until, ...share }): Happening => {
        const portions = slots
          .slice(0, 1)
          .map(({ slot }) => ({ slot, amount: burner === undefined ? 0 : burnt(home.seed, day, burner, share, recordedKwh(day)) }));
        return { at: instantAt(day, until - early, home.timeZone), kind: 'look', portions, counted: 0 };
      }),
  };
}

/** What a quarter of a day burns: HDD × units per degree day, and hot water; or what was recorded, spread as heat is. */
function burnt(seed: number, day: string, burner: HeatingSpec, share: { heat: number; hotWater: number }, recordedKwh: number | undefined): number {
  if (recordedKwh !== undefined) return tidy((recordedKwh / KWH_PER_UNIT[burner.fuel]) * share.heat);
  return tidy(degreeDays(seed, day, burner.baseCelsius) * burner.unitsPerDegreeDay * share.heat + burner.hotWaterPerDay * share.hotWater);
}
