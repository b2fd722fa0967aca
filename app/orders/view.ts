/** An order on its way, as the API tells it, and what of it is open. */
import type { Answer } from '../api/contract-types.ts';
import type { words } from './words.ts';

export type OrderRow = Answer<'listOrders'>['orders'][number];
export type FollowView = Answer<'followOrder'>;
export type Question = FollowView['questions'][number];
export type Words = (typeof words)['en'] | (typeof words)['de'];
export type Status = OrderRow['order']['status'];

export const FILTERS = ['open', 'delivered', 'ended', 'all'] as const;
export type Filter = (typeof FILTERS)[number];

const STANDING: Record<Status, Exclude<Filter, 'all'>> = {
  proposed: 'open',
  'awaiting-approval': 'open',
  approved: 'open',
  placing: 'open',
  placed: 'open',
  accepted: 'open',
  shipped: 'open',
  delivered: 'delivered',
  rejected: 'ended',
  cancelled: 'ended',
  declined: 'ended',
  expired: 'ended',
  withdrawn: 'ended',
};

export const isIn = (filter: Filter, status: Status): boolean => filter === 'all' || STANDING[status] === filter;

/** What needs somebody first, then what is under way, then the rest; each the newest first, as they come. */
export const openFirst = (rows: readonly OrderRow[]): OrderRow[] => {
  const rank = ({ order: { status } }: OrderRow) => (status === 'awaiting-approval' ? 0 : STANDING[status] === 'open' ? 1 : 2);
  return [...rows].sort((a, b) => rank(a) - rank(b));
};

export const toneOf = (status: Status) =>
  status === 'awaiting-approval' ? 'warn' : STANDING[status] === 'ended' ? 'plain' : status === 'delivered' ? 'good' : 'accent';

export const isStatus = (text: string): text is Status => text in STANDING;
