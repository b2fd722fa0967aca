import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reportFunnel, reportMetric } from '../../../../shared/journey/metric/report.ts';
import { shippedFunnels, shippedMetrics } from '../../../../shared/journey/metric/shipped-metrics.ts';
import { standingOf } from '../../../../shared/journey/standing/standing.ts';
import { contributionSchema, mergeCounters, type Contribution, type Counters } from '../../../../shared/journey/tally/batch.ts';
import { contributionOfDay, contributionOfProcess, contributionOfStanding } from '../../../../shared/journey/tally/contribution.ts';
import { aidaIn, conformanceIn, deviationsIn, edgesIn, feelingsIn, standsNowIn, touchpointsIn } from '../../../../shared/journey/tally/read-tally.ts';
import { shippedModels } from '../../../../shared/journey/target/shipped-models.ts';
import { lived, on, orders, step, tracesOf, type Step } from '../life.ts';

const seed = Number(process.env['TALLY_SEED'] ?? Date.now() % 1_000_000);
const counted = (contributions: readonly Contribution[], bucket?: string): Counters =>
  mergeCounters(contributions.filter((one) => bucket === undefined || one.bucket === bucket).map(({ counters }) => counters));
const shared = <Found>(found: Found | undefined): Found => {
  if (found === undefined) throw new Error('expected it to come with the product');
  return found;
};
const orderModel = shared(shippedModels.find(({ model }) => model === 'order'));
const orderFunnel = shared(shippedFunnels.find(({ funnel }) => funnel === 'order'));

const day = on(0).slice(0, 10);
const mood = (value: number, confidence = 0.5) => ({ sentiment: { value, source: 'csat' as const, confidence } });
const company = { initiator: 'company', channel: 'retailer' } as const;
const order = (hours: number, more: Step[] = []): Step[] => [
  step(on(0, hours), 'order.proposed', { initiator: 'automation' }),
  step(on(0, hours), 'order.approval-requested', company),
  step(on(0, hours + 1), 'order.approved'),
  step(on(0, hours + 1), 'order.placed', { initiator: 'automation' }),
  step(on(0, hours + 2), 'order.accepted', { ...company, promisedAt: on(0, hours + 20) }),
  step(on(0, hours + 26), 'order.delivered', company),
  ...more,
];

describe('a day', () => {
  const steps = [
    step(on(0), 'survey', { channel: 'survey', phase: 'support', ...mood(-1) }),
    step(on(0), 'survey', { channel: 'survey', phase: 'support', ...mood(0.5, 1) }),
    step(on(0), 'page', { channel: 'web', phase: 'information' }),
  ];
  const [one, ...others] = contributionOfDay(day, tracesOf(steps));
  const counters = shared(one).counters;

  it('counts touchpoints by channel, phase and initiator', () => {
    expect(others).toEqual([]);
    expect(touchpointsIn(counters)).toEqual([
      { channel: 'survey', phase: 'support', initiator: 'customer', many: 2 },
      { channel: 'web', phase: 'information', initiator: 'customer', many: 1 },
    ]);
  });

  it('counts feelings by phase with how sure they are; a phase of which nobody knows has none', () => {
    const feelings = feelingsIn(counters);
    expect(feelings.support).toEqual({ value: 0, weight: 1.5, known: 1 });
    expect(feelings.loyalty).toEqual({ weight: 0, known: 0 });
  });

  it('can be read by AIDA', () => {
    expect(aidaIn(counters)).toEqual([
      { stage: 'attention', touchpoints: 0 },
      { stage: 'interest', touchpoints: 1 },
      { stage: 'desire', touchpoints: 0 },
      { stage: 'action', touchpoints: 0 },
      { stage: 'satisfaction', touchpoints: 2, feeling: 0 },
    ]);
  });
});

