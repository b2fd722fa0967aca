import { describe, expect, it } from 'vitest';
import { conditionSchema, judge, type Condition } from '../../../../shared/journey/standing/condition.ts';
import { proposeSplits } from '../../../../shared/journey/standing/split.ts';
import { lookAt, type Given } from '../../../../shared/journey/standing/standing.ts';
import { reasonInWords } from '../../../../shared/journey/standing/standing-wording.ts';
import { lived, on, orders, step, type Step } from '../life.ts';

const known = (given: Given, ...steps: Step[]) => lookAt(lived(...steps), given, {}, undefined, on(30, 20)).known;
const holds = (condition: Condition, ...steps: Step[]) => judge(conditionSchema.parse(condition), known({}, ...steps)).holds;

describe('a condition', () => {
  const visits = [1, 5, 29, 30].map((day) => step(on(day), 'Product Viewed', { line: 'heating', campaign: 'autumn', channel: 'web' }));

  it('counts in a window, by line, campaign and channel, also what others call their events', () => {
    expect(holds({ count: ['Product Viewed'], atLeast: 4 }, ...visits)).toBe(true);
    expect(holds({ count: ['Product Viewed'], days: 2, atLeast: 2, atMost: 2 }, ...visits)).toBe(true);
    expect(holds({ count: ['Product Viewed@company'], atLeast: 1 }, ...visits)).toBe(false);
    expect(holds({ count: ['Product Viewed'], line: 'groceries', atLeast: 1 }, ...visits)).toBe(false);
    expect(holds({ campaign: 'autumn', days: 7, atLeast: 2, atMost: 2 }, ...visits)).toBe(true);
    expect(holds({ channel: 'web', days: 1, atLeast: 2 }, ...visits)).toBe(false);
    expect(holds({ daysSince: ['Product Viewed'], which: 'first', atLeast: 29 }, ...visits)).toBe(true);
  });

  it('is neither true nor false where something is not known, and its opposite neither', () => {
    const unhappy: Condition = { health: 'score', atMost: 0.4 };
    expect(holds(unhappy)).toBeUndefined();
    expect(holds({ not: unhappy })).toBeUndefined();
    expect(holds({ all: [unhappy, { count: ['page'], atLeast: 1 }] })).toBe(false);
    expect(holds({ any: [unhappy, { count: ['page'], atMost: 0 }] })).toBe(true);
    expect(holds({ field: 'language', is: ['de'] })).toBeUndefined();
    expect(judge({ field: 'language', is: ['de'] }, known({ fields: { language: 'de' } })).holds).toBe(true);
    expect(judge({ prediction: 'leaves', atLeast: 0.5 }, known({ predictions: { leaves: 0.7 } })).holds).toBe(true);
    expect(judge({ figure: 'devices', atLeast: 2 }, known({ figures: { devices: 1 } })).holds).toBe(false);
  });

  it('has a depth and a length', () => {
    const nested = (levels: number): Condition => (levels === 0 ? { phase: 'loyalty' } : { not: nested(levels - 1) });
    expect(conditionSchema.safeParse(nested(5)).success).toBe(true);
    expect(conditionSchema.safeParse(nested(6)).success).toBe(false);
    expect(conditionSchema.safeParse({ count: ['page'] }).success).toBe(false);
    expect(
      conditionSchema.safeParse({ any: Array.from({ length: 3 }, () => ({ all: Array.from({ length: 14 }, () => ({ phase: 'loyalty' })) })) }).success,
    ).toBe(false);
  });

  it('says why', () => {
    const { reasons } = judge(
      { share: ['order.approved@automation'], of: ['order.approved'], least: 3, atLeast: 0.5 },
      known({}, ...orders([1, 2], 'automation'), ...orders([3], 'customer')),
    );
    expect(reasons.map((reason) => reasonInWords(reason, 'de'))).toEqual(['2 von 3: Bestellung freigegeben (von selbst)']);
  });
});

describe('splits', () => {
  const cancelled = (has: boolean, more: Step[], fields = {}) => known({ fields }, ...(has ? [step(on(2), 'mandate.ended')] : []), ...more);
  const late = [step(on(1), 'order.stuck')];
  const few = (many: number, make: () => ReturnType<typeof known>) => Array.from({ length: many }, make);
  // Of 30 with a stuck order 20 left, of 70 without it 10: 0.667 against 0.3 of all.
  const households = [
    ...few(20, () => cancelled(true, late, { language: 'de' })),
    ...few(10, () => cancelled(false, late, { language: 'de' })),
    ...few(10, () => cancelled(true, [], { language: 'de' })),
    ...few(60, () => cancelled(false, [], { language: 'de' })),
  ];
  const outcome: Condition = { count: ['mandate.ended'], atLeast: 1 };

  it('find what parts those who cancelled, by hand', () => {
    const [best] = proposeSplits(households, { outcome });
    expect(best?.condition).toEqual({ count: ['order.stuck'], atLeast: 1 });
    expect(best).toMatchObject({ group: 30 });
    expect(best?.lift).toBeCloseTo(20 / 30 / 0.3, 10);
    expect(best?.gain).toBeCloseTo(0.3 * (20 / 30 - 0.3), 10);
  });

  it('never propose a group that is too small, nor the outcome itself, and are the same in any order', () => {
    expect(proposeSplits(households, { outcome, groupMin: 31 })).toEqual([]);
    expect(JSON.stringify(proposeSplits(households, { outcome }))).not.toContain('mandate.ended');
    expect(proposeSplits(households.toReversed(), { outcome })).toEqual(proposeSplits(households, { outcome }));
  });
});
