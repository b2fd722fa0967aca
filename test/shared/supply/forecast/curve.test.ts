import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { levelCurve } from '../../../../shared/supply/forecast/curve.ts';
import { newDemand } from '../../../../shared/supply/demand.ts';
import { projectedStockout } from '../../../../shared/supply/forecast/forecast.ts';
import { forecastOf } from '../../../../shared/supply/forecast/forecast-of.ts';
import { after, milk, START } from '../milk.ts';

const forecast = forecastOf(milk(), START);
const draw = (more: Partial<Parameters<typeof levelCurve>[0]> = {}) =>
  levelCurve({ forecast, inHouse: 4_000, arrivals: [], now: START, until: after(24 * 9), ...more });
const at = (points: ReturnType<typeof draw>, instant: string) => points.findLast((point) => point.at <= instant) ?? expect.unreachable('no point');

describe('the course of a level', () => {
  it('begins with what is in the house and ends when it was asked to', () => {
    const points = draw();
    expect(points[0]).toEqual({ at: START, expected: 4_000, low: 4_000, high: 4_000 });
    expect(points.at(-1)?.at).toBe(after(24 * 9));
    expect(points.length).toBeLessThanOrEqual(42);
  });

  it('meets zero where the projected stockout stands: the middle at its median, the band at its ends', () => {
    const { p10, median, p90 } = projectedStockout(forecast, { position: 4_000, now: START });
    const until = (end: string) => draw({ until: end as typeof START }).at(-1);
    expect(until(p10)?.low).toBeCloseTo(0, -1);
    expect(until(median)?.expected).toBeCloseTo(0, -1);
    expect(until(p90)?.high).toBeCloseTo(0, -1);
  });

  it('rises by the whole of what arrives, also from zero', () => {
    const late = after(24 * 20);
    const points = draw({ arrivals: [{ at: late, amount: 2_000 }], until: after(24 * 25) });
    const [before, then] = points.filter((point) => point.at === late);
    expect([before?.expected, then?.expected]).toEqual([0, 2_000]);
    expect(at(points, after(24 * 22)).expected).toBeGreaterThan(300);
  });

  it('takes what is overdue to come now', () => {
    expect(draw({ arrivals: [{ at: after(-50), amount: 1_000 }] }).find(({ expected }) => expected === 5_000)?.at).toBe(START);
  });

  it('keeps the band around the middle, above zero, and falling between arrivals', () => {
    fc.assert(
      fc.property(
        fc.record({
          perDay: fc.integer({ min: 1, max: 3_000 }),
          portion: fc.integer({ min: 1, max: 1_000 }),
          confidenceDays: fc.integer({ min: 1, max: 200 }),
        }),
        fc.integer({ min: 0, max: 20_000 }),
        fc.array(fc.record({ hours: fc.integer({ min: -20, max: 400 }), amount: fc.integer({ min: 1, max: 9_000 }) }), { maxLength: 6 }),
        (household, inHouse, coming) => {
          const arrivals = coming.map(({ hours, amount }) => ({ at: after(hours), amount }));
          const points = draw({ forecast: forecastOf({ demand: newDemand({ ...household, asOf: START }) }, START), inHouse, arrivals });
          for (const [index, { low, expected, high, at: moment }] of points.entries()) {
            expect(low).toBeGreaterThanOrEqual(0);
            expect(expected).toBeGreaterThanOrEqual(low - 0.01);
            expect(high).toBeGreaterThanOrEqual(expected - 0.01);
            const next = points[index + 1];
            if (next && next.at !== moment && !arrivals.some((one) => one.at > moment && one.at <= next.at))
              expect(next.expected).toBeLessThanOrEqual(expected + 0.01);
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});
