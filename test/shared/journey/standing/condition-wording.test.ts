import { describe, expect, it } from 'vitest';
import { leavesOf, type Condition } from '../../../../shared/journey/standing/condition.ts';
import { conditionInWords } from '../../../../shared/journey/standing/condition-wording.ts';
import { shippedSegments } from '../../../../shared/journey/standing/shipped-segments.ts';
import { reasonInWords } from '../../../../shared/journey/standing/standing-wording.ts';
import { typeInWords } from '../../../../shared/journey/type-wording.ts';

describe('a condition in words', () => {
  it.each<[Condition, string, string]>([
    [
      { count: ['case.opened', 'case.reopened'], days: 28, atLeast: 2 },
      'at least 2 × case opened or case reopened in 28 days',
      'mindestens 2 × Anliegen gemeldet oder Anliegen kam wieder in 28 Tagen',
    ],
    [{ count: ['order.delivered'], atMost: 0 }, 'never delivered', 'nie geliefert'],
    [
      {
        all: [
          { health: 'score', atMost: 0.4 },
          { figure: 'health-known', atLeast: 0.25 },
        ],
      },
      'health at most 40 % and of the health known: at least 25 %',
      'Gesundheit höchstens 40 % und von der Gesundheit bekannt: mindestens 25 %',
    ],
    [{ not: { tier: ['gold', 'platinum'] } }, 'not (tier: gold or platinum)', 'nicht (Stufe: Gold oder Platin)'],
    [
      { spentMinor: 'delivered', days: 28, atLeast: 15_000, line: 'groceries' },
      'delivered for at least €150.00 (groceries) in 28 days',
      'geliefert für mindestens 150,00 € (groceries) in 28 Tagen',
    ],
    [
      {
        any: [
          { phase: 'loyalty' },
          {
            all: [
              { campaign: 'spring', atLeast: 1 },
              { channel: 'web', atLeast: 2, atMost: 4 },
            ],
          },
        ],
      },
      'in the phase Loyalty or (at least 1 × through the campaign spring and 2 × to 4 × in the channel web)',
      'in der Phase Treue oder (mindestens 1 × über die Kampagne spring und 2 × bis 4 × im Kanal web)',
    ],
  ])('%j', (condition, en, de) => {
    expect([conditionInWords(condition, 'en'), conditionInWords(condition, 'de')]).toEqual([en, de]);
  });

  it('shows no name of a program for what comes with the product', () => {
    for (const { condition } of shippedSegments)
      for (const language of ['de', 'en'] as const)
        for (const leaf of leavesOf(condition))
          expect(conditionInWords(leaf, language)).not.toMatch(/[a-z][.@-][a-z]+\b.*(?:order|case|supply)|health-known|leaves/);
    expect(typeInWords('crm.Birthday', 'de')).toBe('crm.Birthday');
  });
});

it('a reason that asks what nobody knows says so in words', () => {
  expect(reasonInWords({ code: 'figure-unknown', figures: { what: 'health-known' } }, 'de')).toBe('nicht bekannt: von der Gesundheit bekannt');
  expect(reasonInWords({ code: 'prediction-unknown', figures: { what: 'leaves' } }, 'en')).toBe('not known: is likely to leave');
  expect(reasonInWords({ code: 'figure', figures: { what: 'health-known', found: 0.45 } }, 'en')).toBe('of the health known: 45 %');
});
