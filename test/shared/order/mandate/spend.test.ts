import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Quote } from '../../../../shared/event-parts.ts';
import {
  CLOSED_MAX,
  decideSpend,
  emptySpend,
  MANDATES_MAX,
  OPEN_MAX,
  spendSchema,
  type OrderSeen,
  type Spend,
  type SpendCommand,
} from '../../../../shared/order/mandate/spend.ts';
import { addDuration, duration, euros, householdIdSchema, localMonth, mandateIdSchema, orderIdSchema, type Instant } from '../../../../shared/values.ts';
import { anna, expiresAt, grantOf, householdId, instant, mandateId, quote, soon, timeZone } from '../order-examples.ts';

const orderOf = (number: number) => orderIdSchema.parse(`ord_${number}`);
/** SPEND books the total; it does not judge the hash. */
const costing = (cents: number, validUntil: Instant): Quote => ({ ...quote, total: euros(cents), validUntil });
const reserve = (number: number, cents = 766, now = soon): SpendCommand => ({
  type: 'reserve',
  orderId: orderOf(number),
  mandateId,
  quote: costing(cents, addDuration(now, duration(24, 'hours'))),
  now,
  timeZone,
});
const release = (number: number): SpendCommand => ({ type: 'release', orderId: orderOf(number) });
const settle = (number: number, cents: number): SpendCommand => ({ type: 'settle', orderId: orderOf(number), actual: euros(cents) });

const after = (commands: readonly SpendCommand[], from = emptySpend(householdId)): Spend =>
  spendSchema.parse(
    commands.reduce((spend, command) => {
      const outcome = decideSpend(spend, command);
      return outcome.kind === 'changed' ? outcome.state : spend;
    }, from),
  );
const granted = after([{ type: 'grant', mandate: grantOf() }]);

const ending = { at: soon, memberId: anna, because: 'member' } as const;

describe('mandates in SPEND', () => {
  it('are granted once', () => {
    expect(granted.mandates[mandateId]).toMatchObject({ state: 'active', mandateId });
    expect(decideSpend(granted, { type: 'grant', mandate: grantOf() })).toEqual({ kind: 'ignored', reason: 'already-granted' });
    expect(decideSpend(granted, { type: 'grant', mandate: grantOf({ perOrderMax: euros(9_000) }) })).toEqual({
      kind: 'rejected',
      reason: 'another-mandate-has-this-id',
    });
  });
  it('belong to this household', () => {
    const foreign = { ...grantOf(), householdId: householdIdSchema.parse('hh_bert') };
    expect(decideSpend(granted, { type: 'grant', mandate: foreign })).toEqual({ kind: 'rejected', reason: 'foreign-household' });
  });
  it('are paused, resumed and ended', () => {
    const paused = after([{ type: 'pause', mandateId, memberId: anna }], granted);
    expect(decideSpend(paused, reserve(1))).toEqual({ kind: 'rejected', reason: 'not-covered: active' });
    expect(decideSpend(after([{ type: 'resume', mandateId, memberId: anna }], paused), reserve(1)).kind).toBe('changed');
    expect(decideSpend(granted, { type: 'end', mandateId, ending })).toMatchObject({ kind: 'changed', events: [{ type: 'mandate.ended' }] });
    expect(decideSpend(emptySpend(householdId), { type: 'pause', mandateId, memberId: anna })).toEqual({ kind: 'rejected', reason: 'unknown-mandate' });
  });
  it('are limited; a full item forgets an ended one that holds no money, never a live one', () => {
    const ids = Array.from({ length: MANDATES_MAX + 1 }, (_, index) => mandateIdSchema.parse(`man_${index}`));
    const [first, ...others] = ids;
    if (!first) throw new Error('there are ids');
    const full = after(ids.slice(0, MANDATES_MAX).map((id) => ({ type: 'grant', mandate: grantOf({}, id) })));
    const last = { type: 'grant', mandate: grantOf({}, others.at(-1)) } as const;
    expect(decideSpend(full, last)).toEqual({ kind: 'rejected', reason: 'too-many-mandates' });
    const ended = after([{ type: 'end', mandateId: first, ending }], full);
    expect(Object.keys(after([last], ended).mandates).sort()).toEqual([...others].sort());
    const holding = after([{ ...reserve(1), mandateId: first } as SpendCommand, { type: 'end', mandateId: first, ending }], full);
    expect(decideSpend(holding, last)).toEqual({ kind: 'rejected', reason: 'too-many-mandates' });
  });
});

