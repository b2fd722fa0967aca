/** What a heating will use from a moment on: by the season, by the weather of these days as it fades, and by who is at home. */
import type { Instant } from '../../values.ts';
import { levelOf, passed, weathered, withLevel, type HeatState } from './heat-filter.ts';
import { dayAheadOf, isOutdoorHeard, lastDayOf, type Outdoor } from './heat-outdoor.ts';
import { dayNumber, seasonOn } from './heat-season.ts';
import { passedFromTo, stateOf, surpriseScale, type Heat } from './heat.ts';
import { normalBelow } from '../forecast/normal.ts';

/** Base units over a time to come: a mean and a standard deviation. */
export interface ExpectedNeed {
  readonly mean: number;
  readonly deviation: number;
}

/** A holiday lasts a week more, whenever one looks (memoryless), and twice a year somebody leaves; a single low day is none. */
const AWAY = { endsInDays: 7, beginsInDays: 180, believedAfterDays: 1.5, share: 0.4 } as const;
/** Share of the days on which nobody is at home, and how much less of what is known of today is known of tomorrow. */
const AWAY_USUALLY = AWAY.endsInDays / (AWAY.endsInDays + AWAY.beginsInDays);
const AWAY_KEPT = 1 - 1 / AWAY.endsInDays - 1 / AWAY.beginsInDays;
/** Nothing burns less than this share of an average day. */
const LEAST_SHARE = 0.02;
/** The mean that a forecast shows is that of the coming month. */
const SHOWN_DAYS = 30;

/** Mean and variance of what is used up to the end of each day from a moment on, in the heating's size: made as far as it is asked for. */
class Ahead {
  readonly #means = [0];
  readonly #variances = [0];
  readonly #from: number;
  /** What is used while nobody is at home, if that is so now. */
  readonly #away: number | undefined;
  /** Where the temperature has a say: what is foretold, and how many days it has waited. */
  readonly #outdoor: Outdoor | undefined;
  readonly #sinceTold: number;
  #state: HeatState;
  #chance: number;
  /** Σ of what earlier days save by being away × their chance, and the same as far as it still says something of the day that comes. */
  #saved = 0;
  #savedLately = 0;
  #spread = 0;

  constructor(heat: Heat, now: Instant, isHeard: boolean) {
    this.#from = Math.max(dayNumber(now), dayNumber(heat.asOf));
    this.#sinceTold = Math.round(this.#from - dayNumber(heat.asOf));
    this.#outdoor = isHeard ? heat.outdoor : undefined;
    const told = this.#outdoor ? weathered(stateOf(heat), lastDayOf(this.#outdoor)) : stateOf(heat);
    this.#state = withLevel(passedFromTo(told, dayNumber(heat.asOf), this.#from), 0, 0);
    this.#away = heat.away && heat.away.days >= AWAY.believedAfterDays ? heat.away.perDay / heat.size : undefined;
    this.#chance = this.#away === undefined ? 0 : 1;
  }

  /** @param days not negative */
  upTo(days: number): { readonly mean: number; readonly variance: number } {
    while (this.#means.length <= Math.ceil(days)) this.#oneMoreDay();
    const [low, high] = [Math.floor(days), Math.ceil(days)];
    const within = (sums: readonly number[]): number => (sums[low] ?? 0) + ((sums[high] ?? 0) - (sums[low] ?? 0)) * (days - low);
    return { mean: within(this.#means), variance: within(this.#variances) };
  }

  #oneMoreDay(): void {
    const days = this.#means.length;
    const before = levelOf(this.#state).mean;
    const outdoors = this.#outdoor && dayAheadOf(this.#outdoor, this.#sinceTold + days - 1);
    this.#state = passed(this.#state, seasonOn(this.#from + days - 0.5), 1, outdoors);
    const { mean, variance } = levelOf(this.#state);
    const home = Math.max(LEAST_SHARE, before - mean);
    this.#chance = AWAY_USUALLY + (this.#chance - AWAY_USUALLY) * AWAY_KEPT;
    const saves = Math.max(0, home - (this.#away ?? AWAY.share * home));
    // A two-state chain: P(away on day k | away on day j) = usual + (1 − usual) · kept^(k − j), less the product of their chances.
    this.#savedLately *= AWAY_KEPT;
    const alike = (AWAY_USUALLY - this.#chance) * this.#saved + (1 - AWAY_USUALLY) * this.#savedLately;
    this.#spread += saves * (2 * alike + this.#chance * (1 - this.#chance) * saves);
    this.#saved += saves * this.#chance;
    this.#savedLately += saves * this.#chance;
    this.#means.push((this.#means.at(-1) ?? 0) + home - this.#chance * saves);
    this.#variances.push(Math.max(this.#variances.at(-1) ?? 0, variance * (1 - this.#chance) ** 2 + this.#spread));
  }
}

/**
 * What will be used between two moments: whoever buys ahead asks this. Before what is known, as much a day as now.
 * @param isHeard whether the temperature outside has a say; by itself where it has earned one
 */
export function expectedNeed(heat: Heat, from: Instant, to: Instant, isHeard = isOutdoorHeard(heat.outdoor)): ExpectedNeed {
  const ahead = new Ahead(heat, from, isHeard);
  const days = Math.max(0, dayNumber(to) - dayNumber(from));
  const known = Math.min(days, Math.max(0, dayNumber(heat.asOf) - dayNumber(from)));
  const { mean, variance } = ahead.upTo(days - known);
  return { mean: (mean + known * ahead.upTo(1).mean) * heat.size, deviation: Math.sqrt(variance * surpriseScale(heat)) * heat.size };
}

/**
 * What is used in a horizon is taken as gamma with this mean and variance, by Wilson and Hilferty's cube root (1931): close to exact
 * for the shapes above 1 that heating has. @param portion what the supply counts as one use, base units
 */
export function heatForecast(heat: Heat, portion: number, now: Instant) {
  const ahead = new Ahead(heat, now, isOutdoorHeard(heat.outdoor));
  const scale = surpriseScale(heat);
  return {
    get meanPerDay() {
      return (ahead.upTo(SHOWN_DAYS).mean / SHOWN_DAYS) * heat.size;
    },
    portion,
    usedUp(amount: number, horizonDays: number): number {
      if (amount <= 0) return 1;
      if (horizonDays <= 0) return 0;
      const { mean, variance } = ahead.upTo(horizonDays);
      const shape = Math.max(1, mean ** 2 / (variance * scale));
      return normalBelow(-3 * Math.sqrt(shape) * (Math.cbrt(amount / heat.size / mean) - 1 + 1 / (9 * shape)));
    },
  };
}
