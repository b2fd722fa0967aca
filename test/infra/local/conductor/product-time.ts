/** Moments and schedules of the conductor's tests. */
import type { Schedules } from '../../../../infra/local/conductor/conductor.ts';

export const START = Date.parse('2026-03-02T06:00:00.000Z');
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export const noSchedules: Schedules = { next: () => undefined, fire: () => Promise.resolve() };

/** Fires at every multiple of the period. */
export function every(periodMillis: number, fire: (at: number) => Promise<void> | void): Schedules {
  let firedAt: number | undefined;
  return {
    next: (now) => (Math.floor((firedAt ??= now) / periodMillis) + 1) * periodMillis,
    fire: async (now) => {
      firedAt = now;
      await fire(now);
    },
  };
}
