import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { abandonDelivery, deliverySchema, messageIdFor, startAttempt, type Delivery, type DeliveryIn } from '../../../shared/retailer/delivery.ts';
import { dueAtOf } from '../../../shared/webhook/attempts.ts';
import { RETRY_SCHEDULE } from '../../../shared/webhook/retry.ts';
import { addDuration, duration, durationBetween, orderIdSchema, type Instant } from '../../../shared/values.ts';
import { start, after, orderId, about, fresh, stateOf, attempting, answered, finish, eventsOf, dueOf, run } from './delivery-run.ts';

describe('the schedule', () => {
  it('ends 75:35:05 after it began, in ten attempts', () => {
    const { attempts, end, said } = run(fresh(), () => answered(500));
    expect(attempts).toHaveLength(10);
    expect(durationBetween(start, attempts.at(-1) ?? start)).toBe(duration(75 * 3_600 + 35 * 60 + 5, 'seconds'));
    expect(end).toMatchObject({ status: 'abandoned', reason: 'attempts-exhausted' });
    expect(said).toEqual([...Array.from({ length: 9 }, () => 'webhook.failed'), 'webhook.abandoned']);
  });
  it('stretches or shortens each wait by at most a fifth', () => {
    fc.assert(
      fc.property(fc.double({ min: -1, max: 1, noNaN: true }), fc.integer({ min: 1, max: 9 }), (jitter, failures) => {
        const { attempts } = run(fresh({ acceptBefore: after(20, 'days') }), (attempt) => answered(attempt > failures ? 204 : 503), jitter);
        expect(attempts).toHaveLength(failures + 1);
        for (const [index, wait] of RETRY_SCHEDULE.slice(1, failures + 1).entries()) {
          const actual = durationBetween(attempts[index] ?? start, attempts[index + 1] ?? start);
          expect(Math.abs(actual - wait * (1 + 0.2 * jitter))).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

describe('the answer', () => {
  it.each([200, 201, 202, 204, 299])('%i delivers', (status) => {
    const step = finish(attempting(), answered(status), after(1, 'seconds'));
    expect(stateOf(step)).toMatchObject({ status: 'delivered', deliveredAt: after(1, 'seconds'), attempts: [{ outcome: 'delivered', httpStatus: status }] });
    expect(eventsOf(step)).toEqual([]);
  });
  it.each([100, 301, 302, 304, 308, 400, 401, 403, 404, 408, 409, 422, 425, 429, 500, 502, 503, 504])('%i is tried again', (status) => {
    const step = finish(attempting(), answered(status), start);
    expect(stateOf(step)).toMatchObject({ status: 'pending', attempt: 2, dueAt: after(5, 'seconds') });
    expect(eventsOf(step)).toEqual([
      {
        type: 'webhook.failed',
        data: {
          householdId: 'hh_anna',
          orderId: 'ord_1',
          retailerId: 'rt_frischhof',
          messageId: about.messageId,
          attempt: 1,
          reason: `answered ${status}`,
          retryAt: after(5, 'seconds'),
        },
      },
    ]);
  });
  it('no answer is tried again, and says why', () => {
    const step = finish(attempting(), { kind: 'failed', reason: `connection refused ${'x'.repeat(300)}` }, start);
    expect(stateOf(step)).toMatchObject({ status: 'pending', attempt: 2, attempts: [{ outcome: 'failed' }] });
    expect(eventsOf(step)[0]?.data.reason).toMatch(/^connection refused x+$/);
  });
  it('410 abandons at once', () => {
    const step = finish(attempting(), answered(410), start);
    expect(stateOf(step)).toMatchObject({ status: 'abandoned', reason: 'endpoint-gone' });
    expect(eventsOf(step)).toMatchObject([{ type: 'webhook.abandoned', data: { attempts: 1, reason: 'endpoint-gone' } }]);
  });
});

describe('Retry-After', () => {
  const date = (instant: Instant) => new Date(instant).toUTCString();
  it.each([
    ['60', after(60, 'seconds')],
    [' 60 ', after(60, 'seconds')],
    // Never sooner than our own schedule.
    ['1', after(5, 'seconds')],
    ['0', after(5, 'seconds')],
    ['999999999', after(24, 'hours')],
    [date(after(2, 'hours')), after(2, 'hours')],
    [date(after(3, 'days')), after(24, 'hours')],
    [date(after(-1, 'hours')), after(5, 'seconds')],
    ['soon', after(5, 'seconds')],
    ['-60', after(5, 'seconds')],
    ['60.5', after(5, 'seconds')],
    ['2027', after(2_027, 'seconds')],
    ['2027-01-01', after(5, 'seconds')],
    ['Xxx, no date GMT', after(5, 'seconds')],
  ])('%s', (header, dueAt) => {
    expect(stateOf(finish(attempting(), answered(429, header), start))).toMatchObject({ dueAt });
  });
});

describe('acceptBefore', () => {
  it('is never passed by an attempt', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400_000 }),
        fc.double({ min: -1, max: 1, noNaN: true }),
        fc.option(fc.integer({ min: 0, max: 100_000 })),
        (seconds, jitter, wish) => {
          const acceptBefore = after(seconds, 'seconds');
          const { attempts, end } = run(fresh({ acceptBefore }), () => answered(503, wish === null ? undefined : String(wish)), jitter);
          for (const at of attempts) expect(at < acceptBefore).toBe(true);
          expect(end.status).toBe('abandoned');
          if (end.status === 'abandoned' && attempts.length < 10) expect(end).toMatchObject({ reason: 'too-late', abandonedAt: acceptBefore });
        },
      ),
    );
  });
  it('abandons a message that was never sent, and says so in the log', () => {
    const step = startAttempt(fresh({ acceptBefore: after(1, 'minutes') }), after(1, 'minutes'));
    expect(stateOf(step)).toMatchObject({ status: 'abandoned', reason: 'too-late', attempts: [{ outcome: 'not-made' }] });
    expect(eventsOf(step)).toMatchObject([{ type: 'webhook.abandoned', data: { reason: 'too-late' } }]);
  });
});

describe('the state machine', () => {
  const pending = stateOf(finish(attempting(), answered(500), start));
  const delivered = stateOf(finish(attempting(), answered(200), start));
  const abandoned = stateOf(finish(attempting(), answered(410), start));
  const later = after(1, 'minutes');
  it.each([
    ['a new one', fresh(), start, 'attempting'],
    ['one that waits', pending, after(4, 'seconds'), 'not-due'],
    ['one that is due', pending, after(5, 'seconds'), 'attempting'],
    ['one under way', attempting(), later, 'under-way'],
    ['one whose lease is over', attempting(), after(2, 'minutes'), 'attempting'],
    ['a delivered one', delivered, later, 'delivered'],
    ['an abandoned one', abandoned, later, 'abandoned'],
  ])('starting %s', (_, delivery, now, outcome) => {
    const step = startAttempt(delivery, now);
    expect(step.kind === 'changed' ? step.state.status : step.reason).toBe(outcome);
  });
  it.each([
    ['pending', pending],
    ['delivered', delivered],
    ['abandoned', abandoned],
  ])('a result for one that is %s is ignored', (status, delivery) => {
    expect(finish(delivery, answered(200), later)).toEqual({ kind: 'ignored', reason: `not-attempting: ${status}` });
  });
  it('counts an attempt that was lost with its maker, and sends again', () => {
    const again = attempting(after(2, 'minutes'), attempting());
    expect(again).toMatchObject({ status: 'attempting', attempt: 2, attempts: [{ outcome: 'lost' }], leaseUntil: after(4, 'minutes') });
  });
  it('ends when every attempt was lost', () => {
    let delivery: Delivery = fresh();
    let rounds = 0;
    for (; dueAtOf(delivery) && rounds < 20; rounds += 1) delivery = stateOf(startAttempt(delivery, dueOf(delivery)));
    expect(delivery).toMatchObject({ status: 'abandoned', reason: 'attempts-exhausted' });
    expect(delivery.attempts).toHaveLength(10);
  });
  it('abandons for a disabled shop only what is not over', () => {
    expect(stateOf(abandonDelivery(pending, 'retailer-disabled', later))).toMatchObject({ status: 'abandoned', reason: 'retailer-disabled' });
    expect(abandonDelivery(delivered, 'retailer-disabled', later)).toEqual({ kind: 'ignored', reason: 'delivered' });
    expect(abandonDelivery(abandoned, 'retailer-disabled', later)).toEqual({ kind: 'ignored', reason: 'abandoned' });
  });
  it('keeps the message and at most twelve entries, whatever happens', () => {
    const move = fc.record({
      wait: fc.integer({ min: 0, max: 200_000 }),
      status: fc.constantFrom(200, 404, 410, 429, 500),
      lost: fc.boolean(),
      jitter: fc.double({ min: -1, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(move, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 500_000 }), (moves, seconds) => {
        let delivery: Delivery = fresh({ acceptBefore: after(seconds, 'seconds') });
        let now = start;
        for (const { wait, status, lost, jitter } of moves) {
          now = addDuration(now, duration(wait, 'seconds'));
          const started = startAttempt(delivery, now);
          if (started.kind === 'changed') delivery = stateOf(started);
          const finished = lost ? undefined : finish(delivery, answered(status), now, jitter);
          if (finished?.kind === 'changed') delivery = stateOf(finished);
          expect(delivery).toMatchObject({ messageId: about.messageId, body: about.body });
        }
      }),
    );
  });
});

describe('the id of a message', () => {
  it('is the same for the same order, type and version, and another for another', () => {
    expect(messageIdFor(orderId, 'order.placed', 3)).toBe(about.messageId);
    expect(messageIdFor(orderId, 'order.placed', 4)).not.toBe(about.messageId);
    expect(messageIdFor(orderIdSchema.parse('ord_2'), 'order.placed', 3)).not.toBe(about.messageId);
  });
});

it('a pending delivery is what a new one is', () => {
  const delivery: DeliveryIn<'pending'> = fresh();
  expect(deliverySchema.parse(delivery)).toEqual(delivery);
  expect(delivery).toMatchObject({ status: 'pending', attempt: 1, dueAt: start, attempts: [] });
});
