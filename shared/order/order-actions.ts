/** What a person may do with an order at each moment. */
import { z } from 'zod';
import type { OrderStatus } from './order-state.ts';

export const orderActionSchema = z.enum(['approve', 'change', 'decline', 'withdraw']);
/** What a person may do with an order; the app shows these, the decider allows no others. */
export const orderActions: Record<OrderStatus, readonly z.infer<typeof orderActionSchema>[]> = {
  proposed: ['approve', 'decline', 'withdraw'],
  'awaiting-approval': ['approve', 'change', 'decline', 'withdraw'],
  approved: ['withdraw'],
  placing: [],
  placed: [],
  accepted: [],
  shipped: [],
  delivered: [],
  rejected: [],
  cancelled: [],
  declined: [],
  expired: [],
  withdrawn: [],
};
