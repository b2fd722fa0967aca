/** An order on its way, as the API tells it, and what of it is open. */
import type { Instant } from '../../shared/values.ts';
import type { Answer } from '../api/contract-types.ts';
import { localMonthOf } from '../words/local-date.ts';
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

/** The day that its line shows: when it came, else when it was put together. */
export const shownAt = ({ order }: OrderRow): Instant => ('progress' in order ? order.progress.deliveredAt : undefined) ?? order.proposedAt;

export interface OrderGroup {
  /** `open`, or `YYYY-MM` by the household's calendar. */
  readonly of: string;
  readonly rows: readonly OrderRow[];
}

/** What is under way, what needs somebody at its top; then the rest by month. Each the newest first. */
export function grouped(rows: readonly OrderRow[], zone: string): OrderGroup[] {
  const groupOf = (row: OrderRow) => (STANDING[row.order.status] === 'open' ? 'open' : localMonthOf(shownAt(row), zone));
  const rank = ({ order: { status } }: OrderRow) => (status === 'awaiting-approval' ? 0 : STANDING[status] === 'open' ? 1 : 2);
  const groups = new Map<string, OrderRow[]>();
  for (const row of [...rows].sort((a, b) => rank(a) - rank(b) || (shownAt(a) < shownAt(b) ? 1 : -1))) {
    groups.set(groupOf(row), [...(groups.get(groupOf(row)) ?? []), row]);
  }
  return [...groups].map(([of, inside]) => ({ of, rows: inside }));
}

export const toneOf = (status: Status) =>
  status === 'awaiting-approval' ? 'warn' : STANDING[status] === 'ended' ? 'plain' : status === 'delivered' ? 'good' : 'accent';

export const isStatus = (text: string): text is Status => text in STANDING;
