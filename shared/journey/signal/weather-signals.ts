/** A weather forecast as signals: a spell is three days or more that are far from the season, or too warm for anybody. */
import type { DailyCelsius } from '../../supply/heat/heat-outdoor.ts';
import { seasonCelsius } from '../../supply/heat/heat-season.ts';
import type { Instant } from '../../values.ts';
import type { Signal } from './signal.ts';

/** Colder than the season by this on average: one winter week in eight (a day's standard deviation is 3.6 °C, and days are alike). */
const COLDER_MIN = 4;
/** Nobody heats above it, whatever the season. */
const HEATED_BELOW = 12;
/** As the mean of a day: about 30 °C in the afternoon. */
const HOT_FROM = 23;
const DAYS_MIN = 3;

const dateOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** Neighbouring days for which something holds, three or more. */
function spellsOf(days: readonly DailyCelsius[], holds: (day: DailyCelsius) => boolean): (readonly DailyCelsius[])[] {
  const spells: DailyCelsius[][] = [];
  for (const day of [...days].sort((a, b) => a.day - b.day)) {
    if (!holds(day)) continue;
    const open = spells.at(-1);
    if (open?.at(-1)?.day === day.day - 1) open.push(day);
    else spells.push([day]);
  }
  return spells.filter(({ length }) => length >= DAYS_MIN);
}

/** @param days of one place: today's and those foretold, in any order */
export function weatherSignals(days: readonly DailyCelsius[], now: Instant): Signal[] {
  const colder = ({ day, celsius }: DailyCelsius): number => seasonCelsius(day) - celsius;
  const mean = (spell: readonly DailyCelsius[], of: (day: DailyCelsius) => number): number => spell.reduce((sum, day) => sum + of(day), 0) / spell.length;
  const spanOf = (spell: readonly DailyCelsius[]) => ({ from: dateOf(spell[0]?.day ?? 0), to: dateOf(spell.at(-1)?.day ?? 0), at: now });
  return [
    ...spellsOf(days, (day) => colder(day) >= COLDER_MIN && day.celsius < HEATED_BELOW).map((spell): Signal => {
      const span = spanOf(spell);
      return { ...span, signalId: `cold-spell-${span.from}`, kind: 'cold-spell', colderCelsius: mean(spell, colder) };
    }),
    ...spellsOf(days, ({ celsius }) => celsius >= HOT_FROM).map((spell): Signal => {
      const span = spanOf(spell);
      return { ...span, signalId: `heat-wave-${span.from}`, kind: 'heat-wave', warmestCelsius: Math.max(...spell.map(({ celsius }) => celsius)) };
    }),
  ];
}
