/** What is kept of a half-filled form, and what a fridge's card leads to. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitting } from '../../app/drafts/fitting.ts';
import { paths, urls } from '../../app/urls.ts';
import { approvalPath } from '../../shared/device/display-content.ts';

const initial = { step: 'code', name: '', count: 1, picks: [''], isSure: false };

describe('a draft', () => {
  it('is taken up as it was left', () => {
    const form = fc.record({ step: fc.string(), name: fc.string(), count: fc.integer(), picks: fc.array(fc.string()), isSure: fc.boolean() });
    fc.assert(
      fc.property(form, (left) => {
        expect(fitting(initial, JSON.stringify(left))).toEqual({ ...left });
      }),
      { seed: 71 },
    );
  });

  it('of another kind or another year leaves what does not fit as it is at the beginning', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('step', 'name', 'count', 'picks', 'isSure', 'gone', '__proto__'), fc.jsonValue()), (left) => {
        const taken = fitting(initial, JSON.stringify(left));
        expect(Object.keys(taken)).toEqual(Object.keys(initial));
        expect(Object.values(taken).map((value) => (Array.isArray(value) ? 'array' : typeof value))).toEqual([
          'string',
          'string',
          'number',
          'array',
          'boolean',
        ]);
      }),
      { seed: 72 },
    );
  });

  it.each(['', 'nonsense', 'null', '7', '[]'])('that is no form (%j) is none', (text) => {
    expect(fitting(initial, text)).toEqual(initial);
  });
});

it('a card on a screen leads to the page of its order', () => {
  expect(approvalPath('ord_7')).toBe(urls.approval('ord_7'));
  expect(paths.approval.replace(':orderId', 'ord_7')).toBe(approvalPath('ord_7'));
});
