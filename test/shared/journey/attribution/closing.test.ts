import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attribute } from '../../../../shared/journey/attribution/attribution.ts';
import { dayAfter, type ClosedPath } from '../../../../shared/journey/attribution/closed-path.ts';
import { CLOSES_WITHIN_DAYS, closedPathsOf, closesFrom, readFor } from '../../../../shared/journey/attribution/closing.ts';
import { contributionOfClosed, inWholeParts, VALUE_PARTS, WHOLE } from '../../../../shared/journey/attribution/contribution.ts';
import { graphOf, orders } from '../../../../shared/journey/attribution/graph.ts';
import { closingsDue, withLate } from '../../../../shared/journey/attribution/late.ts';
import type { TouchPath } from '../../../../shared/journey/attribution/path.ts';
import { graphIn, isOfOrder, middleLag } from '../../../../shared/journey/attribution/read-counters.ts';
import { attributionIn, bucketsToRead } from '../../../../shared/journey/attribution/report.ts';
import { dayOf, type Trace, type Traces } from '../../../../shared/journey/fold/trace.ts';
import { freeze, type Counters } from '../../../../shared/journey/tally/batch.ts';
import { instantSchema } from '../../../../shared/values.ts';
import { groupBy } from '../../../../shared/group.ts';

type Step = readonly [at: string, what: keyof typeof kinds, line?: string | undefined, about?: string | undefined];
const kinds = {
  low: { type: 'supply.low', channel: 'fridge', initiator: 'device', phase: 'information' },
  asked: { type: 'order.approval-requested', channel: 'push', initiator: 'company', phase: 'conviction' },
  approved: { type: 'order.approved', channel: 'tv', initiator: 'customer', phase: 'closing', valueMinor: 1_250 },
  automatic: { type: 'order.approved', channel: 'nachschub', initiator: 'automation', phase: 'closing', valueMinor: 800 },
  placed: { type: 'order.placed', channel: 'retailer', initiator: 'automation', phase: 'closing' },
  delivered: { type: 'order.delivered', channel: 'retailer', initiator: 'company', phase: 'logistics', valueMinor: 1_250 },
  page: { type: 'page', channel: 'web', initiator: 'customer', phase: 'information' },
  mail: { type: 'Email Delivered', channel: 'e-mail', initiator: 'company', phase: 'awareness' },
  granted: { type: 'mandate.granted', channel: 'app', initiator: 'customer', phase: 'conviction' },
} as const;

function daysOf(steps: readonly Step[]): Record<string, Traces> {
  const named = steps.map(([at, what, line, about], index): [string, Trace] => [
    index.toString(16).padStart(16, '0'),
    { ...kinds[what], at: instantSchema.parse(at.length === 10 ? `${at}T12:00:00.000Z` : at), ...(line && { line }), ...(about && { about }) },
  ]);
  return Object.fromEntries([...groupBy(named, ([, { at }]) => dayOf(at))].map(([day, of]) => [day, Object.fromEntries(of)]));
}
const short = (path: ClosedPath): string => `${path.ended} ${path.steps.map(({ channel }) => channel).join(' > ')} ${path.valueMinor}`;
const closed = (...steps: Step[]): Record<string, string[]> =>
  Object.fromEntries(Object.entries(closedPathsOf(daysOf(steps))).map(([day, paths]) => [day, paths.map(short)]));

describe('a touch path', () => {
  it('ends with the order, with what it was worth, and counts two days later', () => {
    const steps: Step[] = [
      ['2026-03-01', 'mail'],
      ['2026-03-02', 'low', 'groceries'],
      ['2026-03-02T12:01:00.000Z', 'asked', 'groceries', 'ord_1'],
      ['2026-03-02T12:02:00.000Z', 'approved', 'groceries', 'ord_1'],
      ['2026-03-02T12:03:00.000Z', 'placed', 'groceries', 'ord_1'],
      ['2026-03-03', 'delivered', 'groceries', 'ord_1'],
    ];
    // The mail belongs to no line: it may have earned this order, and has not come to nothing.
    expect(closed(...steps)).toEqual({ '2026-03-04': ['order e-mail@company > fridge@device > push@company > tv@customer 1250'] });
  });
  it('is apart where a mandate bought, and of each line its own', () => {
    const steps: Step[] = [
      ['2026-03-02', 'low', 'groceries'],
      ['2026-03-02T12:01:00.000Z', 'page', 'heating'],
      ['2026-03-02T12:02:00.000Z', 'automatic', 'groceries', 'ord_1'],
      ['2026-03-02T12:03:00.000Z', 'placed', 'groceries', 'ord_1'],
      ['2026-03-05', 'placed', 'heating', 'ord_2'],
    ];
    expect(closed(...steps)).toEqual({ '2026-03-04': ['automatic fridge@device 800'], '2026-03-07': ['order web@customer 0'] });
  });
  it('lapses a month after its last touch, and goes on when another comes before', () => {
    expect(closed(['2026-03-01', 'page'], ['2026-03-20', 'mail'])).toEqual({ '2026-04-21': ['lapse web@customer > e-mail@company 0'] });
    expect(closed(['2026-03-01', 'page'], ['2026-04-05', 'mail'])).toEqual({
      '2026-04-02': ['lapse web@customer 0'],
      '2026-05-07': ['lapse e-mail@company 0'],
    });
  });
  it('leaves a touch out that is older than the window, and is direct without any', () => {
    expect(closed(['2026-01-01', 'page', 'heating'], ['2026-03-05', 'placed', 'heating'])).toEqual({
      '2026-02-02': ['lapse web@customer 0'],
      '2026-03-07': ['order direct@customer 0'],
    });
  });
  it('leads to a mandate too', () => {
    expect(closed(['2026-03-01', 'asked', 'groceries'], ['2026-03-02', 'granted'])['2026-03-04']).toEqual(['mandate push@company 0']);
  });
});

