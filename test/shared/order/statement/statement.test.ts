import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOf, millisOf, addDuration, duration, euros, orderIdSchema } from '../../../../shared/values.ts';
import type { EventOf } from '../../../../shared/events.ts';
import { statementOf } from '../../../../shared/order/statement/statement.ts';
import { byAnna, byMandate, deliveryAt, facts, householdId, instant, mandateId, milk, anna, proposedAt, supplyOf, timeZone } from '../order-examples.ts';
import { told, sent, whole, later, march, brief, proposed, asked, approved, placing, delivered, declined, expired, withdrawn } from './past-orders.ts';

describe('spent', () => {
  it('is what was charged, or what was agreed while it is on its way, with who bought it', () => {
    const { spent } = march([told({ events: whole, deliveredAt: deliveryAt }), told({ name: '2', events: [proposed, asked, approved, placing] })]);
    expect(brief(spent)).toEqual([2, 2 * 766, expect.arrayContaining(['charged', 'on-the-way'])]);
    expect(new Set(spent.items.map(({ by }) => by))).toEqual(new Set([mandateId, anna]));
    expect([byMandate.kind, byAnna.kind]).toEqual(['mandate', 'person']);
  });
  it('is less what was paid back', () => {
    const { householdId: of, orderId, retailerId } = delivered.data;
    const refunded: EventOf<'order'> = { type: 'order.refunded', data: { householdId: of, orderId, retailerId, total: euros(129), lines: [] } };
    expect(march([told({ events: [...whole, refunded] })]).spent.sum).toEqual(euros(766 - 129));
  });
  it('is of the month in which it was approved, where the household lives', () => {
    const nearMidnight = instant('2026-03-31T21:30:00.000Z');
    const [inMarch, inApril] = [
      told({ events: whole, at: addDuration(nearMidnight, duration(-1, 'hours')) }),
      told({ name: '2', events: whole, at: nearMidnight }),
    ];
    expect(march([inMarch, inApril]).spent.items.map(({ orderId }) => orderId)).toEqual(['ord_1']);
    expect(statementOf({ month: '2026-04', orders: [inMarch, inApril], timeZone, now: later }).spent.items.map(({ orderId }) => orderId)).toEqual(['ord_2']);
  });
  it('is nothing for what ended without goods', () => {
    const ended = [
      [...sent, facts.rejected],
      [...sent, facts.cancelled],
      [proposed, approved, withdrawn],
      [proposed, asked, declined],
    ];
    expect(march(ended.map((events, index) => told({ name: String(index), events }))).spent.count).toBe(0);
  });
});

describe('run-outs', () => {
  const outAt = addDuration(deliveryAt, duration(2, 'hours'));
  it('were avoided where goods came before the stock would have been gone, each need once', () => {
    const statement = march([told({ events: whole, deliveredAt: deliveryAt, outAt })]);
    expect(brief(statement.runOutsAvoided)).toEqual([2, 0, ['came-in-time', 'came-in-time']]);
    expect(statement.runOutsAvoided.items.map((item) => item.outAt)).toEqual([outAt, outAt]);
    expect(statement.runOutsHappened.count).toBe(0);
  });
  it('are not avoided before the stock would have been gone', () => {
    const order = told({ events: whole, deliveredAt: deliveryAt, outAt });
    expect(march([order], { now: addDuration(outAt, duration(-1, 'hours')) }).runOutsAvoided.count).toBe(0);
    expect(march([order], { now: outAt }).runOutsAvoided.count).toBe(2);
  });
  it('happened where goods came too late, or never', () => {
    const early = addDuration(deliveryAt, duration(-2, 'hours'));
    expect(brief(march([told({ events: whole, deliveredAt: deliveryAt, outAt: early })]).runOutsHappened)).toEqual([2, 0, ['came-too-late', 'came-too-late']]);
    expect(brief(march([told({ events: [proposed, asked, declined], outAt })]).runOutsHappened)).toEqual([2, 0, ['not-ordered', 'not-ordered']]);
    expect(brief(march([told({ events: [...sent, facts.rejected], outAt })]).runOutsHappened)).toEqual([2, 0, ['not-delivered', 'not-delivered']]);
  });
  it('did not happen where somebody had brought it, or another delivery had', () => {
    const lost = told({ events: [...sent, facts.rejected], outAt });
    const brought = [supplyOf('milk'), supplyOf('butter')].map((supplyId) => ({ supplyId, at: addDuration(proposedAt, duration(1, 'days')) }));
    expect(march([lost], { elsewhere: brought }).runOutsHappened.count).toBe(0);
    const other = told({ name: '2', events: whole, deliveredAt: addDuration(outAt, duration(-1, 'hours')) });
    expect(march([lost, other]).runOutsHappened.count).toBe(0);
  });
});

describe('what it spared', () => {
  it('is one errand for each day on which goods came', () => {
    const same = [
      told({ events: whole, deliveredAt: deliveryAt }),
      told({ name: '2', events: whole, deliveredAt: addDuration(deliveryAt, duration(3, 'hours')) }),
    ];
    expect(march(same).errandsSaved.count).toBe(1);
    expect(march([...same, told({ name: '3', events: whole, deliveredAt: addDuration(deliveryAt, duration(1, 'days')) })]).errandsSaved.count).toBe(2);
  });
  it('is the fees of single orders at the same terms, less the fee that was paid', () => {
    // Milk and butter apart would have cost 2.90 € each; together they did once.
    expect(brief(march([told({ events: whole, deliveredAt: deliveryAt })]).feesSaved)).toEqual([1, 290, ['bundled']]);
  });
});

