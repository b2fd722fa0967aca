import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DomainEvent } from '../../../../shared/events.ts';
import { curve, fanOf, feltAt, recoveries } from '../../../../shared/journey/emotion/curve.ts';
import { exceeds } from '../../../../shared/journey/emotion/exceeds.ts';
import { deliveryOf, pointOfDelivery } from '../../../../shared/journey/emotion/delivery.ts';
import type { EmotionPoint } from '../../../../shared/journey/emotion/points.ts';
import { studiedByPhase, studyFindingSchema, type StudyFinding } from '../../../../shared/journey/emotion/study.ts';
import { touchpointOf } from '../../../../shared/journey/touchpoint.ts';
import { traceOf } from '../../../../shared/journey/fold/trace.ts';
import { caseIdSchema, euros, orderIdSchema, retailerIdSchema } from '../../../../shared/values.ts';
import { anna, on, step, tracesOf } from '../life.ts';

const seed = Number(process.env['EMOTION_SEED'] ?? Date.now() % 1_000_000);
const point = (day: number, value: number, source: EmotionPoint['source'] = 'csat', confidence = 0.8): EmotionPoint => ({
  ...{ at: on(day), value, source, confidence },
  phase: 'support',
});

describe('the curve', () => {
  it('knows nothing before the first word, and that is no zero', () => {
    const [before, then] = curve([point(2, -0.5)], { from: on(1), to: on(2) });
    expect(before).toEqual({ at: on(1), confidence: 0 });
    expect(then).toEqual({ at: on(2), value: -0.5, confidence: 0.8 });
  });

  it('is less known the longer nobody says anything, and is a gap when too little is left', () => {
    // 0.8 is an error of a quarter; after 30 days as much is unknown again as moods differ: 1 / (1 + 0.25 + 1).
    expect(feltAt([point(0, 1)], on(30))).toEqual({ at: on(30), value: 1, confidence: 0.4444 });
    expect(feltAt([point(0, 1)], on(120))).toEqual({ at: on(120), confidence: 0.1905 });
    // What only happened to somebody is forgotten sooner than what they said.
    expect(feltAt([point(0, -1, 'promise')], on(20))).toEqual({ at: on(20), value: -0.2, confidence: 0.2 });
  });

  it('weighs what is newer and surer more, by hand', () => {
    // After 15 days 0.25 + 0.5 is unknown; a word with an error of 1 gains 0.75 / 1.75 of the way from −1 to 0.4, and leaves 0.75 × (1 − 3/7).
    expect(feltAt([point(0, -1), point(15, 0.4, 'csat', 0.5)], on(15))).toEqual({ at: on(15), value: -0.4, confidence: 0.7 });
  });

  it('is moved by what happens, which what is said then includes', () => {
    const late = point(1, -0.5, 'promise', 0.4);
    // −0.2 of it is left at once, and half of that after ten days.
    expect(feltAt([point(0, 0.5, 'csat', 1), late], on(1)).value).toBe(0.3);
    expect(feltAt([point(0, 0.5, 'csat', 1), late], on(11)).value).toBe(0.4);
    // Who says 0.3 just then has said it of both: the rest of it comes back as it is forgotten.
    expect(feltAt([late, point(1, 0.3, 'csat', 1)], on(11)).value).toBe(0.4);
  });

  it('is reckoned for both ends of a range', () => {
    expect(curve([], { from: on(0), to: on(1), stepMinutes: 360 }).map(({ at }) => at)).toEqual([on(0), on(0, 18), on(1, 0), on(1, 6), on(1)]);
  });
});

describe('a recovery', () => {
  it('takes from the complaint to the word after which it was as good as before', () => {
    const found = recoveries([point(0, 0.2), point(1, -0.8, 'complaint'), point(2, 0.1, 'csat', 0.1), point(3, 1, 'csat', 1), point(4, 1, 'csat', 1)]);
    expect(found).toEqual([{ complainedAt: on(1), recoveredAt: on(3), minutes: 2 * 1_440 }]);
  });

  it('is not told from silence', () => {
    expect(recoveries([point(1, -0.8, 'complaint')])).toEqual([{ complainedAt: on(1) }]);
  });
});

describe('what was promised', () => {
  const order = (delivered: number) =>
    tracesOf([
      step(on(0), 'order.accepted', { promisedAt: on(2) }),
      step(on(1), 'order.accepted', { promisedAt: on(9) }),
      step(on(delivered), 'order.delivered'),
    ]);
  it('is compared with what came, by the first promise', () => {
    expect(deliveryOf(Object.values(order(3)), 'Europe/Berlin')).toEqual({ promisedAt: on(2), deliveredAt: on(3), minutesLate: 1_440 });
    expect(deliveryOf([step(on(3), 'order.delivered')], 'Europe/Berlin')).toBeUndefined();
  });

  it('is felt: early, in time, a day late, weeks late', () => {
    const felt = [1, 2, 3, 30].map((day) => {
      const delivery = deliveryOf(Object.values(order(day)), 'Europe/Berlin');
      return delivery && pointOfDelivery(delivery).value;
    });
    expect(felt).toEqual([0.4, 0.2, -0.3, -0.8]);
  });
});