const anySteps = fc
  .array(
    fc.record({
      hour: fc.integer({ min: 0, max: 24 * 150 }),
      what: fc.constantFrom(...(Object.keys(kinds) as (keyof typeof kinds)[])),
      line: fc.constantFrom('groceries', 'heating', undefined),
      about: fc.constantFrom('ord_1', 'ord_2', undefined),
    }),
    { maxLength: 40 },
  )
  .map((all) => all.map(({ hour, what, line, about }): Step => [new Date(Date.UTC(2026, 0, 1, hour)).toISOString(), what, line, about]));

it('what closes between two days follows from the days around alone', () => {
  fc.assert(
    fc.property(anySteps, fc.integer({ min: 0, max: 180 }), fc.integer({ min: 0, max: 20 }), (steps, start, length) => {
      const days = daysOf(steps);
      const [from, to] = [dayAfter('2026-01-01', start), dayAfter('2026-01-01', start + length)];
      const read = readFor(from, to);
      const some = closedPathsOf(Object.fromEntries(Object.entries(days).filter(([day]) => day >= read.from && day <= read.to)));
      const within = (of: Record<string, ClosedPath[]>) =>
        Object.fromEntries(
          Object.entries(of)
            .filter(([day]) => day >= from && day <= to)
            .sort(),
        );
      expect(within(some)).toEqual(within(closedPathsOf(days)));
    }),
    { numRuns: 400 },
  );
});

it('a touchpoint changes only what closes within two windows after it', () => {
  fc.assert(
    fc.property(anySteps, fc.nat(), (steps, which) => {
      const one = steps[which % Math.max(1, steps.length)];
      if (one === undefined) return;
      const day = one[0].slice(0, 10);
      const outside = (of: readonly Step[]) =>
        Object.entries(closedPathsOf(daysOf(of)))
          .filter(([closes]) => closes < closesFrom(day) || closes > dayAfter(closesFrom(day), CLOSES_WITHIN_DAYS))
          .sort(([a], [b]) => (a < b ? -1 : 1));
      expect(outside(steps.filter((step) => step !== one))).toEqual(outside(steps));
    }),
    { numRuns: 300 },
  );
});

describe('what is closed too early', () => {
  const now = instantSchema.parse('2026-03-10T08:00:00.000Z');
  it('is noted with every touchpoint that comes late, and with none that comes in time', () => {
    expect(withLate(undefined, ['2026-03-10'], now)).toBeUndefined();
    expect(withLate(undefined, ['2026-03-09'], now)).toEqual({ from: '2026-03-09', to: '2026-03-09', times: 1 });
    expect(withLate({ from: '2026-03-05', to: '2026-03-05', times: 1 }, ['2026-02-01', '2026-03-07'], now)).toEqual({
      from: '2026-02-01',
      to: '2026-03-07',
      times: 2,
    });
  });
  it('is closed once more, as far as it may have changed', () => {
    expect(closingsDue({ closedUpTo: '2026-03-10' }, now)).toEqual([]);
    expect(closingsDue({ closedUpTo: '2026-03-08' }, now)).toEqual([{ from: '2026-03-09', to: '2026-03-10' }]);
    expect(closingsDue({ closedUpTo: '2026-03-10', late: { from: '2025-10-01', to: '2025-10-02', times: 3 } }, now)).toEqual([
      { from: '2025-10-03', to: '2025-12-03' },
    ]);
  });
});

