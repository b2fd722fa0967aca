/** Households made by hand for the choice of a next best action. */
import type { Situation } from '../../../../shared/journey/next-best/situation.ts';
import { noHabit } from '../../../../shared/journey/outreach/habit.ts';
import { noOutreachYet } from '../../../../shared/journey/outreach/outreach.ts';
import { newStanding, standingOf } from '../../../../shared/journey/standing/standing.ts';
import { householdIdSchema, supplyIdSchema, type HouseholdId } from '../../../../shared/values.ts';
import { anna, lived, on, orders, step, type Step } from '../life.ts';

export const NOON = 12;
export const milk = { supplyId: supplyIdSchema.parse('sup_milk'), name: 'Milk', category: 'milk', perDay: 500, earned: false } as const;

/** A household that has lived like this for a month, with everybody's yes and an app. */
export function home(steps: readonly Step[], more: Partial<Situation> = {}, householdId: HouseholdId = anna): Situation {
  const now = more.now ?? on(34, NOON);
  const summary = { ...lived(...steps), householdId };
  return {
    ...{ householdId, now, summary, standing: standingOf(summary, newStanding(householdId), now) },
    reachable: {
      ...{ outreach: noOutreachYet(householdId), timeZone: 'Europe/Berlin', hasOpenCase: false, isLeftAlone: false, hours: noHabit },
      consents: { profiling: true, productNews: true, newsByMail: true },
      available: { app: 'now', tv: 'never', fridge: 'never', watch: 'never', 'e-mail': 'never', crm: 'now' },
    },
    ...{ supplies: [milk], devices: [], hasMandate: false, suggested: [], concerns: [], past: [] },
    ...more,
  };
}
export const byHand = orders([7, 12, 16, 20, 24, 27, 30, 33], 'customer');
export const spoiling = [...byHand, ...[10, 15, 20, 25].map((day) => step(on(day), 'supply.spoiled'))];
export const neighbour = (index: number): HouseholdId => householdIdSchema.parse(`hh_${index}`);