describe('regret', () => {
  it('is what a person took back, what went back, what spoiled and what piled up', () => {
    const bought = told({ events: whole, deliveredAt: deliveryAt });
    const takenBack = told({ name: '2', events: [proposed, asked, approved, withdrawn] });
    const returned = [{ orderId: orderIdSchema.parse('ord_1'), at: addDuration(deliveryAt, duration(1, 'days')), lines: [{ gtin: milk, packs: 1 }] }];
    const spoiled = [{ supplyId: supplyOf('milk'), at: addDuration(deliveryAt, duration(2, 'days')), amount: 500 }];
    const overstocked = [{ orderId: orderIdSchema.parse('ord_1'), supplyId: supplyOf('milk'), at: deliveryAt, amount: 1_000 }];
    const { regret } = march([bought, takenBack], { returned, spoiled, overstocked });
    expect(Object.fromEntries(regret.items.map(({ because, amount }) => [because, amount.amountMinor]))).toEqual({
      'taken-back': 766,
      returned: 129,
      spoiled: 65,
      overstocked: 129,
    });
    expect(regret.sum).toEqual(euros(766 + 129 + 65 + 129));
  });
  it('is not what the shop could not send', () => {
    expect(march([told({ events: [...sent, facts.rejected] }), told({ name: '2', events: [...sent, facts.cancelled] })]).regret.count).toBe(0);
  });
});

describe('not bought', () => {
  const no = [proposed, asked, declined];
  it.each([
    ['declined', told({ events: no })],
    ['expired', told({ events: [proposed, asked, expired] })],
    ['stopped', told({ events: no, failed: ['not-stopped', 'per-order-cap'] })],
    ['too-dear', told({ events: no, failed: ['per-month-cap'] })],
  ] as const)('is %s, with the sum', (because, order) => {
    expect(brief(march([order]).notBought)).toEqual([1, 766, [because]]);
  });
  it('is not what a later order for the same needs brought', () => {
    const first = told({ events: no });
    const second = told({ events: whole, at: addDuration(proposedAt, duration(1, 'days')), deliveredAt: deliveryAt });
    expect(march([first, { ...second, order: { ...second.order, orderId: orderIdSchema.parse('ord_2') } }]).notBought.count).toBe(0);
  });
});

describe('every statement', () => {
  const histories = [
    whole,
    sent,
    [proposed, asked, declined],
    [proposed, asked, expired],
    [proposed, asked, approved, withdrawn],
    [...sent, facts.rejected],
    [...sent, facts.cancelled],
    [proposed, asked, approved],
  ];
  const moments = fc.integer({ min: 0, max: 60 * 24 });
  const some = fc.array(fc.record({ history: fc.constantFrom(...histories), hours: moments, lead: fc.integer({ min: 1, max: 200 }) }), { maxLength: 12 });
  const made = (drawn: readonly { history: readonly EventOf<'order'>[]; hours: number; lead: number }[]) =>
    drawn.map(({ history, hours, lead }, index) => {
      const at = instantOf(millisOf(instant('2026-02-10T08:00:00.000Z')) + hours * 3_600_000);
      return told({ name: String(index), events: history, at, deliveredAt: addDuration(at, duration(lead + 8, 'hours')) });
    });

  it('sums to its items, and the months sum to the whole', () => {
    fc.assert(
      fc.property(some, (drawn) => {
        const orders = made(drawn);
        const months = ['2026-02', '2026-03', '2026-04', '2026-05'].map((month) =>
          statementOf({ month, orders, timeZone, now: instant('2026-06-01T00:00:00.000Z') }),
        );
        for (const statement of months) {
          const { month: _month, complete: _complete, ...figures } = statement;
          for (const { count, sum, items } of Object.values(figures)) {
            expect(items.length).toBe(count);
            expect(items.reduce((total, { amount }) => total + amount.amountMinor, 0)).toBe(sum.amountMinor);
          }
        }
        const live = orders.filter(({ order }) => ['approved', 'shipped', 'delivered'].includes(order.status)).length;
        expect(months.reduce((sum, { spent }) => sum + spent.sum.amountMinor, 0)).toBe(live * 766);
      }),
      { numRuns: 30 },
    );
  });
  it('is the same in whatever order the orders are read', () => {
    fc.assert(
      fc.property(some, (drawn) => {
        const orders = made(drawn);
        const sorted = (statement: object) =>
          JSON.stringify(statement, (_, value: unknown) => (Array.isArray(value) ? value.map((one: unknown) => JSON.stringify(one)).sort() : value));
        const { errandsSaved: a, ...forth } = march(orders);
        const { errandsSaved: b, ...back } = march([...orders].reverse());
        expect([sorted(forth), a.count]).toEqual([sorted(back), b.count]);
      }),
      { numRuns: 30 },
    );
  });
  it('says whether the month is over', () => {
    expect([march([]).complete, march([], { now: instant('2026-03-31T12:00:00.000Z') }).complete]).toEqual([true, false]);
    expect(householdId).toBe('hh_anna');
  });
});
