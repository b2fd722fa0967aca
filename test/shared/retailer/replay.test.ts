import { describe, expect, it } from 'vitest';
import { replayDelivery, type Delivery } from '../../../shared/retailer/delivery.ts';
import { addDuration, duration, type Instant } from '../../../shared/values.ts';
import { start, after, about, fresh, stateOf, attempting, answered, run } from './delivery-run.ts';

describe('sending again by hand', () => {
  const again = (delivery: Delivery, now: Instant) => replayDelivery(delivery, 'operator', now);
  const over = run(fresh(), () => answered(500)).end;
  const ended = after(80, 'hours');

  it('begins the schedule anew under the same id, and notes who asked', () => {
    const replayed = stateOf(again(over, ended));
    expect(replayed).toMatchObject({
      status: 'pending',
      messageId: about.messageId,
      body: about.body,
      attempt: 1,
      dueAt: ended,
      replays: [{ at: ended, by: 'operator' }],
    });
    expect(run(replayed, () => answered(204)).end.status).toBe('delivered');
    expect(run(replayed, () => answered(500)).attempts).toHaveLength(10);
  });
  it('waits for an attempt that is under way, but not for one that was lost', () => {
    expect(again(attempting(), start)).toEqual({ kind: 'ignored', reason: 'under-way' });
    expect(again(attempting(), after(1, 'hours')).kind).toBe('changed');
  });
  it('comes too late from acceptBefore on', () => {
    expect(again(over, about.acceptBefore)).toEqual({ kind: 'rejected', reason: 'too-late' });
  });
  it('is done at most once a minute and ten times', () => {
    const once = stateOf(again(over, ended));
    expect(again(once, addDuration(ended, duration(59, 'seconds')))).toEqual({ kind: 'rejected', reason: 'replayed-just-now' });
    let state = once;
    for (let count = 1; count < 10; count += 1) state = stateOf(again(state, addDuration(ended, duration(count, 'minutes'))));
    expect(again(state, addDuration(ended, duration(20, 'minutes')))).toEqual({ kind: 'rejected', reason: 'too-many-replays' });
  });
});
