/** How a receiver of webhooks has been lately, whoever it is: kept in its own item, and written only when something changes. */
import { z } from 'zod';
import { instantSchema } from '../values.ts';

export const reachShape = {
  /** Since when no message has reached it; `toldAt` once somebody was told. Absent while all is well. */
  outage: z.strictObject({ since: instantSchema, lastAt: instantSchema, toldAt: instantSchema.optional() }).optional(),
  /** It has kept somebody waiting: from then on one message at a time waits for it, named here while it does. Absent while it answers in time. */
  slow: z.strictObject({ turn: z.strictObject({ by: z.string().min(1).max(80), until: instantSchema }).optional() }).optional(),
  /** Nothing more is sent until a person has looked at it. */
  disabled: z.strictObject({ at: instantSchema, reason: z.string().min(1).max(200) }).optional(),
};
const reachSchema = z.strictObject(reachShape);
export type Reach = z.infer<typeof reachSchema>;
