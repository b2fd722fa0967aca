import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { meanCelsius } from '../../../../device-sim/weather.ts';

test('the recorded series is the weather in which the heatings of seed 1 burn, one line a day without a gap', () => {
  const [header, ...lines] = readFileSync(new URL('../../../../infra/local/weather/recorded.csv', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  expect(header).toBe('date,celsius');
  const begin = Date.parse('2026-11-01');
  const expected = lines.map((_, index) => {
    const date = new Date(begin + index * 86_400_000).toISOString().slice(0, 10);
    return `${date},${meanCelsius(1, date).toFixed(1)}`;
  });
  expect(lines).toEqual(expected);
  expect(lines.length).toBeGreaterThan(400);
});
