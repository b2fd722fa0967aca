import { expect, it } from 'vitest';
import { conditionOf, draftOf, newLeaf } from '../../../app/console/segments/condition-draft.ts';
import { conditionSchema, type Condition } from '../../../shared/journey/standing/condition.ts';
import { shippedSegments } from '../../../shared/journey/standing/shipped-segments.ts';

it.each(shippedSegments.map(({ segment, condition }) => [segment, condition] as const))('%s goes into the form and comes out as it was', (_, condition) => {
  const draft = draftOf(condition);
  expect(draft).toBeDefined();
  expect(conditionOf(draft ?? [])).toEqual(condition);
});

it('shows shares in percent and money in euros, and keeps to the digit what was there', () => {
  const condition: Condition = {
    any: [{ all: [{ not: { health: 'score', atMost: 0.45 } }, { spentMinor: 'delivered', days: 28, atLeast: 12_345 }] }, { tier: ['gold'] }],
  };
  const draft = draftOf(condition);
  expect(draft?.[0]).toMatchObject([
    { kind: 'health', isNot: true, atMost: 45 },
    { kind: 'spent', atLeast: 123.45, days: 28 },
  ]);
  expect(conditionOf(draft ?? [])).toEqual(condition);
  expect(conditionSchema.safeParse(conditionOf(draft ?? [])).success).toBe(true);
});

it('leaves to text what has another shape', () => {
  expect(draftOf({ all: [{ any: [{ phase: 'loyalty' }, { phase: 'support' }] }, { phase: 'closing' }] })).toBeUndefined();
  expect(draftOf({ not: { all: [{ phase: 'loyalty' }] } })).toBeUndefined();
});

it('of a new condition nothing is there yet, which is refused and not guessed', () => {
  expect(conditionSchema.safeParse(conditionOf([[newLeaf()]])).success).toBe(false);
  expect(conditionOf([[{ ...newLeaf('field'), name: 'value', values: ['high', 'true'] }]])).toEqual({ field: 'value', is: ['high', true] });
});
