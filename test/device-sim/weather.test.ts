import { describe, expect, it } from 'vitest';
import { celsiusAt, degreeDays, meanCelsius, seasonCelsius } from '../../device-sim/weather.ts';

const days = (from: string, count: number) =>
  Array.from({ length: count }, (_, index) => new Date(Date.parse(from) + index * 86_400_000).toISOString().slice(0, 10));
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('the weather', () => {
  it('follows the year of Berlin', () => {
    expect(seasonCelsius('2026-01-20')).toBeCloseTo(0.8, 5);
    expect(seasonCelsius('2026-07-21')).toBeCloseTo(19.4, 1);
    expect(mean(days('2026-01-01', 365).map(seasonCelsius))).toBeCloseTo(10.1, 1);
    const januaries = [2026, 2027, 2028, 2029, 2030, 2031].flatMap((year) => days(`${year}-01-01`, 31).map((day) => meanCelsius(11, day)));
    expect(mean(januaries)).toBeGreaterThan(-1.5);
    expect(mean(januaries)).toBeLessThan(3.5);
  });

  it('differs from its season by some degrees, and resembles the day before', () => {
    const deviations = days('2026-01-01', 2_000).map((day) => meanCelsius(5, day) - seasonCelsius(day));
    const variance = mean(deviations.map((value) => value ** 2));
    expect(mean(deviations)).toBeCloseTo(0, 0);
    expect(Math.sqrt(variance)).toBeGreaterThan(3.2);
    expect(Math.sqrt(variance)).toBeLessThan(4);
    const neighbours = mean(deviations.slice(1).map((value, index) => value * (deviations[index] ?? 0))) / variance;
    expect(neighbours).toBeGreaterThan(0.69);
    expect(neighbours).toBeLessThan(0.81);
  });

  it('is the same for the same seed and day whatever was asked before, and another for another seed', () => {
    const once = meanCelsius(3, '2026-03-05');
    days('2026-02-01', 40).forEach((day) => meanCelsius(3, day));
    expect(meanCelsius(3, '2026-03-05')).toBe(once);
    expect(meanCelsius(4, '2026-03-05')).not.toBe(once);
  });

  it('is warmest in the afternoon, and four looks a day average to its mean', () => {
    const looks = [0, 6, 12, 18].map((hour) => celsiusAt(3, '2026-03-05', hour));
    expect(mean(looks)).toBeCloseTo(meanCelsius(3, '2026-03-05'), 9);
    expect(celsiusAt(3, '2026-03-05', 15)).toBeCloseTo(meanCelsius(3, '2026-03-05') + 3.5, 9);
    expect(celsiusAt(3, '2026-03-05', 3)).toBeLessThan(celsiusAt(3, '2026-03-05', 9));
  });

  it('asks for heat only below the base', () => {
    for (const day of days('2026-01-01', 365)) {
      expect(degreeDays(9, day, 15)).toBe(Math.max(0, 15 - meanCelsius(9, day)));
    }
    expect(days('2026-07-01', 31).filter((day) => degreeDays(9, day, 15) === 0).length).toBeGreaterThan(20);
  });
});
