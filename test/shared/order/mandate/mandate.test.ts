import { describe, expect, it } from 'vitest';
import { ruleResultSchema } from '../../../../shared/event-parts.ts';
import {
  chooseMandate,
  coverage,
  endMandate,
  grantMandate,
  mandateSchema,
  pauseMandate,
  resumeMandate,
  type Mandate,
  type SpendView,
} from '../../../../shared/order/mandate/mandate.ts';
import { addDuration, duration, euros, mandateIdSchema, memberIdSchema, orderIdSchema, retailerIdSchema, type Instant } from '../../../../shared/values.ts';
import {
  anna,
  butter,
  gtinOf,
  grantOf,
  householdId,
  instant,
  mandateId,
  mandateTerms,
  milk,
  quote,
  quoteEndsAt,
  seal,
  soon,
  timeZone,
} from '../order-examples.ts';

const granted = (changes: Parameters<typeof grantOf>[0] = {}, id = mandateId): Mandate => {
  const outcome = grantMandate(grantOf(changes, id));
  if (outcome.kind !== 'changed') throw new Error(outcome.reason);
  return mandateSchema.parse(outcome.state);
};
const nothing: SpendView = { open: {}, settled: {}, recentApprovals: {} };
const failed = (mandate: Mandate, spend = nothing, now = soon, zone = timeZone) =>
  coverage(mandate, spend, quote, now, zone).rules.flatMap(({ rule, passed }) => (passed ? [] : [rule]));
const orderOf = (name: string) => orderIdSchema.parse(`ord_${name}`);

describe('granting', () => {
  it('makes an active mandate and tells it', () => {
    expect(grantMandate(grantOf())).toEqual({
      kind: 'changed',
      state: { ...grantOf(), state: 'active' },
      events: [{ type: 'mandate.granted', data: { householdId, mandateId, memberId: anna, endsAt: mandateTerms.endsAt } }],
    });
  });
  it('refuses other terms than those that were shown', () => {
    const shown = grantOf();
    expect(grantMandate({ ...shown, perOrderMax: euros(2_001) })).toEqual({ kind: 'rejected', reason: 'terms-changed' });
    expect(grantMandate({ ...shown, gtins: [...shown.gtins, gtinOf(9)] })).toEqual({ kind: 'rejected', reason: 'terms-changed' });
  });
  it('refuses evidence of another person, an end before the beginning and an endless term', () => {
    expect(grantMandate({ ...grantOf(), grantedBy: memberIdSchema.parse('mem_bert') })).toEqual({ kind: 'rejected', reason: 'evidence-of-another-person' });
    expect(grantMandate(grantOf({ endsAt: mandateTerms.validFrom }))).toEqual({ kind: 'rejected', reason: 'ends-before-it-begins' });
    expect(grantMandate(grantOf({ endsAt: addDuration(mandateTerms.validFrom, duration(397, 'days')) }))).toEqual({
      kind: 'rejected',
      reason: 'lasts-too-long',
    });
  });
});

describe('categories', () => {
  const ofGroceries = { gtins: [], categories: ['groceries'] };
  const [milkLine, butterLine] = quote.lineItems;
  if (milkLine === undefined || butterLine === undefined) throw new Error('expected two lines');
  const inCategory = seal({ ...quote, lineItems: [{ ...milkLine, category: 'groceries' }, butterLine] });
  const failedOf = (changes: Parameters<typeof grantOf>[0], asked = inCategory) =>
    coverage(granted(changes), nothing, asked, soon, timeZone).rules.filter(({ passed }) => !passed);

  it('change no hash of terms that name none', () => {
    // As it was made before there were any.
    expect(grantOf().evidence.termsHash).toBe('55742ea59c3ee4d3cd97ee6fce602c742ae6b8cc8a75eb05c5d876712d04b442');
    expect(grantOf({ categories: ['groceries'] }).evidence.termsHash).not.toBe(grantOf().evidence.termsHash);
  });
  it('change no hash of a quote whose lines have none', () => {
    expect(seal({ ...quote, lineItems: quote.lineItems.map((line) => ({ ...line, category: undefined })) }).hash).toBe(quote.hash);
    expect(inCategory.hash).not.toBe(quote.hash);
  });
  it('cover what was proposed in them, beside the products that are named', () => {
    expect(failedOf({ gtins: [butter], categories: ['groceries'] })).toEqual([]);
    expect(failedOf(ofGroceries)).toEqual([{ rule: 'every-line-product-allowed', passed: false, expected: 'only groceries', actual: `not in it: ${butter}` }]);
  });
  it('cover no line of before, whose category nobody knows', () => {
    expect(failedOf(ofGroceries, quote).map(({ rule }) => rule)).toEqual(['every-line-product-allowed']);
  });
  it('have to stand there when no product does', () => {
    expect(grantMandate(grantOf({ gtins: [] }))).toEqual({ kind: 'rejected', reason: 'names-nothing' });
    expect(grantMandate(grantOf(ofGroceries)).kind).toBe('changed');
  });
});

