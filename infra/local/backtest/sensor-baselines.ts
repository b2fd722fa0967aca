/** What others do with a level sensor, and what is possible at all. One order of one pack at a time. */
import { delayDays } from './sensor-delay.ts';
import { keepLevel, ratesOf, type LevelKeeper } from './sensor-shelf.ts';
import type { Method, Trial } from './scenario.ts';

const threshold = (share: number): Method => ({
  name: `threshold ${Math.round(100 * share)} %`,
  kind: 'other',
  run: (trial) => ({
    tally: keepLevel(trial, { order: (_day, { level, onOrder }) => (onOrder === 0 && level <= share + 1e-9 ? 1 : 0) }).tally,
  }),
});

/** A level that rises by more was refilled. */
const REFILLED = 0.3;
const TIMES_LEAD = 2;

/**
 * The fall over the last days, smoothed with a half-life, times twice the lead time: what household apps with scales do.
 * @param windowDays over which the fall is taken
 */
function slope(halfLifeDays: number, windowDays: number): Method {
  const keeper = (trial: Trial): LevelKeeper => {
    const alpha = 1 - 2 ** (-1 / halfLifeDays);
    const days = TIMES_LEAD * delayDays(trial).mean;
    let window: number[] = [];
    let perDay: number | undefined;
    return {
      order(_day, { level, onOrder }) {
        if (level - (window.at(-1) ?? level) > REFILLED) window = [];
        window = [...window, level].slice(-windowDays - 1);
        const fall = Math.max(0, ((window[0] ?? level) - level) / Math.max(1, window.length - 1));
        if (window.length > 1) perDay = perDay === undefined ? fall : perDay + alpha * (fall - perDay);
        return onOrder === 0 && level <= (perDay ?? 0) * days ? 1 : 0;
      },
    };
  };
  return { name: `slope ${halfLifeDays} d, ${windowDays} d, ×2`, kind: 'other', run: (trial) => ({ tally: keepLevel(trial, keeper(trial)).tally }) };
}

/** Whoever knows the pace of every day to come, and orders one pack so that it comes on the last morning. @param packsMax two where one would not last */
function oracle(packsMax: 1 | 2): Method {
  const keeper = (trial: Trial): LevelKeeper => {
    const rates = ratesOf(trial);
    const days = Math.ceil(delayDays(trial).most);
    const usedFrom = (day: number, many: number): number =>
      rates.slice(day - trial.splitDay + 1, day - trial.splitDay + 1 + many).reduce((sum, rate) => sum + rate, 0);
    let stock = 1;
    return {
      receive: (_day, orders) => {
        stock += orders.reduce((sum, { units }) => sum + units, 0);
      },
      order(day, { onOrder }) {
        const rate = rates[day - trial.splitDay] ?? 0;
        stock = stock - rate <= 1e-9 ? 0 : stock - rate;
        if (onOrder > 0 || stock > usedFrom(day, days + 1) + 1e-9) return 0;
        return packsMax === 2 && stock + 1 <= usedFrom(day, 2 * days + 1) ? 2 : 1;
      },
    };
  };
  const name = packsMax === 1 ? 'oracle, one pack' : 'oracle, up to two';
  return { name, kind: 'oracle', run: (trial) => ({ tally: keepLevel(trial, keeper(trial)).tally }) };
}

export const sensorBaselines: readonly Method[] = [threshold(0.2), threshold(0.5), slope(3, 5), slope(1, 3)];
export const sensorOracles: readonly Method[] = [oracle(1), oracle(2)];
