import { expect, it } from 'vitest';
import { weatherSignals } from '../../../../shared/journey/signal/weather-signals.ts';
import { signalSchema } from '../../../../shared/journey/signal/signal.ts';
import { seasonCelsius } from '../../../../shared/supply/heat/heat-season.ts';
import { on } from '../life.ts';

const JANUARY = Date.parse('2026-01-10') / 86_400_000;
const JULY = Date.parse('2026-07-10') / 86_400_000;
const days = (first: number, celsius: readonly number[]) => celsius.map((one, index) => ({ day: first + index, celsius: one }));
const usual = seasonCelsius(JANUARY);

it('finds a cold spell of three days and says by how much, in whatever order the days come', () => {
  const told = days(JANUARY, [usual, usual - 6, usual - 7, usual - 8, usual, usual - 9, usual - 9]);
  const [spell, ...more] = weatherSignals([...told].reverse(), on(9));
  expect(more).toEqual([]);
  expect(spell).toMatchObject({ kind: 'cold-spell', from: '2026-01-11', to: '2026-01-13', signalId: 'cold-spell-2026-01-11' });
  expect(spell?.kind === 'cold-spell' && spell.colderCelsius).toBeCloseTo(7, 1);
  expect(signalSchema.safeParse(spell).success).toBe(true);
});

it('finds heat, and takes a cool July for no cold spell', () => {
  expect(weatherSignals(days(JULY, [24, 26, 27, 22]), on(190))).toMatchObject([
    { kind: 'heat-wave', from: '2026-07-10', to: '2026-07-12', warmestCelsius: 27 },
  ]);
  expect(weatherSignals(days(JULY, [13, 13, 13, 13]), on(190))).toEqual([]);
});

it('says nothing where days are missing in between, or nobody foretells any', () => {
  const told = days(JANUARY, [usual - 6, usual - 7, usual - 8]);
  expect(
    weatherSignals(
      [told[0], told[2]].flatMap((day) => day ?? []),
      on(9),
    ),
  ).toEqual([]);
  expect(weatherSignals([], on(9))).toEqual([]);
});