describe('pausing and ending', () => {
  const active = granted();
  const paused: Mandate = { ...active, state: 'paused' };
  const ending = { at: soon, memberId: anna, because: 'member' } as const;
  const ended: Mandate = { ...active, state: 'ended', ending };
  it('pauses and resumes, and tells it', () => {
    const data = { householdId, mandateId, memberId: anna };
    expect(pauseMandate(active, anna)).toEqual({ kind: 'changed', state: paused, events: [{ type: 'mandate.paused', data }] });
    expect(resumeMandate(paused, anna)).toEqual({ kind: 'changed', state: active, events: [{ type: 'mandate.resumed', data }] });
  });
  it('ends once, from any state', () => {
    const told = [{ type: 'mandate.ended', data: { householdId, mandateId, memberId: anna, because: 'member' } }];
    expect(endMandate(active, ending)).toEqual({ kind: 'changed', state: ended, events: told });
    expect(endMandate(paused, ending)).toEqual({ kind: 'changed', state: ended, events: told });
    expect(endMandate(ended, ending)).toEqual({ kind: 'ignored', reason: 'already-ended' });
  });
  it('repeats nothing and brings nothing back', () => {
    expect(pauseMandate(paused, anna)).toEqual({ kind: 'ignored', reason: 'already-paused' });
    expect(resumeMandate(active, anna)).toEqual({ kind: 'ignored', reason: 'already-active' });
    expect(pauseMandate(ended, anna)).toEqual({ kind: 'rejected', reason: 'already-ended' });
    expect(resumeMandate(ended, anna)).toEqual({ kind: 'rejected', reason: 'already-ended' });
  });
});

