import { describe, expect, it } from 'vitest';
import { erasureSchema, isOnItsWay, proceed, requestErasure, voucherOf, voucherSchema } from '../../../shared/household/erasure.ts';
import type { OrderStatus } from '../../../shared/order/order-state.ts';
import { addDuration, duration } from '../../../shared/values.ts';
import { anna, historyOf, householdId, instant, soon } from '../order/order-examples.ts';
import { reached as evolved } from '../order/order-specification.ts';
import { changed } from '../supply/milk.ts';

const reached = (status: OrderStatus) => {
  const order = evolved(historyOf[status]);
  if (order === undefined) throw new Error(`expected an order that is ${status}`);
  return order;
};
const statuses = Object.keys(historyOf) as OrderStatus[];

describe('an order', () => {
  it.each(statuses)('that is %s has to end first, or not', (status) => {
    expect(isOnItsWay(reached(status))).toBe(['approved', 'placing', 'placed', 'accepted', 'shipped'].includes(status));
  });
  it.each(statuses)('that is %s leaves a voucher only when it was delivered', (status) => {
    expect(voucherOf(reached(status)) !== undefined).toBe(status === 'delivered');
  });
  it('that was delivered leaves goods, amounts and date until the end of the eighth year after its own, and nobody’s name', () => {
    const voucher = voucherSchema.parse(voucherOf(reached('delivered')));
    expect(voucher.keepUntil).toBe('2035-01-01T00:00:00.000Z');
    expect(JSON.stringify(voucher)).not.toMatch(/hh_|mem_|milk"/);
    expect(voucher.lines.map(({ quantity }) => quantity)).toEqual([2, 1]);
  });
});

describe('an erasure', () => {
  it('goes from asked to erased to swept, once each, and is looked at again while something is in the way', () => {
    const { state: asked, events } = changed(requestErasure(undefined, householdId, anna, soon));
    expect(events.map(({ type }) => type)).toEqual(['household.erasure-requested']);
    expect(requestErasure(asked, householdId, anna, soon)).toMatchObject({ kind: 'ignored' });
    const { state: waiting, events: none } = changed(proceed(asked, false, soon));
    expect([waiting.status, none]).toEqual(['erasing', []]);
    const { state: erased, events: told } = changed(proceed(waiting, true, soon));
    expect(told).toEqual([{ type: 'household.erased', data: { householdId } }]);
    expect(proceed(erased, true, soon)).toMatchObject({ kind: 'ignored' });
    const { state: swept, events: silent } = changed(proceed(erased, true, addDuration(soon, duration(15, 'days'))));
    expect([erasureSchema.parse(swept).status, silent]).toEqual(['swept', []]);
    expect(proceed(swept, true, instant('2027-01-01T00:00:00.000Z'))).toMatchObject({ kind: 'ignored' });
  });
});
