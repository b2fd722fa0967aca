import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { domainEventSchema } from '../../../../shared/events.ts';

import { healthOf, shippedFactors, healthFactorsSchema, type HealthFactor } from '../../../../shared/journey/standing/health.ts';
import { isIn, previewSegment, segmentsSchema } from '../../../../shared/journey/standing/segment.ts';
import { shippedSegments } from '../../../../shared/journey/standing/shipped-segments.ts';

import { lookAt, newStanding, standingOf, standingSchema, transitions, type Given } from '../../../../shared/journey/standing/standing.ts';

import { programmeSchema, shippedProgramme, tierOf, valueClassOf } from '../../../../shared/journey/standing/tier.ts';
import { anna, lived, on, orders, step, summaryOf, tracesOf, type Step } from '../life.ts';

const seed = Number(process.env['STANDING_SEED'] ?? Date.now() % 1_000_000);
const known = (given: Given, ...steps: Step[]) => lookAt(lived(...steps), given, {}, undefined, on(30, 20)).known;

describe('the segments that come with the product', () => {
  const segmentsOf = (given: Given, ...steps: Step[]) => standingOf(lived(...steps), undefined, on(30, 20), given).segments.map(({ segment }) => segment);

  it('parse', () => {
    expect(segmentsSchema.parse(shippedSegments)).toHaveLength(shippedSegments.length);
    expect(healthFactorsSchema.parse(shippedFactors)).toHaveLength(shippedFactors.length);
    expect(programmeSchema.parse(shippedProgramme)).toEqual(shippedProgramme);
  });

  it('tell who runs by itself from who approves by hand; a half is by hand, and below three orders it is neither', () => {
    expect(segmentsOf({}, ...orders([1, 2], 'automation'), ...orders([3], 'customer'))).toContain('runs-by-itself');
    expect(segmentsOf({}, ...orders([1, 2], 'automation'), ...orders([3, 4], 'customer'))).toContain('approves-by-hand');
    const few = segmentsOf({}, ...orders([1, 2], 'automation'));
    expect(few).not.toContain('runs-by-itself');
    expect(few).not.toContain('approves-by-hand');
  });

  it('have a part of a part only in who is in the whole', () => {
    expect(segmentsOf({}, ...orders([1, 2, 3, 4, 5], 'customer'))).toEqual(['approves-by-hand', 'approves-fast']);
    expect(segmentsOf({}, ...orders([1, 2, 3, 4], 'customer'), ...orders([5, 6, 7, 8, 9], 'automation'))).toEqual(['runs-by-itself']);
    expect(segmentsOf({ predictions: { leaves: 0.6 } })).toEqual(['likely-to-leave']);
  });

  it('refuse an unknown parent, a circle, and a name twice', () => {
    const one = (segment: string, parent?: string) => ({ segment, ...(parent && { parent }), name: { de: 'x', en: 'x' }, condition: { phase: 'loyalty' } });
    expect(segmentsSchema.safeParse([one('aa'), one('bb', 'aa')]).success).toBe(true);
    for (const bad of [[one('aa', 'bb')], [one('aa', 'bb'), one('bb', 'aa')], [one('aa'), one('aa')]])
      expect(segmentsSchema.safeParse(bad).success).toBe(false);
  });

  it('are counted before they are saved, and who is not known apart', () => {
    const households = [known({ fields: { language: 'de' } }), known({ fields: { language: 'en' } }), known({})];
    const segment = { segment: 'german', name: { de: 'x', en: 'x' }, condition: { field: 'language', is: ['de'] } };
    expect(previewSegment(segment, shippedSegments, households)).toEqual({ of: 3, members: 1, unknown: 1, entering: 1, leaving: 0 });
    expect(isIn({ ...segment, parent: 'no-such' }, [], known({})).holds).toBe(false);
  });
});