describe('reserving', () => {
  it('books the total in the local month', () => {
    const nearMidnight = instant('2026-03-31T22:30:00.000Z');
    expect(after([reserve(1, 766, nearMidnight)], granted).open).toEqual({
      [orderOf(1)]: { mandateId, amount: euros(766), month: '2026-04', reservedAt: nearMidnight },
    });
  });
  it('counts once when it is repeated', () => {
    const once = after([reserve(1)], granted);
    expect(decideSpend(once, reserve(1))).toEqual({ kind: 'ignored', reason: 'already-reserved' });
  });
  it('keeps every cap', () => {
    expect(decideSpend(granted, reserve(1, 2_001))).toEqual({ kind: 'rejected', reason: 'not-covered: per-order-cap' });
    const twice = after([reserve(1, 2_000), reserve(2, 2_000)], granted);
    expect(decideSpend(twice, reserve(3, 2_000)).kind).toBe('changed');
    const three = after([reserve(3, 1_999)], twice);
    expect(decideSpend(three, reserve(4, 2))).toEqual({ kind: 'rejected', reason: 'not-covered: per-month-cap, frequency' });
  });
  it('gives the week back when the order comes to nothing, and keeps it when it was delivered', () => {
    const three = after([reserve(1, 1), reserve(2, 1), reserve(3, 1)], granted);
    expect(decideSpend(three, reserve(4, 1))).toEqual({ kind: 'rejected', reason: 'not-covered: frequency' });
    expect(decideSpend(after([release(2)], three), reserve(4, 1)).kind).toBe('changed');
    expect(decideSpend(after([settle(2, 1)], three), reserve(4, 1)).kind).toBe('rejected');
    expect(decideSpend(three, reserve(4, 1, addDuration(soon, duration(7, 'days')))).kind).toBe('changed');
  });
  it('is refused for an order that was settled or released', () => {
    for (const end of [release(1), settle(1, 700)]) {
      expect(decideSpend(after([reserve(1), end], granted), reserve(1))).toEqual({ kind: 'rejected', reason: 'already-closed' });
    }
  });
  it('is refused under a second mandate and without one', () => {
    const other = mandateIdSchema.parse('man_other');
    expect(decideSpend(after([reserve(1)], granted), { ...reserve(1), mandateId: other } as SpendCommand)).toEqual({
      kind: 'rejected',
      reason: 'reserved-under-another-mandate',
    });
    expect(decideSpend(granted, { ...reserve(1), mandateId: other } as SpendCommand)).toEqual({ kind: 'rejected', reason: 'unknown-mandate' });
  });
  it('is limited', () => {
    const generous = grantOf({ ordersPerWeekMax: 50, perMonthMax: euros(100_000_000) });
    const reservations = Array.from({ length: OPEN_MAX + 1 }, (_, index) => reserve(index, 1, addDuration(soon, duration(index * 5, 'hours'))));
    const full = after([{ type: 'grant', mandate: generous }, ...reservations]);
    expect(Object.keys(full.open)).toHaveLength(OPEN_MAX);
    expect(full.open[orderOf(OPEN_MAX)]).toBeUndefined();
  });
});