describe('coverage', () => {
  it('passes every rule and tells each', () => {
    const { covered, rules } = coverage(granted(), nothing, quote, soon, timeZone);
    expect(covered).toBe(true);
    expect(rules.map(({ rule }) => rule)).toEqual([
      'active',
      'started',
      'not-ended',
      'retailer-allowed',
      'every-line-product-allowed',
      'per-order-cap',
      'per-month-cap',
      'frequency',
      'quote-valid',
    ]);
    expect(rules[5]).toEqual({ rule: 'per-order-cap', passed: true, expected: 'at most 20.00 € per order', actual: '7.66 €' });
  });

  const other = retailerIdSchema.parse('rt_other');
  const spentBefore = (cents: number): SpendView => ({ ...nothing, settled: { [mandateId]: { '2026-03': euros(cents) } } });
  const approvedAt = (...at: Instant[]): SpendView => ({ ...nothing, recentApprovals: { [mandateId]: at } });
  const days = (count: number) => addDuration(soon, duration(count, 'days'));
  const cases: [string, string[], Mandate, SpendView?, Instant?][] = [
    ['a paused mandate', ['active'], { ...granted(), state: 'paused' }],
    ['an ended mandate', ['active'], { ...granted(), state: 'ended' }],
    ['one that begins a moment later', ['started'], granted({ validFrom: addDuration(soon, duration(0.001, 'seconds')) })],
    ['one that begins at this moment', [], granted({ validFrom: soon })],
    ['one that ends at this moment', ['not-ended'], granted({ endsAt: soon })],
    ['another shop', ['retailer-allowed'], granted({ retailers: [other] })],
    ['one line of another product', ['every-line-product-allowed'], granted({ gtins: [milk] })],
    ['a total at the cap', [], granted({ perOrderMax: euros(766) })],
    ['a total a cent above', ['per-order-cap'], granted({ perOrderMax: euros(765) })],
    ['the last cents of the month', [], granted(), spentBefore(6_000 - 766)],
    ['a cent above the month', ['per-month-cap'], granted(), spentBefore(6_000 - 765)],
    ['the last order of the week', [], granted(), approvedAt(days(-1), days(-2), days(-7))],
    ['one order too many in the week', ['frequency'], granted(), approvedAt(days(-1), days(-2), days(-6.9))],
    ['a quote that ends at this moment', ['quote-valid'], granted(), nothing, quoteEndsAt],
    ['everything at once', ['active', 'retailer-allowed', 'per-order-cap'], { ...granted({ retailers: [other], perOrderMax: euros(1) }), state: 'paused' }],
  ];
  it.each(cases)('of %s fails %j', (_name, rules, mandate, spend = nothing, now = soon) => {
    expect(failed(mandate, spend, now)).toEqual(rules);
    expect(coverage(mandate, spend, quote, now, timeZone).covered).toBe(rules.length === 0);
  });

  it('counts what is reserved like what is spent, of this mandate and month only', () => {
    const reservedFor = (id: Mandate['mandateId'], month: string): SpendView => ({
      ...nothing,
      open: { [orderOf('a')]: { mandateId: id, amount: euros(5_900), month, reservedAt: soon } },
    });
    expect(failed(granted(), reservedFor(mandateId, '2026-03'))).toEqual(['per-month-cap']);
    expect(failed(granted(), reservedFor(mandateId, '2026-02'))).toEqual([]);
    expect(failed(granted(), reservedFor(mandateIdSchema.parse('man_other'), '2026-03'))).toEqual([]);
  });

  it('lets the month begin at midnight of the household', () => {
    const nearMidnight = instant('2026-02-28T23:30:00.000Z');
    const early = granted({ validFrom: instant('2026-02-01T00:00:00.000Z') });
    expect(failed(early, spentBefore(5_900), nearMidnight, 'Europe/Berlin')).toEqual(['per-month-cap']);
    expect(failed(early, spentBefore(5_900), nearMidnight, 'UTC')).toEqual([]);
  });

  it('tells even the longest lists within the bounds of a rule result', () => {
    const many = granted({ retailers: Array.from({ length: 20 }, (_, index) => retailerIdSchema.parse(`rt_${'x'.repeat(50)}${index}`)) });
    for (const rule of coverage(many, nothing, quote, soon, timeZone).rules) expect(ruleResultSchema.parse(rule)).toEqual(rule);
  });
});

describe('choosing a mandate', () => {
  const small = granted({ perOrderMax: euros(100), gtins: [milk] }, mandateIdSchema.parse('man_a'));
  const fitting = granted({}, mandateIdSchema.parse('man_b'));
  it('takes one that covers the whole order', () => {
    expect(chooseMandate([fitting, small], nothing, quote, soon, timeZone)).toMatchObject({ mandateId: 'man_b', rulesFailed: [] });
  });
  it('never splits an order over two', () => {
    const onlyMilk = granted({ gtins: [milk] }, mandateIdSchema.parse('man_c'));
    const onlyButter = granted({ gtins: [butter] }, mandateIdSchema.parse('man_d'));
    const choice = chooseMandate([onlyMilk, onlyButter], nothing, quote, soon, timeZone);
    expect(choice.mandateId).toBeUndefined();
    expect(choice.rulesFailed.map(({ rule }) => rule)).toEqual(['every-line-product-allowed']);
  });
  it('says what stood in the way at the one that came closest', () => {
    const paused: Mandate = { ...fitting, state: 'paused' };
    const choice = chooseMandate([small, paused], nothing, quote, soon, timeZone);
    expect(choice.rulesFailed.map(({ rule }) => rule)).toEqual(['active']);
    expect(choice.tried.map((one) => one.mandateId)).toEqual(['man_a', 'man_b']);
  });
  it('says so when there is none, and does not try those that have ended', () => {
    for (const mandates of [[], [{ ...fitting, state: 'ended' as const }]]) {
      const choice = chooseMandate(mandates, nothing, quote, soon, timeZone);
      expect(choice).toMatchObject({ tried: [], rulesFailed: [{ rule: 'mandate-exists', passed: false }] });
    }
  });
});