describe('a membership', () => {
  it('begins with the touchpoint that brought it, is told once, goes on with its beginning, and is told when it ends', () => {
    const begun = orders([1, 2, 3], 'customer');
    const before = newStanding(anna);
    const first = standingOf(lived(...begun), before, on(4));
    expect(first.segments[0]).toMatchObject({ segment: 'approves-by-hand', since: on(3, 18) });
    expect(transitions(before, first).map(({ type, data }) => `${type} ${'segment' in data ? data.segment : `${data.productLine} ${data.phase}`}`)).toEqual([
      'phase.entered - loyalty',
      'phase.entered - up-selling',
      'phase.entered groceries loyalty',
      'phase.entered groceries up-selling',
      'segment.entered approves-by-hand',
    ]);
    const second = standingOf(lived(...begun, ...orders([6], 'customer')), first, on(9));
    expect(second.segments[0]?.since).toBe(on(3, 18));
    expect(transitions(first, second).some(({ type }) => type.startsWith('segment'))).toBe(true);
    const third = standingOf(lived(...begun, ...orders([6], 'customer'), ...orders([10, 11, 12, 13, 14], 'automation')), second, on(15));
    const told = transitions(second, third);
    expect(told.filter(({ type }) => type.startsWith('segment')).map(({ type, data }) => [type, 'segment' in data && data.segment])).toEqual([
      ['segment.entered', 'runs-by-itself'],
      ['segment.left', 'approves-by-hand'],
      ['segment.left', 'approves-fast'],
    ]);
    for (const event of told) expect(domainEventSchema.parse(event)).toEqual(event);
    expect(transitions(third, third)).toEqual([]);
  });

  it('that time alone brings about begins now', () => {
    const begun = [step(on(1, 7), 'household.created', { initiator: 'company' })];
    const before = standingOf(lived(...begun), undefined, on(2));
    expect(before.segments.map(({ segment, since }) => [segment, since])).toEqual([['new-here', on(1, 7)]]);
    const after = standingOf(lived(...begun), before, on(16));
    expect(after.segments.map(({ segment, since }) => [segment, since])).toEqual([
      ['new-here', on(1, 7)],
      ['stuck-at-the-start', on(16)],
    ]);
  });
});

describe('health', () => {
  it('weighs what is known by hand: deliveries 3 of 4 at weight 3, answers 4 of 4 at weight 1', () => {
    const factors: HealthFactor[] = [
      { factor: 'deliveries', weight: 3, days: 35, least: 1, good: ['order.delivered'], bad: ['order.rejected'] },
      { factor: 'answers', weight: 1, days: 35, least: 1, good: ['order.approved'], bad: ['order.declined'] },
      { factor: 'mood', weight: 6, days: 35, feeling: 'mean' },
    ];
    const summary = lived(...orders([1, 2, 3], 'customer'), step(on(4), 'order.approved'), step(on(5), 'order.rejected'));
    expect(healthOf(summary, {}, factors, on(6))).toEqual({
      ...{ score: 0.813, known: 0.4 },
      factors: [
        { factor: 'deliveries', weight: 3, value: 0.75 },
        { factor: 'answers', weight: 1, value: 1 },
        { factor: 'mood', weight: 6 },
      ],
    });
  });

  it('is unknown, not middling, when nothing is known', () => {
    const { score, known: share } = healthOf(lived(), {}, shippedFactors, on(6));
    expect([score, share]).toEqual([undefined, 0]);
  });

  it('takes a mood from −1 to 1 as 0 to 1, and a prediction of leaving upside down', () => {
    const mood = lived(step(on(1), 'survey', { sentiment: { value: -0.5, source: 'nps', confidence: 0.8 } }));
    expect(healthOf(mood, {}, [{ factor: 'mood', weight: 1, days: 35, feeling: 'mean' }], on(2)).score).toBe(0.25);
    expect(healthOf(mood, { leaves: 0.9 }, [{ factor: 'stays', weight: 1, prediction: 'leaves', isGood: false }], on(2)).score).toBe(0.1);
  });
});

