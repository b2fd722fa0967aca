import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../../shared/digest.ts';
import { deviationsIn } from '../../../../shared/journey/tally/read-tally.ts';
import { mergeCounters } from '../../../../shared/journey/tally/batch.ts';
import { contributionOfProcess } from '../../../../shared/journey/tally/contribution.ts';
import { contributionOfSteps } from '../../../../shared/journey/tally/contributions-of.ts';
import { asOf, looksUntil, nextLook } from '../../../../shared/journey/tally/next-look.ts';
import type { Traces } from '../../../../shared/journey/fold/trace.ts';
import { addDuration, duration, type Instant } from '../../../../shared/values.ts';
import { on, step, tracesOf, type Step } from '../life.ts';

const seed = Number(process.env['LOOK_SEED'] ?? Date.now() % 1_000_000);
const minutesAfter = (at: Instant, minutes: number): Instant => addDuration(at, duration(minutes, 'minutes'));
const opened = step(on(0), 'case.opened', { about: 'case_1', phase: 'support' });
const answered = (day: number) => step(on(day), 'case.answered', { about: 'case_1', initiator: 'company' });
const solved = (day: number) => step(on(day), 'case.solved', { about: 'case_1' });
const lateIn = (traces: Traces, lookedAt?: Instant) =>
  deviationsIn(mergeCounters(contributionOfSteps(traces, lookedAt).map(({ counters }) => counters))).filter(({ kind }) => kind === 'late');

describe('a case that nobody answers', () => {
  const alone = tracesOf([opened]);

  it('is in order when it is opened, and late a minute after a day', () => {
    expect(lateIn(alone)).toEqual([]);
    expect(nextLook(alone, on(0))).toBe(minutesAfter(on(1), 1));
    const { lookedAt } = looksUntil(alone, undefined, minutesAfter(on(1), 15));
    expect(lookedAt).toBe(minutesAfter(on(1), 1));
    expect(lateIn(alone, lookedAt)).toMatchObject([{ step: 'answered', kind: 'late', journeys: 1 }]);
  });

  it('is looked at after as long again, and no more when it has come to nothing', () => {
    const looks: Instant[] = [];
    for (let at = nextLook(alone, on(0)); at !== undefined; at = nextLook(alone, at)) looks.push(at);
    expect(looks.slice(0, 3)).toEqual([minutesAfter(on(1), 1), on(2), on(3)]);
    expect(looks.at(-1)).toBe(minutesAfter(on(28), 1));
    expect(looks.length).toBeLessThan(9);
    const failed = mergeCounters(contributionOfSteps(alone, looks.at(-1)).map(({ counters }) => counters));
    expect(failed['conf|support-case|failed']).toBe(1);
  });

  it('is as late as it was when the answer has come after all', () => {
    const traces = tracesOf([opened, answered(2), solved(3)]);
    // A look before the last step says nothing any more.
    expect(asOf(traces, on(2, 3))).toBe(on(3));
    expect(lateIn(traces, on(1, 1))).toEqual(lateIn(traces));
    expect(nextLook(traces, on(3))).toBeUndefined();
  });
});

describe(`looks at any process (LOOK_SEED=${seed})`, () => {
  const words = ['order.proposed', 'order.approval-requested', 'order.approved', 'order.placed', 'order.accepted', 'order.delivered', 'case.opened'];
  const steps = fc.array(
    fc.record({ type: fc.constantFrom(...words, 'case.answered', 'case.solved', 'case.reopened'), hour: fc.integer({ min: 0, max: 24 * 12 }) }),
    { minLength: 1, maxLength: 8 },
  );
  const processOf = (given: { type: string; hour: number }[]): Traces =>
    tracesOf(given.map(({ type, hour }): Step => step(on(Math.floor(hour / 24), hour % 24), type, { about: 'ord_1', initiator: 'customer' })));

  it('see each change but how late it is, and come to the same however seldom somebody asks', () => {
    fc.assert(
      fc.property(steps, fc.array(fc.integer({ min: 1, max: 24 * 60 }), { maxLength: 6 }), (given, hours) => {
        const traces = processOf(given);
        const end = on(75);
        let lookedAt: Instant | undefined;
        for (const hour of [...hours].sort((a, b) => a - b)) lookedAt = looksUntil(traces, lookedAt, addDuration(on(12), duration(hour, 'hours'))).lookedAt;
        const often = looksUntil(traces, lookedAt, end);
        expect(often).toEqual(looksUntil(traces, undefined, end));
        const plain = (at: Instant) =>
          canonicalJson(
            contributionOfProcess(traces, at).map(({ bucket, counters }) => [bucket, Object.entries(counters).filter(([name]) => !name.endsWith('|late'))]),
          );
        expect(canonicalJson(contributionOfSteps(traces, often.lookedAt).map(({ bucket }) => bucket))).toBe(
          canonicalJson(contributionOfProcess(traces, end).map(({ bucket }) => bucket)),
        );
        expect(plain(asOf(traces, often.lookedAt) ?? end)).toBe(plain(end));
      }),
      { seed, numRuns: 150 },
    );
  });
});
