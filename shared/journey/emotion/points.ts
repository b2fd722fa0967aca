/** How somebody felt at a moment, how that is known, and how much it still says later. */
import { z } from 'zod';
import { instantSchema } from '../../values.ts';
import { inTime, type Traces } from '../fold/trace.ts';
import { phaseSchema, sentimentSchema, type Sentiment } from '../words.ts';

export const pointSchema = z.strictObject({ at: instantSchema, ...sentimentSchema.shape, phase: phaseSchema });
export type EmotionPoint = z.infer<typeof pointSchema>;

/** After so many days it says half as much. A look at a page is forgotten in two days, a recommendation is not. */
export const halfLifeDays: Readonly<Record<Sentiment['source'], number>> = {
  nps: 60,
  csat: 14,
  ces: 14,
  complaint: 21,
  contact: 7,
  cancellation: 30,
  refusal: 7,
  regret: 14,
  praise: 21,
  web: 2,
  promise: 10,
};

/** Those of any number of days. Touchpoints of which nobody knows a feeling make none. */
export const pointsOf = (traces: Traces): EmotionPoint[] =>
  inTime(traces).flatMap(({ at, phase, sentiment }) => (sentiment === undefined ? [] : [{ at, phase, ...sentiment }]));