describe('a tier', () => {
  const often = (many: number) =>
    lived(
      ...orders(
        Array.from({ length: many }, (_, index) => 1 + (index % 28)),
        'automation',
      ),
    );
  const tier = (many: number, given = {}) => tierOf(often(many), shippedProgramme, given, on(28, 23));

  it('is reached with two, four and more than four orders a week', () => {
    expect([7, 8, 15, 16, 17].map((many) => tier(many).tier)).toEqual([undefined, 'silver', 'silver', 'gold', 'platinum']);
    expect(tier(7).next).toEqual({ tier: 'silver', missing: 1 });
    expect(tier(17).next).toBeUndefined();
    expect(tier(8).perks).toEqual(['silver-delivery']);
  });

  it('does not fall because a device was silent, and falls when it was not', () => {
    expect(tier(3, { before: 'gold', silentDays: 4 })).toMatchObject({ tier: 'gold', reason: { code: 'device-was-silent', figures: { silent: 4 } } });
    expect(tier(3, { before: 'gold' }).tier).toBeUndefined();
    expect(tier(17, { before: 'silver', silentDays: 4 }).tier).toBe('platinum');
  });

  it('is projected with what will be consumed', () => {
    expect([tier(8, { forecast: 16.2 }).projected, tier(8, { forecast: 2 }).projected, tier(8).projected]).toEqual(['gold', 'none', undefined]);
  });

  it('goes by value or by shops where the programme says so', () => {
    const tiers = [{ tier: 'silver' as const, least: 3, perks: [] }];
    expect(tierOf(often(1), { ...shippedProgramme, dimension: 'shops', tiers }, { shops: 3 }, on(28)).tier).toBe('silver');
    expect(tierOf(often(2), { ...shippedProgramme, dimension: 'value', tiers: [{ tier: 'gold', least: 5_000, perks: [] }] }, {}, on(28)).tier).toBe('gold');
  });

  it('stands beside a class of value, which nobody has to whom nothing came', () => {
    const classes = [0, 1, 6, 16].map((many) => valueClassOf(often(many), shippedProgramme, on(28, 23)));
    expect(classes).toEqual([undefined, 'low', 'middle', 'high']);
  });
});

describe(`standing of any life (STANDING_SEED=${seed})`, () => {
  const types = ['order.delivered', 'order.approved', 'order.rejected', 'case.opened', 'case.solved', 'supply.bought-elsewhere', 'Product Viewed'];
  const lives = fc.array(
    fc.record({
      day: fc.integer({ min: 0, max: 90 }),
      type: fc.constantFrom(...types),
      own: fc.boolean(),
      mood: fc.option(fc.double({ min: -1, max: 1, noNaN: true })),
    }),
    { maxLength: 40 },
  );
  const made = (life: { day: number; type: string; own: boolean; mood: number | null }[]) =>
    tracesOf(
      life.map(({ day, type, own, mood }) =>
        step(on(day), type, {
          initiator: own ? 'customer' : 'automation',
          ...(mood !== null && { sentiment: { value: mood, source: 'csat' as const, confidence: 0.5 } }),
        }),
      ),
    );

  it('parses, is the same in any order, and its health is in 0–1', () => {
    fc.assert(
      fc.property(lives, (life) => {
        const traces = made(life);
        const standing = standingOf(summaryOf(traces), undefined, on(91));
        expect(standingSchema.parse(standing)).toEqual(standing);
        expect(standingOf(summaryOf(Object.fromEntries(Object.entries(traces).reverse())), undefined, on(91))).toEqual(standing);
        expect(standing.health?.score ?? 0.5).toBeGreaterThanOrEqual(0);
      }),
      { seed, numRuns: 100 },
    );
  });

  it('a factor that is not known changes nothing of the score, whatever its weight', () => {
    fc.assert(
      fc.property(lives, fc.integer({ min: 1, max: 100 }), (life, weight) => {
        const summary = summaryOf(made(life));
        const without = healthOf(summary, {}, shippedFactors, on(91)).score;
        const unknown: HealthFactor = { factor: 'never-known', weight, prediction: 'no-such', isGood: true };
        expect(healthOf(summary, {}, [...shippedFactors, unknown], on(91)).score).toBe(without);
      }),
      { seed, numRuns: 100 },
    );
  });
});
