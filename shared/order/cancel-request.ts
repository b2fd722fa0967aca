/** That a person asked a shop to cancel, as the order keeps it, and the shop's no. */
import { z } from 'zod';
import { cancelReasonSchema } from '../event-parts.ts';
import { instantSchema, memberIdSchema } from '../values.ts';

export const cancelRequestSchema = z.strictObject({
  memberId: memberIdSchema,
  reason: cancelReasonSchema,
  at: instantSchema,
  /** The shop's no. */
  refused: z.strictObject({ at: instantSchema, reason: z.string().min(1).max(200) }).optional(),
});
export type CancelRequest = z.infer<typeof cancelRequestSchema>;
