/** How somebody felt at a moment, and how that is known: from what they said, or from what happened to them. */
import { z } from 'zod';
import { instantSchema } from '../../values.ts';
import { phaseSchema, sentimentSchema, type Sentiment } from '../words.ts';

export const pointSchema = z.strictObject({ at: instantSchema, ...sentimentSchema.shape, phase: phaseSchema });
export type EmotionPoint = z.infer<typeof pointSchema>;

/**
 * What is said measures how somebody feels; what happens to them moves it, and after so many days half of that is forgotten: a look at a page in
 * two, a broken promise in ten. A source that is not here is said.
 */
export const movesForDays: Readonly<Partial<Record<Sentiment['source'], number>>> = { promise: 10, refusal: 7, web: 2 };
