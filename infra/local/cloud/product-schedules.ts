/** The template's schedules on the product's clock: the conductor asks when, and what is due is fired from here. */
import { Schedules } from '../bus/schedules.ts';
import type { ScheduledTargets } from './definitions.ts';

export function productSchedules(all: readonly ScheduledTargets[], fire: (targets: ScheduledTargets) => Promise<void>) {
  let schedules: Schedules | undefined;
  let firedUntil = 0;
  // Counted from the first time the clock is asked: what was due before the program ran is found by whatever fires next.
  const begun = (now: number) =>
    (schedules ??= new Schedules(
      all.map(({ name, expression }) => ({ name, expression })),
      (firedUntil = now),
    ));
  return {
    next: (now: number) => {
      const next = begun(now).next(firedUntil);
      return Number.isFinite(next) ? next : undefined;
    },
    fire: async (now: number) => {
      const due = begun(now).due(now);
      firedUntil = Math.max(firedUntil, now);
      await Promise.all(
        due
          .map(({ name }) => all.filter((schedule) => schedule.name === name))
          .flat()
          .map(fire),
      );
    },
  };
}
