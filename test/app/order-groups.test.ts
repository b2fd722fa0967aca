import { expect, it } from 'vitest';
import { grouped, type OrderRow } from '../../app/orders/view.ts';

const row = (orderId: string, status: string, proposedAt: string, deliveredAt?: string): OrderRow =>
  ({
    order: { orderId, status, proposedAt, ...(deliveredAt !== undefined && { progress: { deliveredAt } }) },
    shop: { name: 'Frischhof' },
    actions: [],
  }) as never;

it('shows what is under way first, the question at its top, and the rest by the household’s months, the newest first', () => {
  const rows = [
    row('ord_march', 'declined', '2026-03-31T21:00:00.000Z'),
    row('ord_placed', 'placed', '2026-04-11T08:00:00.000Z'),
    row('ord_came_in_april', 'delivered', '2026-03-30T08:00:00.000Z', '2026-04-02T08:00:00.000Z'),
    // Half past eleven in the evening of the 31st in London is April in Berlin.
    row('ord_midnight', 'expired', '2026-03-31T22:30:00.000Z'),
    row('ord_waiting', 'awaiting-approval', '2026-04-10T08:00:00.000Z'),
  ];
  expect(grouped(rows, 'Europe/Berlin').map(({ of, rows: inside }) => [of, inside.map(({ order }) => order.orderId)])).toEqual([
    ['open', ['ord_waiting', 'ord_placed']],
    ['2026-04', ['ord_came_in_april', 'ord_midnight']],
    ['2026-03', ['ord_march']],
  ]);
});
