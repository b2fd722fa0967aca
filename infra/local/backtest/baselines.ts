/** What others do, as the textbooks have it: each learns day by day, from the first purchase on. */
import { regularisedIncompleteBeta } from '../../../shared/supply/forecast/incomplete-beta.ts';
import type { Keeper } from './shelf.ts';
import type { Method, Trial } from './scenario.ts';
import { keepShelf } from './shelf.ts';

/** The days of an order beside the day of its review, on which nothing can be done any more (Silver, Pyke & Thomas 2017, §7.9: R + L). */
const REVIEW_DAYS = 1;

/** A demand forecast that learns from each day. */
interface Forecaster {
  learn(count: number): void;
  /** P(more than `units` are needed in this many days). */
  exceeds(units: number, days: number): number;
}

/** Sees all days before the test as it sees those in it. */
function taught(trial: Trial, forecaster: Forecaster): Forecaster {
  const needsOn = new Map(trial.pair.needs.map(({ day, count }) => [day, count]));
  const first = trial.pair.needs[0]?.day ?? trial.splitDay;
  for (let day = first; day < trial.splitDay; day += 1) forecaster.learn(needsOn.get(day) ?? 0);
  return forecaster;
}

/** Orders up to the least stock that covers lead time and review with this probability. */
function upToServiceLevel(trial: Trial, forecaster: Forecaster, serviceLevel: number): Keeper {
  const { leadTimeDays, approvalHours } = trial.delays;
  const days = (leadTimeDays.least + leadTimeDays.most) / 2 + (approvalHours.least + approvalHours.most) / 48 + REVIEW_DAYS;
  return {
    see: (_day, { count }) => {
      forecaster.learn(count);
    },
    order: (_day, { onHand, onOrder }) => {
      let units = 0;
      while (units < ORDER_MAX && forecaster.exceeds(onHand + onOrder + units, days) > 1 - serviceLevel) units += 1;
      return units;
    },
  };
}
const ORDER_MAX = 50;

/** P(Poisson > units) by its sum. */
function poissonExceeds(units: number, mean: number): number {
  let term = Math.exp(-mean);
  let atMost = term;
  for (let k = 1; k <= units; k += 1) {
    term *= mean / k;
    atMost += term;
  }
  return 1 - atMost;
}

const CROSTON_ALPHA = 0.1;

/** Croston 1972: sizes and intervals smoothed apart, at each need. Syntetos & Boylan 2005 take its bias off by 1 − α / 2. */
function croston(bias: number): Forecaster {
  let [size, interval, since] = [1, NaN, 0];
  return {
    learn(count) {
      since += 1;
      if (count === 0) return;
      size += CROSTON_ALPHA * (count - size);
      // The first purchase is where the counting begins.
      if (!Number.isNaN(interval)) interval += CROSTON_ALPHA * (since - interval);
      else if (since > 1) interval = since;
      since = 0;
    },
    exceeds: (units, days) => (Number.isNaN(interval) ? 0 : poissonExceeds(units, ((bias * size) / interval) * days)),
  };
}

const TSB_ALPHA = 0.1;
const TSB_BETA = 0.02;

/** Teunter, Syntetos & Babai 2011: the chance of a need is smoothed every day, so that what is dropped dies away. */
function tsb(): Forecaster {
  let [size, chance, days] = [1, 0, 0];
  return {
    learn(count) {
      days += 1;
      // A mean while there is little to smooth.
      chance += Math.max(TSB_BETA, 1 / days) * ((count > 0 ? 1 : 0) - chance);
      if (count > 0) size += TSB_ALPHA * (count - size);
    },
    exceeds: (units, horizon) => poissonExceeds(units, size * chance * horizon),
  };
}

const HALF_LIFE_DAYS = 120;

/** Gamma-Poisson with forgetting: a ← φa + x, b ← φb + 1 a day; demand is negative binomial. */
function gammaPoisson(): Forecaster {
  const keep = 2 ** (-1 / HALF_LIFE_DAYS);
  let [shape, days] = [0, 0];
  return {
    learn(count) {
      shape = keep * shape + count;
      days = keep * days + 1;
    },
    exceeds: (units, horizon) => regularisedIncompleteBeta(horizon / (days + horizon), units + 1, Math.max(1e-9, shape)),
  };
}

const orderUpTo = (threshold: number): Keeper => ({
  see: () => undefined,
  order: (_day, { onHand, onOrder }) => (onHand + onOrder <= threshold ? threshold + 1 - onHand - onOrder : 0),
});

/** One unit in every mean interval of the past, whatever happens: a subscription. */
function subscription({ pair, splitDay }: Trial): Keeper {
  const before = pair.needs.filter(({ day }) => day < splitDay);
  const [first, last] = [before[0]?.day ?? splitDay, before.at(-1)?.day ?? splitDay];
  const intervals = before.reduce((sum, { count }) => sum + count, 0) - 1;
  const every = Math.max(1, (last - first) / intervals);
  let next = splitDay + every;
  return {
    see: () => undefined,
    order: (day) => {
      let units = 0;
      for (; next <= day; next += every) units += 1;
      return units;
    },
  };
}

const method = (name: string, keeperOf: (trial: Trial) => Keeper): Method => ({
  name,
  kind: 'other',
  run: (trial) => ({ tally: keepShelf(trial, keeperOf(trial)) }),
});
const withLevels = (name: string, levels: readonly number[], forecaster: () => Forecaster): Method[] =>
  levels.map((level) => method(`${name} ${String(level)}`, (trial) => upToServiceLevel(trial, taught(trial, forecaster()), level)));

export const baselines: readonly Method[] = [
  method('fixed interval', subscription),
  ...[0, 1, 2].map((threshold) => method(`fixed threshold ${String(threshold)}`, () => orderUpTo(threshold))),
  ...withLevels('Croston', [0.98, 0.99], () => croston(1)),
  ...withLevels('SBA', [0.98, 0.99], () => croston(1 - CROSTON_ALPHA / 2)),
  ...withLevels('TSB', [0.98, 0.99], tsb),
  ...withLevels('gamma-Poisson', [0.98, 0.99, 0.995], gammaPoisson),
];