describe('settling and releasing', () => {
  it('counts what was charged, in the month of the reservation', () => {
    const settled = after([reserve(1), settle(1, 700)], granted);
    expect(settled).toMatchObject({ open: {}, settled: { [mandateId]: { '2026-03': euros(700) } }, closed: [orderOf(1)] });
    expect(after([reserve(2), settle(2, 766)], settled).settled).toEqual({ [mandateId]: { '2026-03': euros(1_466) } });
  });
  it('never counts more than was reserved', () =>
    expect(decideSpend(after([reserve(1)], granted), settle(1, 767))).toEqual({ kind: 'rejected', reason: 'above-reserved' }));
  it('changes nothing the second time, in whatever order', () => {
    for (const [end, then] of [
      [settle(1, 700), release(1)],
      [settle(1, 700), settle(1, 700)],
      [release(1), settle(1, 700)],
      [release(1), release(1)],
    ] as const) {
      expect(decideSpend(after([reserve(1), end], granted), then)).toEqual({ kind: 'ignored', reason: 'not-reserved' });
    }
  });
  it('keeps fifteen months and the last closed orders', () => {
    const long = after([{ type: 'grant', mandate: grantOf({ endsAt: instant('2027-03-31T00:00:00.000Z'), ordersPerWeekMax: 50 }) }]);
    const days = Array.from({ length: 380 }, (_, index) => addDuration(soon, duration(index, 'days')));
    const year = after(
      days.flatMap((day, index) => [reserve(index, 1, day), settle(index, 1)]),
      long,
    );
    expect(Object.keys(year.settled[mandateId] ?? {})).toHaveLength(13);
    expect(year.closed).toHaveLength(CLOSED_MAX);
    expect(year.closed.at(-1)).toBe(orderOf(379));
    expect(year.recentApprovals[mandateId]?.length).toBeLessThanOrEqual(15);
  });
});

describe('the sweep', () => {
  const holding = after([reserve(1)], granted);
  const later = addDuration(soon, duration(48, 'hours'));
  const seen = (order: OrderSeen | undefined, now = expiresAt) => {
    const orders: Record<ReturnType<typeof orderOf>, OrderSeen> = {};
    if (order) orders[orderOf(1)] = order;
    const outcome = decideSpend(holding, { type: 'sweep', orders, now });
    return outcome.kind === 'changed' ? { open: Object.keys(outcome.state.open).length, settled: outcome.state.settled } : outcome.reason;
  };
  const released = { open: 0, settled: {} };
  it.each([
    ['leaves an order that is on its way', seen({ standing: 'on-order', mandateId }), 'nothing-left-behind'],
    ['leaves one that may still be approved', seen({ standing: 'proposed' }), 'nothing-left-behind'],
    ['leaves one that may still be created', seen(undefined), 'nothing-left-behind'],
    ['releases both once no quote of then can be valid', seen({ standing: 'proposed' }, later), released],
    ['releases what was never created', seen(undefined, later), released],
    ['releases an order that asks a person', seen({ standing: 'asking' }), released],
    ['releases an order that a person approved', seen({ standing: 'on-order' }), released],
    ['releases a delivered order that a person approved', seen({ standing: 'received', total: euros(700) }), released],
    ['releases a declined one', seen({ standing: 'declined' }), released],
    ['releases an expired one', seen({ standing: 'expired' }), released],
    ['releases one that came to nothing', seen({ standing: 'nothing', mandateId }), released],
    ['settles a delivered one', seen({ standing: 'received', mandateId, total: euros(700) }), { open: 0, settled: { [mandateId]: { '2026-03': euros(700) } } }],
  ])('%s', (_name, actual, expected) => expect(actual).toEqual(expected));
});

