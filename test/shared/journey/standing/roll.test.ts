import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rollEntryOf, type RollEntry } from '../../../../shared/journey/standing/roll.ts';
import { newStanding, type Standing } from '../../../../shared/journey/standing/standing.ts';
import { addDuration, duration, householdIdSchema, instantSchema } from '../../../../shared/values.ts';

const START = instantSchema.parse('2026-03-02T06:00:00.000Z');
const on = (day: number) => addDuration(START, duration(day, 'days'));
const standing = (...segments: string[]): Standing => ({
  ...newStanding(householdIdSchema.parse('hh_a')),
  segments: segments.map((segment) => ({ segment, since: START, reasons: [] })),
});

describe('a line of the roll', () => {
  it('tells for four weeks who has left, and forgets it when they come back', () => {
    const first = rollEntryOf(standing('new-here', 'unhappy'), undefined, on(0));
    const left = rollEntryOf(standing('new-here'), first, on(1));
    expect(left).toMatchObject({ segments: [{ segment: 'new-here' }], left: [{ segment: 'unhappy', leftAt: on(1) }] });
    expect(rollEntryOf(standing('new-here'), left, on(28)).left).toHaveLength(1);
    expect(rollEntryOf(standing('new-here'), left, on(29)).left).toEqual([]);
    expect(rollEntryOf(standing('new-here', 'unhappy'), left, on(2)).left).toEqual([]);
  });

  it('says the same however often the same standing is read', () => {
    const names = fc.subarray(['a1', 'b1', 'c1']);
    fc.assert(
      fc.property(fc.array(names, { minLength: 1, maxLength: 8 }), (standings) => {
        let [once, twice]: (RollEntry | undefined)[] = [undefined, undefined];
        for (const [day, segments] of standings.entries()) {
          once = rollEntryOf(standing(...segments), once, on(day));
          twice = rollEntryOf(standing(...segments), rollEntryOf(standing(...segments), twice, on(day)), on(day));
        }
        expect(twice).toEqual(once);
      }),
    );
  });
});
