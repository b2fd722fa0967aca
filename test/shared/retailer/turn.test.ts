/** A shop that hangs is waited for by one message at a time, and by all again as soon as it answers. */
import { describe, expect, it } from 'vitest';
import { newDelivery, postponeAttempt, startAttempt, type Delivery } from '../../../shared/retailer/delivery.ts';
import { retailerSchema, type Retailer } from '../../../shared/retailer/retailer.ts';
import { endTurn, takeTurn, waitedForUntil } from '../../../shared/webhook/turn.ts';
import { addDuration, duration, type Outcome } from '../../../shared/values.ts';
import { acceptBefore, frischhof, householdId, messageId, orderId, soon } from '../order/order-examples.ts';

const quick = retailerSchema.parse({
  ...{ retailerId: frischhof, name: 'Frischhof', webhookUrl: 'https://shop.example/hooks', apiUrl: 'https://shop.example', keyGeneration: 1 },
});
function after(outcome: Outcome<Retailer, never>): Retailer {
  if (outcome.kind !== 'changed') throw new Error(outcome.reason);
  return retailerSchema.parse(outcome.state);
}
const waiting = after(takeTurn(quick, 'msg_1', soon));
const later = (seconds: number) => addDuration(soon, duration(seconds, 'seconds'));

describe('a shop that was slow', () => {
  it('is waited for by one, who may ask again, and not by another until that one is given up', () => {
    expect(takeTurn(waiting, 'msg_2', later(19))).toEqual({ kind: 'rejected', reason: 'waited-for' });
    expect(waitedForUntil(waiting, 'msg_2', later(19))).toBe(later(20));
    expect([waitedForUntil(waiting, 'msg_1', soon), waitedForUntil(quick, 'msg_2', soon)]).toEqual([undefined, undefined]);
    expect(takeTurn(waiting, 'msg_1', later(1)).kind).toBe('changed');
    expect(after(takeTurn(waiting, 'msg_2', later(20))).slow?.turn?.by).toBe('msg_2');
  });

  it('stays slow after a wait in vain, and is like any other after an answer, whoever got it', () => {
    const inVain = after(endTurn(waiting, 'msg_1', true));
    expect(inVain.slow).toEqual({});
    expect(after(endTurn(inVain, 'msg_2', false))).toEqual(quick);
    expect(after(endTurn(waiting, 'msg_2', false))).toEqual(quick);
  });

  it('is written no oftener than needed', () => {
    expect([endTurn(quick, 'msg_1', false).kind, endTurn(quick, 'msg_1', true).kind, endTurn(waiting, 'msg_2', true).kind]).toEqual([
      'ignored',
      'ignored',
      'ignored',
    ]);
  });
});

describe('a message that is postponed', () => {
  const about = { messageId, householdId, orderId, retailerId: frischhof, type: 'order.placed', body: '{}', acceptBefore } as const;
  const pending: Delivery = newDelivery(about, soon);
  const started = startAttempt(pending, soon);
  if (started.kind !== 'changed') throw new Error(started.reason);

  it('comes again, with all its attempts before it', () => {
    expect(postponeAttempt(pending, later(30))).toMatchObject({
      kind: 'changed',
      state: { status: 'pending', attempt: 1, dueAt: later(30), attempts: [] },
      events: [],
    });
    expect(postponeAttempt(started.state, later(30), soon)).toMatchObject({
      ...{ kind: 'changed', events: [] },
      state: { status: 'pending', attempt: 1, attempts: [{ at: soon, outcome: 'failed' }] },
    });
  });

  it('not beyond its own end, and not when it is over', () => {
    expect(postponeAttempt(pending, addDuration(acceptBefore, duration(1, 'hours')))).toMatchObject({ state: { dueAt: acceptBefore } });
    const done: Delivery = { ...started.state, status: 'delivered', deliveredAt: soon } as never;
    expect(postponeAttempt(done, later(30)).kind).toBe('ignored');
  });
});