describe('a process', () => {
  it('counts how it went against how it should, to the day on which it began', () => {
    const contributions = [
      ...contributionOfProcess(tracesOf(order(0)), on(3)),
      ...contributionOfProcess(tracesOf(order(5, [step(on(1, 1), 'order.stuck', company)])), on(3)),
    ];
    expect([...new Set(contributions.map(({ bucket }) => bucket))]).toEqual([day]);
    const report = conformanceIn(orderModel, counted(contributions));
    expect(report).toMatchObject({ journeys: 2, succeeded: 2, open: 0, failed: 0, asPlanned: 1 });
    // 1 and 1 − 1 ÷ (7 + 5).
    expect(report.fitness).toBeCloseTo((1 + Math.round((1 - 1 / 12) * 1_000) / 1_000) / 2, 10);
    expect(report.deviations).toEqual([
      { model: 'order', step: 'stuck', kind: 'unexpected', times: 1, journeys: 1, minutes: 15, costMinor: 900, lateMinutes: 0 },
    ]);
    expect(report.steps).toMatchObject({ delivered: 2, shipped: 0 });
    expect(deviationsIn(counted(contributions))).toEqual(report.deviations);
  });

  it('counts its ways, from the beginning to the end, and how long each takes', () => {
    const edges = edgesIn('order', counted(contributionOfProcess(tracesOf(order(0)), on(3))));
    expect(edges).toContainEqual({ from: '^', to: 'proposed', times: 1 });
    expect(edges).toContainEqual({ from: 'accepted', to: 'delivered', times: 1, minutes: 24 * 60 });
    expect(edges).toContainEqual({ from: 'delivered', to: '$', times: 1 });
    expect(edgesIn('order', counted(contributionOfProcess(tracesOf(order(0).slice(0, 2)), on(0, 1)))).some(({ to }) => to === '$')).toBe(false);
  });

  it('counts metrics, of all channels and of the one where it was decided, and how far it came', () => {
    const counters = counted(contributionOfProcess(tracesOf(order(0)), on(3)));
    const promise = shared(shippedMetrics.find(({ metric }) => metric === 'delivered-as-promised'));
    expect(reportMetric(promise, counters)).toMatchObject({ of: 1, ok: 0, mean: 360, median: { above: 240, upTo: 1_440 } });
    expect(reportMetric(promise, counters, 'retailer').of).toBe(1);
    const begun = reportMetric(promise, counted(contributionOfProcess(tracesOf(order(0).slice(0, 5)), on(3))));
    expect(begun).toMatchObject({ of: 0, ok: 0, open: 1 });
    expect(reportFunnel(orderFunnel, counters).map(({ reached }) => reached)).toEqual([1, 1, 1, 1, 1]);
  });
});

describe('a standing', () => {
  const summary = lived(step(on(0, 1), 'household.created', { initiator: 'company' }), ...orders([2, 3, 4], 'automation'));
  const contributions = contributionOfStanding(standingOf(summary, undefined, on(5)));

  it('counts once how the household stands now, and how it began to the day on which it did', () => {
    const now = standsNowIn(counted(contributions, 'now'));
    expect(now).toMatchObject({
      households: 1,
      phases: { loyalty: 1 },
      segments: { 'runs-by-itself': 1, 'new-here': 1 },
      tiers: { none: 1 },
      values: { low: 1 },
    });
    expect(now.lines).toContainEqual({ line: 'groceries', phase: 'loyalty', households: 1 });
    const began = counted(contributions, day);
    expect(conformanceIn({ model: 'first-automatic-order', steps: [] }, began)).toMatchObject({ journeys: 1, succeeded: 1 });
    expect(reportMetric(shared(shippedMetrics.find(({ metric }) => metric === 'first-automatic-order')), began)).toMatchObject({ of: 1, ok: 1 });
    expect(reportFunnel(shared(shippedFunnels.find(({ funnel }) => funnel === 'start')), began).at(-1)?.reached).toBe(1);
  });
});

describe(`any journey (TALLY_SEED=${seed})`, () => {
  const types = [
    'order.proposed',
    'order.approved',
    'order.placed',
    'order.delivered',
    'order.stuck',
    'case.opened',
    'case.answered',
    'case.solved',
    'a|b',
    'page',
  ];
  const life = fc.array(fc.tuple(fc.nat(80), fc.constantFrom(...types), fc.double({ min: -1, max: 1, noNaN: true })), { maxLength: 20 });
  it('contributes the same in whatever order its touchpoints come, in whole numbers under short names', () => {
    fc.assert(
      fc.property(life, (given) => {
        const traces = tracesOf(given.map(([hour, type, value]) => step(on(0, hour), type, mood(value))));
        const shuffled = Object.fromEntries(Object.entries(traces).reverse());
        const all = [...contributionOfDay(day, traces), ...contributionOfProcess(traces, on(9))];
        expect([...contributionOfDay(day, shuffled), ...contributionOfProcess(shuffled, on(9))]).toEqual(all);
        for (const one of all) expect(contributionSchema.parse(one)).toEqual(one);
      }),
      { seed, numRuns: 100 },
    );
  });
});
