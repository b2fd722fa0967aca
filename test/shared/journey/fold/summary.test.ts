import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addRows, allOf, foldRows, monthsToRead, newSummary, rowOf, type Row, type Summary } from '../../../../shared/journey/fold/summary.ts';
import { countNamed } from '../../../../shared/journey/fold/count.ts';
import { windowEnding } from '../../../../shared/journey/fold/window.ts';
import { summaryOf } from '../../../../shared/journey/fold/fold-all.ts';
import { dayOf, type Trace, type Traces } from '../../../../shared/journey/fold/trace.ts';
import { withTraces } from '../../../../shared/journey/fold/traces.ts';
import { addDuration, duration, householdIdSchema, instantOf, instantSchema } from '../../../../shared/values.ts';

const householdId = householdIdSchema.parse('hh_anna');
const START = instantSchema.parse('2026-03-02T08:00:00.000Z');
const trace = (more: Partial<Trace> = {}): Trace => ({
  at: START,
  type: 'order.delivered',
  channel: 'retailer',
  initiator: 'company',
  phase: 'logistics',
  ...more,
});

/** The shell's steps, without a store: days that hold traces, and a summary over them. */
class Journey {
  readonly days = new Map<string, Traces>();
  summary: Summary = newSummary(householdId);

  fold(came: Traces): void {
    const rows: Record<string, Row> = {};
    for (const day of new Set(Object.values(came).map(({ at }) => dayOf(at)))) {
      const before = this.days.get(day) ?? {};
      const ofDay = Object.fromEntries(Object.entries(came).filter(([, { at }]) => dayOf(at) === day));
      this.days.set(day, withTraces(before, ofDay, 2_000) ?? before);
      rows[day] = rowOf(this.days.get(day) ?? {});
    }
    const months = monthsToRead(this.summary, Object.keys(rows)).map((month) => {
      const days = [...this.days].filter(([day]) => day.startsWith(month)).sort(([a], [b]) => (a < b ? -1 : 1));
      return [month, addRows(days.map(([, traces]) => rowOf(traces)))] as const;
    });
    this.summary = foldRows(this.summary, { days: rows, months: Object.fromEntries(months), traces: Object.values(came) });
  }
}

const anyTrace = fc
  .record({
    hours: fc.integer({ min: 0, max: 24 * 900 }),
    type: fc.constantFrom('order.delivered', 'order.approved', 'page'),
    initiator: fc.constantFrom('customer', 'automation'),
    line: fc.constantFrom('groceries', 'heating', undefined),
    valueMinor: fc.integer({ min: 0, max: 9_999 }),
    feeling: fc.option(fc.double({ min: -1, max: 1, noNaN: true }), { nil: undefined }),
  })
  .map(({ hours, line, feeling, ...more }) =>
    trace({
      ...{ at: addDuration(START, duration(hours, 'hours')), ...more },
      ...(line !== undefined && { line }),
      ...(feeling !== undefined && { sentiment: { value: feeling, source: 'csat', confidence: 0.7 } }),
    }),
  );
const history = fc.array(anyTrace, { minLength: 1, maxLength: 60 }).map((all) => all.map((one, index) => [index.toString(16).padStart(16, '0'), one] as const));

describe('a summary', () => {
  it('is the same for every order, every cut into batches and every repeat', () => {
    const shuffled = history.chain((all) =>
      fc.record({
        all: fc.constant(all),
        again: fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2, maxLength: all.length * 2 }),
        size: fc.integer({ min: 1, max: 9 }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ all, again, size }) => {
        const atOnce = new Journey();
        atOnce.fold(Object.fromEntries(all));
        const piecewise = new Journey();
        for (let from = 0; from < again.length; from += size) piecewise.fold(Object.fromEntries(again.slice(from, from + size)));
        // Moments of what is forgotten by now are in both: they only ever grow.
        expect(piecewise.summary).toEqual(atOnce.summary);
        expect(summaryOf(householdId, Object.fromEntries(piecewise.days))).toEqual(atOnce.summary);
      }),
      { numRuns: 150 },
    );
  });

  it('counts what its months hold, and its windows by whole days', () => {
    const journey = new Journey();
    const later = addDuration(START, duration(10, 'days'));
    journey.fold({ '00000000000000a1': trace({ valueMinor: 500, line: 'groceries' }), '00000000000000a2': trace({ at: later, valueMinor: 700 }) });
    expect(countNamed(allOf(journey.summary), ['order.delivered'])).toBe(2);
    expect(countNamed(allOf(journey.summary), ['order.delivered'], 'groceries')).toBe(1);
    expect(countNamed(allOf(journey.summary), ['order.delivered@customer'])).toBe(0);
    expect(windowEnding(journey.summary, dayOf(later), 10).touchpoints).toBe(1);
    expect(windowEnding(journey.summary, dayOf(later), 11)).toMatchObject({ touchpoints: 2, spentMinor: { groceries: 500, '-': 700 } });
    expect(journey.summary.first['order.delivered@company']).toBe(START);
    expect(journey.summary.last['order.delivered@company']).toBe(later);
  });

  it('does not grow with what has happened, but with the calendar', () => {
    const journey = new Journey();
    const foldYears = (from: number, to: number) => {
      for (let day = from; day < to; day += 1) {
        const at = instantOf(Date.parse(START) + day * 86_400_000);
        journey.fold({
          [day.toString(16).padStart(16, '0')]: trace({ at }),
          [(day + 1e6).toString(16).padStart(16, '0')]: trace({ at, type: 'page', initiator: 'customer' }),
        });
      }
      return JSON.stringify(journey.summary).length;
    };
    const after3Years = foldYears(0, 1_095);
    expect(foldYears(1_095, 2_190)).toBeLessThan(after3Years * 1.01);
    expect(Object.keys(journey.summary.days)).toHaveLength(35);
    expect(Object.keys(journey.summary.months)).toHaveLength(25);
  });
});

it('of a flood, the first in time stay, whatever order they came in', () => {
  const flood = Object.fromEntries(
    Array.from({ length: 9 }, (_, index) => [index.toString(16).padStart(16, '0'), trace({ at: addDuration(START, duration(index, 'minutes')) })] as const),
  );
  const entries = Object.entries(flood);
  const forwards = withTraces(withTraces({}, Object.fromEntries(entries.slice(0, 5)), 4) ?? {}, Object.fromEntries(entries.slice(5)), 4);
  const backwards = withTraces(withTraces({}, Object.fromEntries(entries.slice(5)), 4) ?? {}, Object.fromEntries(entries.slice(0, 5)), 4);
  expect(forwards).toBeUndefined();
  expect(Object.keys(backwards ?? {})).toEqual(entries.slice(0, 4).map(([id]) => id));
});