describe('a fan', () => {
  it('had expectations exceeded three times in ninety days, and again since the last complaint', () => {
    const good = [point(10, 0.9), point(20, 0.5, 'praise'), point(30, 0.4, 'promise')];
    expect(fanOf(good, on(40))).toEqual({ isFan: true, exceeded: 3 });
    expect(fanOf(good.slice(1), on(40)).isFan).toBe(false);
    expect(fanOf([...good, point(35, -0.6, 'complaint')], on(40)).isFan).toBe(false);
    expect(fanOf(good, on(101)).exceeded).toBe(2);
    expect(exceeds(point(1, 0.7))).toBe(false);
  });
});

describe('our own events', () => {
  const [orderId, retailerId] = [orderIdSchema.parse('ord_1'), retailerIdSchema.parse('rt_1')];
  const traceFor = (event: DomainEvent) => {
    const touchpoint = touchpointOf({ ...event, specversion: '1.0', id: 'HH#hh_anna/X/1/0', source: 'nachschub', subject: 'x', time: on(1) }, on(1));
    if (touchpoint === undefined) throw new Error('expected a touchpoint');
    return traceOf(touchpoint);
  };
  const delivered = { householdId: anna, orderId, retailerId, lines: [], total: euros(100) };

  it('say how it was felt where they do, and otherwise nothing', () => {
    const opened = traceFor({ type: 'case.opened', data: { householdId: anna, caseId: caseIdSchema.parse('case_1'), kind: 'late', orderId } });
    expect(opened).toMatchObject({ about: 'case_1', sentiment: { value: -0.6, source: 'complaint' } });
    expect(traceFor({ type: 'order.delivered', data: delivered }).sentiment).toBeUndefined();
    expect(traceFor({ type: 'order.delivered', data: { ...delivered, reason: 'out of stock' } }).sentiment?.source).toBe('promise');
    expect(traceFor({ type: 'order.expired', data: { householdId: anna, orderId, retailerId } }).sentiment).toBeUndefined();
  });

  it('keep when delivery was promised', () => {
    expect(traceFor({ type: 'order.accepted', data: { householdId: anna, orderId, retailerId, deliveryAt: on(3) } }).promisedAt).toBe(on(3));
  });
});

describe('a study', () => {
  const finding = (id: string, value: number, people: number, more = {}): StudyFinding => ({
    ...{ findingId: id, study: 'Autumn', method: 'interview', at: on(1), phase: 'support', value, people },
    ...more,
  });
  it('stands for a phase, by the root of how many were asked, and once however often it is imported', () => {
    const found = studiedByPhase([finding('a', -1, 9), finding('b', 1, 100), finding('a', -1, 9), finding('c', 0.5, 4, { phase: 'closing' })]);
    expect(found.support?.value).toBeCloseTo((-3 + 10) / 13, 10);
    expect(found.support).toMatchObject({ people: 109, findings: 2 });
    expect(Object.keys(found).sort()).toEqual(['closing', 'support']);
  });

  it('is never of a household', () => {
    expect(studyFindingSchema.safeParse({ ...finding('a', 0, 1), householdId: anna }).success).toBe(false);
  });
});

describe(`any feelings (EMOTION_SEED=${seed})`, () => {
  const points = fc.array(
    fc.record({
      at: fc.integer({ min: 0, max: 60 }).map((day) => on(day)),
      value: fc.double({ min: -1, max: 1, noNaN: true }),
      source: fc.constantFrom<EmotionPoint['source']>('csat', 'complaint', 'web', 'nps', 'promise'),
      confidence: fc.double({ min: 0, max: 1, noNaN: true }),
      phase: fc.constant('support' as const),
    }),
    { maxLength: 12 },
  );
  it('give a curve between −1 and 1 that does not depend on their order, with a gap exactly where too little is known', () => {
    fc.assert(
      fc.property(points, (given) => {
        const drawn = curve(given, { from: on(0), to: on(60) });
        expect(curve(given.toReversed(), { from: on(0), to: on(60) })).toEqual(drawn);
        for (const { value, confidence } of drawn) {
          expect(value === undefined).toBe(confidence < 0.2);
          expect(Math.abs(value ?? 0)).toBeLessThanOrEqual(1.0001);
        }
      }),
      { seed, numRuns: 100 },
    );
  });
});
