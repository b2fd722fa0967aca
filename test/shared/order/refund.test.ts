import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SentOrder } from '../../../shared/order/order-state.ts';
import { refundOf } from '../../../shared/order/refund.ts';
import { addDuration, duration, euros } from '../../../shared/values.ts';
import { butter, heardAt, milk, proposedAt, quote, soon } from './order-examples.ts';

type Progress = SentOrder['progress'];
const line = (ordered: number, fulfilled: number, returned = 0): Progress['lines'][number] => ({
  ordered,
  current: ordered,
  fulfilled,
  ...(returned > 0 && { returned }),
});
const progress = (over: Partial<Progress> = {}): Progress => ({ lines: [line(2, 2), line(1, 1)], total: euros(766), deliveredAt: soon, problems: [], ...over });
const of = (over: Partial<Progress> = {}, withdrawn: Parameters<typeof refundOf>[1] = []) => refundOf({ quote, progress: progress(over) }, withdrawn);
const paid = (minor: number) => ({ refunded: { total: euros(minor), lines: [], at: heardAt } });
const part = (number: number, ...lines: [typeof milk, number][]) => ({ part: number, at: heardAt, lines: lines.map(([gtin, packs]) => ({ gtin, packs })) });

describe('what a shop owes back', () => {
  it('is nothing for what came as it was charged', () => expect(of()).toBeUndefined());
  it('is nothing before anything was charged', () =>
    expect(refundOf({ quote, progress: { lines: [line(2, 0)], problems: [] } }, [part(1, [milk, 1])])).toBeUndefined());

  it('is what was charged and did not come, two weeks after the delivery at the latest', () => {
    expect(of({ lines: [line(2, 1), line(1, 1)] })).toMatchObject({
      ...{ expected: euros(129), open: euros(129), dueAt: addDuration(soon, duration(14, 'days')) },
      owed: [{ cause: 'not-delivered', amount: euros(129) }],
    });
  });
  it('does not count packs that are still to come', () => expect(of({ lines: [line(2, 1), line(1, 1)], deliveredAt: undefined as never })).toBeUndefined());

  it('is the price of what went back', () =>
    expect(of({ lines: [line(2, 2, 1), line(1, 1)], returnedAt: heardAt })).toMatchObject({ expected: euros(129), owed: [{ cause: 'returned', gtin: milk }] }));

  it('is the price of what was withdrawn from, and the delivery only with all of it', () => {
    expect(of({}, [part(1, [milk, 2])])).toMatchObject({ expected: euros(258), owed: [{ cause: 'withdrawn', gtin: milk }] });
    expect(of({}, [part(1, [milk, 2]), part(2, [butter, 1])])).toMatchObject({ expected: quote.total });
  });

  it('counts what was withdrawn and sent back once', () =>
    expect(of({ lines: [line(2, 2, 2), line(1, 1)], returnedAt: heardAt }, [part(1, [milk, 1])])).toMatchObject({
      expected: euros(258),
      owed: [
        { cause: 'withdrawn', amount: euros(129) },
        { cause: 'returned', amount: euros(129) },
      ],
    }));

  it('is followed to its end, the oldest first', () => {
    const owed = { lines: [line(2, 1), line(1, 1)] };
    const withdrawn = [{ ...part(1, [butter, 1]), at: heardAt }];
    expect(of({ ...owed, ...paid(100) }, withdrawn)).toMatchObject({ open: euros(129 + 218 - 100), dueAt: addDuration(soon, duration(14, 'days')) });
    expect(of({ ...owed, ...paid(129) }, withdrawn)).toMatchObject({ open: euros(218), dueAt: addDuration(heardAt, duration(14, 'days')) });
    expect(of({ ...owed, ...paid(129 + 218) }, withdrawn)).toEqual(expect.objectContaining({ open: euros(0), refundedAt: heardAt }));
    expect(of({ ...owed, ...paid(129 + 218) }, withdrawn)).not.toHaveProperty('dueAt');
  });
  it('may be more than is owed', () => expect(of(paid(50))).toMatchObject({ expected: euros(0), open: euros(0), refunded: euros(50) }));

  it('is never more than was charged, and never below nothing', () => {
    const packs = fc.integer({ min: 0, max: 2 });
    fc.assert(
      fc.property(
        packs,
        packs,
        packs,
        packs,
        fc.integer({ min: 0, max: 766 }),
        fc.integer({ min: 0, max: 900 }),
        (came, back, first, second, total, refunded) => {
          const withdrawn = [...(first > 0 ? [part(1, [milk, first])] : []), ...(second > 0 ? [part(2, [milk, second], [butter, 1])] : [])];
          const lines = [line(2, came, Math.min(back, came)), line(1, 1)];
          const refund = refundOf({ quote, progress: progress({ lines, total: euros(total), returnedAt: proposedAt, ...paid(refunded) }) }, withdrawn);
          if (refund === undefined) return;
          expect(refund.expected.amountMinor).toBeLessThanOrEqual(total);
          expect(refund.open.amountMinor).toBe(Math.max(0, refund.expected.amountMinor - refunded));
          expect(refund.dueAt === undefined).toBe(refund.open.amountMinor === 0);
        },
      ),
    );
  });
});
