/** Why a sensor is not believed, in words that travel in events. */
import { z } from 'zod';

/** `stuck`: stands still although things are used. `swapped`: another product since a refill. `contradicted`: a person has counted less. */
export const doubtReasonSchema = z.enum(['stuck', 'drifting', 'jumping', 'swapped', 'contradicted']);
export type DoubtReason = z.infer<typeof doubtReasonSchema>;
