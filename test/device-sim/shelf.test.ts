import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { putAway, take, type Shelf } from '../../device-sim/shelf.ts';

const litres = { capacity: 4, unit: 'l' };
const pieces = { capacity: 12, unit: 'piece' };

describe('a shelf', () => {
  it('gives what it has, and says what was missed', () => {
    expect(take({ level: 0.3, larder: [] }, 0.2)).toEqual({ shelf: { level: 0.1, larder: [] }, taken: 0.2, missed: 0 });
    expect(take({ level: 0.1, larder: [] }, 0.2)).toEqual({ shelf: { level: 0, larder: [] }, taken: 0.1, missed: 0.1 });
  });

  it('takes packs up to its capacity; the rest waits in the larder and moves up as space appears', () => {
    const full = putAway({ level: 1.2, larder: [] }, litres, [1, 1, 1, 1]);
    expect(full).toEqual({ level: 3.2, larder: [1, 1] });
    const drunk = take(full, 0.2).shelf;
    expect(putAway(drunk, litres)).toEqual({ level: 4, larder: [1] });
  });

  it('moves pieces one by one', () => {
    expect(putAway({ level: 8, larder: [] }, pieces, [10])).toEqual({ level: 12, larder: [6] });
  });

  it('pours a pack that is larger than itself once it is empty', () => {
    expect(putAway({ level: 1, larder: [] }, litres, [6])).toEqual({ level: 1, larder: [6] });
    expect(putAway({ level: 0, larder: [6] }, litres)).toEqual({ level: 4, larder: [2] });
  });

  it('loses nothing, invents nothing, never goes below zero or above its capacity', () => {
    const step = fc.oneof(
      fc.record({ take: fc.integer({ min: 1, max: 3_000 }) }),
      fc.record({ packs: fc.array(fc.integer({ min: 1, max: 5_000 }), { maxLength: 3 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.constantFrom(litres, pieces), (steps, kind) => {
        const size = (amount: number) => (kind.unit === 'piece' ? Math.ceil(amount / 100) : amount / 1_000);
        let shelf: Shelf = { level: 1, larder: [] };
        let balance = 1;
        for (const one of steps) {
          if ('take' in one) {
            const { shelf: after, taken, missed } = take(shelf, size(one.take));
            expect(taken + missed).toBeCloseTo(size(one.take), 5);
            balance -= taken;
            shelf = putAway(after, kind);
          } else {
            balance += one.packs.reduce((sum, pack) => sum + size(pack), 0);
            shelf = putAway(shelf, kind, one.packs.map(size));
          }
          expect(shelf.level).toBeGreaterThanOrEqual(0);
          expect(shelf.level).toBeLessThanOrEqual(kind.capacity);
          expect(shelf.level + shelf.larder.reduce((sum, pack) => sum + pack, 0)).toBeCloseTo(balance, 4);
        }
      }),
    );
  });
});
