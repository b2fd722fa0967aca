/** The experiments that come with the product: data, to be copied and changed. */
import { instantSchema, type HouseholdId, type Instant } from '../../values.ts';
import { armOf, controlOf, isRunning, type Experiment } from './experiment.ts';

export const HOLDOUT = 'holdout';

/**
 * One household in ten is never addressed of our own accord (offers, recommendations, conversion paths, campaigns); what it asked for, what concerns its
 * orders, its safety and its rights it hears like all others. By it the lift of everything together is measured, anew every month.
 */
export const holdout: Experiment = {
  experiment: HOLDOUT,
  name: { de: 'Wer nie angesprochen wird', en: 'Who is never addressed' },
  arms: [
    { arm: 'control', share: 10 },
    { arm: 'addressed', share: 90 },
  ],
  from: instantSchema.parse('2026-01-01T00:00:00.000Z'),
  outcome: ['order.delivered'],
  windowDays: 28,
  leastDifference: 0.05,
  monthly: true,
};

export const shippedExperiments: readonly Experiment[] = [holdout];

/** Whether a household belongs to the tenth that is left alone. @param experiment as it is set now; absent: as it came */
export const isHeldOut = (householdId: HouseholdId, now: Instant, experiment: Experiment = holdout): boolean =>
  isRunning(experiment, now) && armOf(experiment, householdId) === controlOf(experiment);
