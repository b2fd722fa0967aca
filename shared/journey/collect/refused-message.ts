/** Why a message from outside was not kept, for whoever looks after its source. Not a word of the message itself: nobody could have it removed from here. */
import { z } from 'zod';
import { instantSchema } from '../../values.ts';

export const refusedMessageSchema = z.strictObject({
  source: z.string().min(1).max(40),
  receivedAt: instantSchema,
  reason: z.string().min(1).max(200),
  messageId: z.string().max(250).optional(),
  type: z.string().max(80).optional(),
  bytes: z.int().min(0),
});
export type RefusedMessage = z.infer<typeof refusedMessageSchema>;
