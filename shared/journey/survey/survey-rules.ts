/** After which step a household is asked how it went, and how seldom: data. */
import type { SurveyKind } from '../collect/survey-sentiment.ts';

export type SurveyStep = 'order-delivered' | 'case-solved';

interface SurveyRule {
  readonly kind: SurveyKind;
  readonly after: SurveyStep;
  /** So many orders that came by themselves must have been delivered before. */
  readonly automaticOrders: number;
  /** Days between two questions of this kind. */
  readonly everyDays: number;
}

/** The first that fits is asked. */
export const surveyRules: readonly SurveyRule[] = [
  // Whether somebody recommends us shows once buying by itself has become a habit; twice a year is enough (365 / 2 = 182.5).
  { kind: 'nps', after: 'order-delivered', automaticOrders: 3, everyDays: 183 },
  { kind: 'csat', after: 'order-delivered', automaticOrders: 0, everyDays: 0 },
  { kind: 'ces', after: 'case-solved', automaticOrders: 0, everyDays: 0 },
];

export const surveyLimits = {
  /** Between any two questions to one household. */
  quietDays: 14,
  /** So long a question waits; then nobody is shown it any more. */
  openDays: 7,
  /** After so many questions in a row that nobody touched, nobody seems to look … */
  unseenInARow: 2,
  /** … and so many days pass before the next one. */
  unseenQuietDays: 90,
  /** What happened longer ago than this is not asked about any more. */
  lateDays: 3,
} as const;

/** As many as the rules need to know of. */
export const AUTOMATIC_ORDERS_KEPT = Math.max(...surveyRules.map(({ automaticOrders }) => automaticOrders));