const number = fc.integer({ min: 1, max: 8 });
const startsAt = instant('2026-03-25T00:00:00.000Z');
const anyMoment = fc.integer({ min: 0, max: 24 * 14 }).map((hours) => addDuration(startsAt, duration(hours, 'hours')));
const anyCommand: fc.Arbitrary<SpendCommand> = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(number, fc.integer({ min: 500, max: 2_100 }), anyMoment).map(([at, cents, now]) => reserve(at, cents, now)) },
  { weight: 2, arbitrary: number.map(release) },
  { weight: 2, arbitrary: fc.tuple(number, fc.integer({ min: 0, max: 1_500 })).map(([at, cents]) => settle(at, cents)) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.array(fc.tuple(number, fc.constantFrom('proposed', 'on-order', 'received', 'nothing'))), anyMoment)
      .map(([list, now]): SpendCommand => ({
        type: 'sweep',
        now,
        orders: Object.fromEntries(list.map(([at, standing]) => [orderOf(at), { standing, mandateId, total: euros(1) }])),
      })),
  },
);
/** Who acts next: several runs read the same version, decide on it, and only the first write of them holds. */
const anySchedule = fc.array(fc.record({ run: fc.nat({ max: 3 }), step: fc.constantFrom('read', 'write') }), { minLength: 120, maxLength: 120 });

describe('parallel runs on one version', () => {
  const tight = after([{ type: 'grant', mandate: grantOf({ perMonthMax: euros(4_000), ordersPerWeekMax: 20 }) }]);
  it('never pass a cap, by a ledger of what each order was promised and charged', () => {
    fc.assert(
      fc.property(fc.array(fc.array(anyCommand, { minLength: 12, maxLength: 12 }), { minLength: 4, maxLength: 4 }), anySchedule, (queues, schedule) => {
        let spend: Spend = tight;
        let version = 1;
        const reads = new Map<number, { spend: Spend; version: number }>();
        const ledger = new Map<string, { cents: number; month: string; late?: boolean }>();
        const months = new Map<string, string>();
        for (const { run, step } of schedule) {
          if (step === 'read') reads.set(run, { spend, version });
          const read = reads.get(run);
          const command = queues[run]?.[0];
          if (step === 'read' || !read || !command) continue;
          reads.delete(run);
          const outcome = decideSpend(read.spend, command);
          if (outcome.kind === 'changed' && read.version !== version) continue;
          queues[run]?.shift();
          if (outcome.kind !== 'changed') continue;
          spend = outcome.state;
          version += 1;
          if (command.type === 'reserve') months.set(command.orderId, localMonth(command.now, timeZone));
          if (command.type === 'reserve') ledger.set(command.orderId, { cents: command.quote.total.amountMinor, month: localMonth(command.now, timeZone) });
          if (command.type === 'release') ledger.delete(command.orderId);
          if (command.type === 'settle') ledger.set(command.orderId, { cents: command.actual.amountMinor, month: ledger.get(command.orderId)?.month ?? '' });
          if (command.type === 'sweep') {
            for (const [id, entry] of ledger) {
              if (spend.open[orderIdSchema.parse(id)] || !read.spend.open[orderIdSchema.parse(id)]) continue;
              const standing = command.orders[orderIdSchema.parse(id)]?.standing;
              if (standing === 'received') ledger.set(id, { ...entry, cents: 1 });
              else ledger.delete(id);
            }
            // Goods that came after the books were closed are charged all the same, a cent each here.
            for (const [id, { standing }] of Object.entries(command.orders)) {
              const month = months.get(id);
              if (standing !== 'received' || month === undefined || read.spend.open[orderIdSchema.parse(id)]) continue;
              ledger.set(id, { cents: 1, month, late: true });
            }
          }
          const perMonth = new Map<string, number>();
          for (const { cents, month, late } of ledger.values()) if (!late) perMonth.set(month, (perMonth.get(month) ?? 0) + cents);
          for (const sum of perMonth.values()) expect(sum).toBeLessThanOrEqual(4_000);
          const booked = [
            ...Object.values(spend.open).map(({ amount }) => amount.amountMinor),
            ...Object.values(spend.settled[mandateId] ?? {}).map(({ amountMinor }) => amountMinor),
          ];
          expect(booked.reduce((sum, cents) => sum + cents, 0)).toBe([...ledger.values()].reduce((sum, { cents }) => sum + cents, 0));
        }
      }),
      { numRuns: 60 },
    );
  });
});