const counted = (of: readonly ClosedPath[][]): Record<string, Counters> =>
  freeze({ batch: 0 }, Object.fromEntries(of.map((paths, index) => [String(index), contributionOfClosed(paths)])), {})?.deltas ?? {};
const period = { from: '2026-01', to: '2026-12' };

it('counters come to the same as the paths themselves, by every model, with nulls and without', () => {
  fc.assert(
    fc.property(anySteps, fc.boolean(), fc.constantFrom(...orders), (steps, withNulls, order) => {
      const closedDays = Object.values(closedPathsOf(daysOf(steps)));
      const paths = closedDays.flat().flatMap((path): TouchPath[] => {
        if (path.ended !== 'order' && path.ended !== 'lapse') return [];
        const isOrder = path.ended === 'order';
        return [{ steps: path.steps.map(({ channel }) => channel), conversions: Number(isOrder), value: path.valueMinor, nulls: Number(!isOrder) }];
      });
      const buckets = counted(closedDays);
      const read = Object.fromEntries(bucketsToRead(period).map((bucket) => [bucket, buckets[bucket] ?? {}]));
      const report = attributionIn(read, { ...period, order, withNulls });
      for (const { model, totals, channels } of report.models) {
        if (model === 'decay') continue;
        const batch = attribute(paths, { model, order, withNulls });
        expect(totals).toEqual(batch.totals);
        const expected = new Map(batch.channels.map((credit) => [credit.channel, credit]));
        for (const { channel, conversions, value } of channels) {
          expect(conversions).toBeCloseTo(expected.get(channel)?.conversions ?? -1, 5);
          expect(value).toBeCloseTo(expected.get(channel)?.value ?? -1, 1);
        }
        expect(batch.channels.filter(({ conversions }) => conversions > 0).every(({ channel }) => channels.some((one) => one.channel === channel))).toBe(true);
      }
      for (const one of orders) {
        const merged: Counters = {};
        for (const [bucket, counters] of Object.entries(read))
          if (isOfOrder(bucket, one)) for (const [name, many] of Object.entries(counters)) merged[name] = (merged[name] ?? 0) + many;
        expect(sorted(graphIn(merged, one))).toEqual(sorted(graphOf(paths, one)));
      }
    }),
    { numRuns: 60 },
  );
});
const sorted = ({ start, states }: ReturnType<typeof graphOf>) => ({
  start: [...start].sort(),
  states: [...states].map(([state, { next, ...rest }]) => [state, rest, [...next].sort()] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
});

it('divides a whole without losing a part, exactly up to sixteen', () => {
  for (let many = 1; many <= 20; many += 1) {
    const shares = new Map(Array.from({ length: many }, (_, index) => [`c${index}`, 1 / many]));
    const parts = [...inWholeParts(shares, WHOLE).values()];
    expect(parts.reduce((sum, one) => sum + one, 0)).toBe(WHOLE);
    if (many <= 16) expect(new Set(parts)).toEqual(new Set([WHOLE / many]));
    expect([...inWholeParts(shares, 7 * VALUE_PARTS).values()].reduce((sum, one) => sum + one, 0)).toBe(7 * VALUE_PARTS);
  }
});

it('sets what mandates buy apart, half to what led to them and half to what starts them', () => {
  const steps: Step[] = [
    ['2026-03-01', 'asked', 'groceries'],
    ['2026-03-02', 'granted'],
    ...['04', '08'].flatMap((day): Step[] => [
      [`2026-03-${day}`, 'low', 'groceries'],
      [`2026-03-${day}T12:01:00.000Z`, 'automatic', 'groceries', `ord_${day}`],
      [`2026-03-${day}T12:02:00.000Z`, 'placed', 'groceries', `ord_${day}`],
    ]),
  ];
  const buckets = counted(Object.values(closedPathsOf(daysOf(steps))));
  const read = Object.fromEntries(bucketsToRead(period).map((bucket) => [bucket, buckets[bucket] ?? {}]));
  const { automation, models } = attributionIn(read, { ...period, withNulls: true });
  expect(automation).toEqual({
    ...{ orders: 2, valueMinor: 1_600, mandates: 1 },
    created: [{ channel: 'push@company', orders: 1, valueMinor: 800 }],
    cycles: [{ channel: 'fridge@device', orders: 1, valueMinor: 800 }],
  });
  expect(models.every(({ totals }) => totals.conversions === 0)).toBe(true);
});

it('finds the middle one of lags', () => {
  expect(middleLag([1, 5, 2, 0])).toBe(1);
  expect(middleLag([0, 0])).toBeUndefined();
});
