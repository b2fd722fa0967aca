import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { difference, neededOf, pairedDifference, ratio, wilson } from '../../../shared/journey/proportion.ts';

describe('an interval of a share', () => {
  it('is Wilson’s: 81 of 263, the first example of Newcombe 1998', () => {
    const { value, low, high } = wilson({ having: 81, of: 263 });
    expect([value, low, high].map((number) => number.toFixed(4))).toEqual(['0.3080', '0.2553', '0.3662']);
  });
  it('stays within 0 and 1 where nobody, or everybody, has it', () => {
    expect(wilson({ having: 0, of: 20 })).toMatchObject({ value: 0, low: 0 });
    expect(wilson({ having: 20, of: 20 })).toMatchObject({ value: 1, high: 1 });
    expect(wilson({ having: 0, of: 20 }).high).toBeCloseTo(0.1611, 4);
  });
});

describe('what lies between two shares', () => {
  it('is Newcombe’s method 10: his examples (a), 56 of 70 and 48 of 80, and (h), 10 of 10 and 0 of 10', () => {
    const { value, low, high } = difference({ having: 56, of: 70 }, { having: 48, of: 80 });
    expect([value, low, high].map((number) => number.toFixed(4))).toEqual(['0.2000', '0.0524', '0.3339']);
    const apart = difference({ having: 10, of: 10 }, { having: 0, of: 10 });
    expect([apart.low, apart.high].map((number) => number.toFixed(4))).toEqual(['0.6075', '1.0000']);
  });

  it('says by the ratio what it says by the difference', () => {
    const share = fc.integer({ min: 1, max: 400 }).chain((of) => fc.record({ having: fc.integer({ min: 0, max: of }), of: fc.constant(of) }));
    fc.assert(
      fc.property(share, share, (one, other) => {
        const by = ratio(one, other);
        if (by === undefined) return other.having === 0;
        const less = difference(one, other);
        // In the small the two are the same question only where the limits themselves are on one side.
        if (wilson(one).low > wilson(other).high) expect([less.low > 0, by.low > 1]).toEqual([true, true]);
        if (wilson(one).high < wilson(other).low) expect([less.high < 0, by.high < 1]).toEqual([true, true]);
        expect(by.low).toBeLessThanOrEqual(by.value + 1e-12);
        expect(by.high).toBeGreaterThanOrEqual(by.value - 1e-12);
        return true;
      }),
    );
  });
  it('has a ratio of 4/3, and no upper end where the other may be nothing', () => {
    const { value, low, high } = ratio({ having: 56, of: 70 }, { having: 48, of: 80 }) ?? expect.fail('expected a ratio');
    expect(value).toBeCloseTo(4 / 3, 12);
    expect(low).toBeGreaterThan(1);
    expect(high).toBeLessThan(1.75);
    expect(ratio({ having: 3, of: 10 }, { having: 0, of: 10 })).toBeUndefined();
    expect(ratio({ having: 0, of: 10 }, { having: 5, of: 10 })).toMatchObject({ value: 0, low: 0 });
  });
});

describe('a difference of the same people', () => {
  it('is Newcombe’s: 36, 12, 2 and 0 of 50, by his tenth method', () => {
    const { value, low, high } = pairedDifference({ both: 36, onlyOne: 12, onlyOther: 2, neither: 0 });
    expect([value, low, high].map((number) => number.toFixed(4))).toEqual(['0.2000', '0.0569', '0.3404']);
  });
  it('goes the other way for the other, holds its value and is surer than of others where most answer alike', () => {
    const cell = fc.integer({ min: 0, max: 60 });
    fc.assert(
      fc.property(cell, cell, cell, cell, (both, onlyOne, onlyOther, neither) => {
        fc.pre(both + onlyOne + onlyOther + neither > 0);
        const { value, low, high } = pairedDifference({ both, onlyOne, onlyOther, neither });
        const turned = pairedDifference({ both, onlyOne: onlyOther, onlyOther: onlyOne, neither });
        expect([turned.value + value, turned.low + high, turned.high + low].every((sum) => Math.abs(sum) < 1e-9)).toBe(true);
        expect(low <= value && value <= high).toBe(true);
      }),
      { seed: 69 },
    );
    const alike = pairedDifference({ both: 40, onlyOne: 6, onlyOther: 2, neither: 40 });
    const others = difference({ having: 46, of: 88 }, { having: 42, of: 88 });
    expect(alike.high - alike.low).toBeLessThan((others.high - others.low) / 2);
  });
});

describe('how many it takes', () => {
  it('is what tables say: 0.6 against 0.7 takes 356 of each without correction', () => {
    expect(neededOf(0.6, 0.1, 1)).toBe(356);
  });
  it('is fewer of the small arm, the more there are of the other, and looks down where there is no room above', () => {
    expect(neededOf(0.6, 0.1, 9)).toBeLessThan(neededOf(0.6, 0.1, 1));
    expect(neededOf(0.98, 0.1, 1)).toBe(neededOf(0.98, 0.1, 1));
    expect(neededOf(1, 0.1, 1)).toBeGreaterThan(0);
  });
});
