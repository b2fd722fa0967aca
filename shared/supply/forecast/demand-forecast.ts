/** What will be used from what was used before. */
import { daysBetween, type Instant } from '../../values.ts';
import { consumptionPerDay, forgetUpTo, learn, memoriesOf, pauseDaysOf, type Demand } from '../demand.ts';
import type { Forecast } from './forecast.ts';
import { regularisedIncompleteBeta } from './incomplete-beta.ts';

/**
 * Uses come in bursts, more irregularly than by chance: what is remembered is worth half as many independent ones. Set on purchases before the
 * test of the backtest, so that intervals cover what they say.
 */
const EVIDENCE = 0.5;

/**
 * NB(shape, rateDays / (rateDays + H)) uses of one portion in H days, for each memory. With k = amount / portion, P(NB ≥ k) = I_x(k, shape)
 * at x = H / (rateDays + H): the identity of the negative binomial with the beta function, which also holds between whole portions.
 * Where a use keeps the next one away for a pause, the k-th comes k − 1 pauses later, at a rate that is so much higher in between that the
 * mean stays (a counter with dead time: Cox & Lewis 1966, §4.6).
 * @param isEveryUseTold then silence since the last word says that nothing was used; otherwise it says nothing
 */
export function demandForecast(stored: Demand, isEveryUseTold: boolean, now: Instant): Forecast {
  const demand = isEveryUseTold ? learn(stored, { consumed: 0, from: stored.asOf, to: now }) : forgetUpTo(stored, now);
  const { portion, again } = demand;
  const meanPerDay = consumptionPerDay(demand);
  const memories = memoriesOf(demand).map(({ weight, shape, rateDays }) => ({ weight, shape: EVIDENCE * shape, rateDays: EVIDENCE * rateDays }));
  const pause = pauseDaysOf(demand);
  const stillPaused = again ? Math.max(0, pause - Math.max(0, daysBetween(again.usedAt, now))) : 0;
  const faster = 1 / (1 - (pause * meanPerDay) / portion);
  return {
    meanPerDay,
    portion,
    usedUp(amount, horizonDays) {
      if (amount <= 0) return 1;
      const uses = amount / portion;
      const open = (horizonDays - stillPaused - Math.max(0, uses - 1) * pause) * faster;
      if (open <= 0) return 0;
      let chance = 0;
      for (const { weight, shape, rateDays } of memories) chance += weight * regularisedIncompleteBeta(open / (rateDays + open), uses, shape);
      return chance;
    },
  };
}
