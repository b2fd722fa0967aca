/** Who looks when an order's time has come; ended orders are never due. */
import type { OrderStatus } from '../../shared/order/order-state.ts';
import type { DueWorker } from './aggregate-kind.ts';

export const orderWorker: Record<OrderStatus, DueWorker> = {
  proposed: 'decide-order',
  'awaiting-approval': 'decide-order',
  approved: 'deliver-webhook',
  placing: 'reconcile-order',
  placed: 'reconcile-order',
  accepted: 'reconcile-order',
  shipped: 'reconcile-order',
  delivered: 'reconcile-order',
  declined: 'decide-order',
  expired: 'decide-order',
  withdrawn: 'decide-order',
  rejected: 'decide-order',
  cancelled: 'decide-order',
};
