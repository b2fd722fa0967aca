/** A signal as somebody types it: each slip has its field, and what has none is a signal that is taken. */
import { describe, expect, it } from 'vitest';
import { emptyDraft, faultsOf, lotsIn, signalOf, type Draft } from '../../app/console/signals/draft.ts';
import { signalSchema } from '../../shared/journey/signal/signal.ts';
import { instantSchema } from '../../shared/values.ts';

const now = instantSchema.parse('2026-03-02T08:15:30.000Z');
const recall: Draft = { ...emptyDraft, gtin: '4006 3813 3393 1', lots: 'L42, L43\nL42', becauseDe: 'Glas', becauseEn: 'Glass' };
const trend: Draft = { ...emptyDraft, kind: 'trend', category: 'ice cream', amount: 35, until: '2026-03-31' };
const late: Draft = { ...emptyDraft, kind: 'late-goods', shop: 'rt_frischhof', amount: 2.5, until: '2026-03-02' };

describe('a draft of a signal', () => {
  it.each([
    ['a recall', recall, { kind: 'recall', gtin: '4006381333931', lots: ['L42', 'L43'] }],
    ['a trend', trend, { kind: 'trend', share: 0.35, until: '2026-03-31T23:59:59.000Z' }],
    ['late goods', late, { kind: 'late-goods', days: 2.5 }],
  ])('of %s is taken as it is', (_, draft, expected) => {
    expect(faultsOf(draft, now)).toEqual({});
    expect(signalSchema.parse(signalOf(draft, now))).toMatchObject(expected);
  });

  it.each([
    ['nothing', emptyDraft, { gtin: 'missing', becauseDe: 'missing', becauseEn: 'missing' }],
    ['a mistyped number', { ...recall, gtin: '4006381333932' }, { gtin: 'wrong-check-digit' }],
    ['a lot too long', { ...recall, lots: 'L'.repeat(41) }, { lots: 'too-long' }],
    ['no day', { ...trend, until: '2026-02-30' }, { until: 'not-a-day' }],
    ['a day that is over', { ...trend, until: '2026-03-01' }, { until: 'over-already' }],
    ['no shop and no days', { ...late, shop: 'Frischhof', amount: undefined }, { shop: 'not-a-shop', amount: 'missing' }],
  ])('with %s is told where', (_, draft, faults) => {
    expect(faultsOf(draft, now)).toEqual(faults);
  });

  it('reads lots however they are divided', () => {
    expect(lotsIn(' L1;L2\n\nL3 ,')).toEqual(['L1', 'L2', 'L3']);
  });
});
