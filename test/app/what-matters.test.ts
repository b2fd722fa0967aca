import { describe, expect, it } from 'vitest';
import { calendarDaysUntil, mattersOf, type OrderRow } from '../../app/home/what-matters.ts';
import { instantSchema } from '../../shared/values.ts';

const at = (text: string) => instantSchema.parse(text);
const NOW = at('2026-03-31T21:30:00.000Z');
const ZONE = 'Europe/Berlin';

type Supply = Parameters<typeof mattersOf>[0][number];
const supply = (name: string, median: string, more: Partial<Supply> = {}): Supply =>
  ({
    ...{ supplyId: `sup_${name}`, name, unit: 'ml', inHouse: 100, onOrder: 0, reorderPoint: 0, orderUpTo: 0, perDay: 1, leadTimeDays: 2, isLow: true },
    ...{ neverBuy: false, modelled: false, productLine: name, orderIds: [], projectedStockout: { p10: at(median), median: at(median), p90: at(median) } },
    ...more,
  }) as Supply;
const row = (orderId: string, order: object): OrderRow =>
  ({
    order: { orderId, quote: { total: { amountMinor: 1_000, currency: 'EUR' }, lineItems: [] }, ...order },
    shop: { name: 'Frischhof' },
    actions: [],
  }) as never;
const idsOf = (rows: readonly OrderRow[]) => rows.map(({ order }) => order.orderId);

describe('what matters at home', () => {
  it('is first what waits for a person', () => {
    const orders = [row('ord_1', { status: 'placed' }), row('ord_2', { status: 'awaiting-approval' })];
    expect(idsOf(mattersOf([], orders, NOW, ZONE).waiting)).toEqual(['ord_2']);
  });

  it('is what a shop asks, the most pressing first, and not what was answered', () => {
    const asking = (answerBefore: string, answer?: object) => ({ answerBefore: at(answerBefore), ...(answer && { answer }) });
    const orders = [
      row('ord_late', { status: 'accepted', progress: {}, substitutions: [asking('2026-04-02T10:00:00.000Z')] }),
      row('ord_soon', { status: 'accepted', progress: {}, substitutions: [asking('2026-04-03T10:00:00.000Z'), asking('2026-04-01T10:00:00.000Z')] }),
      row('ord_done', { status: 'accepted', progress: {}, substitutions: [asking('2026-04-01T10:00:00.000Z', { accepted: false })] }),
    ];
    expect(mattersOf([], orders, NOW, ZONE).questions.map(({ row: { order }, answerBefore }) => [order.orderId, answerBefore])).toEqual([
      ['ord_soon', '2026-04-01T10:00:00.000Z'],
      ['ord_late', '2026-04-02T10:00:00.000Z'],
    ]);
  });

  it('is what will be gone before anything could come, unless it is coming, being asked about or not wanted', () => {
    const soon = '2026-04-01T21:00:00.000Z';
    const supplies = [
      supply('milk', soon),
      supply('coffee', soon, { onOrder: 500 }),
      supply('tea', soon, { decisionOrderId: 'ord_1' as never }),
      supply('sugar', soon, { neverBuy: true }),
      supply('oil', '2026-05-01T00:00:00.000Z'),
    ];
    const { short, nextOut } = mattersOf(supplies, [], NOW, ZONE);
    expect(short.map(({ name }) => name)).toEqual(['milk']);
    expect(nextOut.map(({ name }) => name)).toEqual(['coffee', 'tea', 'oil']);
  });

  it('counts days and months as the household does: it is half past eleven on the last of March there', () => {
    const tonight = row('ord_1', { status: 'shipped', progress: { deliveryAt: at('2026-03-31T21:50:00.000Z') } });
    const afterMidnight = row('ord_2', { status: 'shipped', progress: { deliveryAt: at('2026-03-31T22:10:00.000Z') } });
    const { today, coming } = mattersOf([], [tonight, afterMidnight], NOW, ZONE);
    expect([idsOf(today), coming.map(({ row: { order } }) => order.orderId)]).toEqual([['ord_1'], ['ord_2']]);
    expect([calendarDaysUntil(at('2026-03-31T22:10:00.000Z'), NOW, ZONE), calendarDaysUntil(NOW, NOW, ZONE)]).toEqual([1, 0]);
  });

  it('adds up what was bought this month: what was charged where that is known, and nothing that was cancelled or is only proposed', () => {
    const approval = { at: at('2026-03-02T10:00:00.000Z') };
    const orders = [
      row('ord_1', { status: 'delivered', approval, progress: { total: { amountMinor: 800, currency: 'EUR' } } }),
      row('ord_2', { status: 'approved', approval }),
      row('ord_3', { status: 'cancelled', approval, progress: {} }),
      row('ord_4', { status: 'awaiting-approval' }),
      row('ord_5', { status: 'delivered', approval: { at: at('2026-02-28T22:30:00.000Z') }, progress: {} }),
      row('ord_6', { status: 'placed', approval: { at: at('2026-02-28T23:30:00.000Z') }, progress: {} }),
    ];
    expect(mattersOf([], orders, NOW, ZONE).month).toEqual({ name: '2026-03', sum: { amountMinor: 2_800, currency: 'EUR' }, orders: 3 });
  });
});
