import { describe, expect, it } from 'vitest';
import { addDuration, duration } from '../../../../shared/values.ts';
import { promiseKept } from '../../../../shared/order/promise-kept.ts';
import { deliveryAt, proposedAt, timeZone } from '../order-examples.ts';
import { told, sent, whole, march, brief, proposed, approvedByMandate, placing, placed, accepted, shipped, delivered } from './past-orders.ts';

describe('what a shop had promised', () => {
  const afterDays = (days: number) => addDuration(deliveryAt, duration(days, 'days'));
  const short = { ...delivered, data: { ...delivered.data, lines: delivered.data.lines.map((line, index) => (index === 0 ? { ...line, packs: 1 } : line)) } };

  it('is kept by coming on that day with all packs, at whatever hour', () => {
    const onTheDay = told({ events: whole, deliveredAt: addDuration(deliveryAt, duration(5, 'hours')) });
    expect(march([onTheDay]).promisesBroken.count).toBe(0);
    expect(promiseKept(onTheDay.order, timeZone)).toMatchObject({
      promisedAt: deliveryAt,
      daysLate: 0,
      lines: [{ promised: 2, delivered: 2, missing: 0 }, {}],
    });
    expect(promiseKept(told({ events: sent }).order, timeZone)).toBeUndefined();
  });
  it('is broken by a later day, or by packs that did not come', () => {
    const late = told({ events: whole, deliveredAt: afterDays(2) });
    expect(promiseKept(late.order, timeZone)?.daysLate).toBe(2);
    expect(brief(march([late]).promisesBroken)).toEqual([1, 0, ['came-late']]);
    const less = told({ events: [...sent, short], deliveredAt: afterDays(1) });
    expect(promiseKept(less.order, timeZone)?.lines.map(({ missing }) => missing)).toEqual([1, 0]);
    expect(brief(march([less]).promisesBroken)).toEqual([1, 129, ['came-short']]);
    expect(march([less]).promisesBroken.items[0]?.title).toBe('milk');
  });
  it('is the lead time from the yes where the shop named no day', () => {
    const { deliveryAt: _, ...unnamed } = accepted.data;
    const silent = { ...accepted, data: unnamed };
    const events = [proposed, approvedByMandate, placing, placed, silent, shipped, delivered];
    expect(promiseKept(told({ events, deliveredAt: afterDays(4) }).order, timeZone)).toMatchObject({
      promisedAt: addDuration(addDuration(proposedAt, duration(1, 'hours')), duration(1.2, 'days')),
      daysLate: 5,
    });
  });
});
