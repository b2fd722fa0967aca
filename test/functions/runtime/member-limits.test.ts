import { beforeEach, describe, expect, it } from 'vitest';
import { takeToken } from '../../../functions/runtime/member-limits.ts';

/** Product milliseconds; the wall clock of the test goes on beside it, by a second or two at most. */
let now = 0;
beforeEach(() => {
  // Each test is a later day: whatever an earlier one has used up is there again.
  now += 86_400_000;
  Reflect.set(globalThis, Symbol.for('nachschub.local'), { productNow: () => now, loopbackAllowed: true });
});

const taken = (member: string, asking: 'read' | 'write', times: number) => Array.from({ length: times }, () => takeToken(member, asking));
const allowed = (answers: readonly (number | undefined)[]) => answers.filter((wait) => wait === undefined).length;

describe('a member', () => {
  it('may tap sixty times at once and then waits a second', () => {
    const answers = taken('mem_a', 'write', 61);
    expect([allowed(answers.slice(0, 60)), answers[60]]).toEqual([60, expect.toSatisfy((wait) => wait === 1 || wait === undefined)]);
    expect(allowed(taken('mem_a', 'write', 500))).toBeLessThan(60);
  });

  it('may read ten times as often, whatever was tapped', () => {
    taken('mem_a', 'write', 500);
    expect(allowed(taken('mem_a', 'read', 600))).toBe(600);
    expect(allowed(taken('mem_a', 'read', 2_000))).toBeLessThan(600);
  });

  it('is not held back for what another does', () => {
    taken('mem_a', 'write', 500);
    expect(allowed(taken('mem_b', 'write', 60))).toBe(60);
  });

  it('has as much again after a minute, and never more than that', () => {
    taken('mem_a', 'write', 500);
    now += 60_000;
    expect(allowed(taken('mem_a', 'write', 60))).toBe(60);
    now += 3_600_000;
    expect(allowed(taken('mem_a', 'write', 500))).toBeLessThan(120);
  });

  it('begins anew when the clock is another one', () => {
    taken('mem_a', 'write', 500);
    now -= 1;
    expect(allowed(taken('mem_a', 'write', 60))).toBe(60);
    now += 1;
  });
});
