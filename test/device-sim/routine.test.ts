import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayAfter, dayAt } from '../../device-sim/calendar.ts';
import { fridge } from '../../device-sim/fridge.ts';
import { mealsOf, portionsOf } from '../../device-sim/routine.ts';
import type { SlotSpec } from '../../device-sim/simulation.ts';
import { momentsAfter } from '../../device-sim/world.ts';
import { butter, day, eggs, fridgeSpec, milk, startsAt, timeZone } from './examples.ts';

const slots = [milk, eggs, butter];
const home = (seed: number) => ({ seed, thing: 'fridge-anna', timeZone });

function days(count: number, from = '2026-03-02'): string[] {
  const list = [from];
  while (list.length < count) list.push(dayAfter(list.at(-1) ?? from));
  return list;
}

describe('what a household takes out', () => {
  it('is the same for the same seed, thing, slot and day, whatever was asked before', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(...days(400)), (seed, date) => {
        const first = mealsOf(home(seed), slots, date);
        portionsOf(home(seed + 1), milk, date);
        expect(mealsOf(home(seed), slots, date)).toEqual(first);
        // A slot more or less in the fridge does not change what is taken from the others.
        expect(portionsOf(home(seed), milk, date)).toEqual(portionsOf(home(seed), { ...milk, initial: 0 }, date));
      }),
      { numRuns: 50 },
    );
  });

  it('differs between seeds, things, slots and days', () => {
    const of = (seed: number, thing: string, slot: string, date: string) =>
      JSON.stringify(portionsOf({ seed, thing, timeZone }, { ...milk, slot, usePerDay: 3 }, date));
    const all = [
      of(1, 'a', 'milk', '2026-03-02'),
      of(2, 'a', 'milk', '2026-03-02'),
      of(1, 'b', 'milk', '2026-03-02'),
      of(1, 'a', 'oat', '2026-03-02'),
      of(1, 'a', 'milk', '2026-03-03'),
    ];
    expect(new Set(all).size).toBe(all.length);
  });

  it.each([
    ['litres', milk],
    ['pieces', eggs],
    ['grams', butter],
    ['more than a door can be opened for', { ...milk, usePerDay: 30 }],
    ['less than a portion a day', { ...milk, usePerDay: 0.05 }],
  ] as const)('comes to usePerDay on average: %s', (_name, slot: SlotSpec) => {
    for (const seed of [1, 2]) {
      const total = days(1_400)
        .flatMap((date) => mealsOf(home(seed), [slot], date))
        .flatMap(({ portions }) => portions);
      const perDay = total.reduce((sum, { amount }) => sum + amount, 0) / 1_400;
      // Four standard errors: a day's deviation is about 0.4 of the mean and the square root of a portion.
      const error = (4 * Math.hypot(0.4 * slot.usePerDay, Math.sqrt(slot.usePerDay * slot.portion))) / Math.sqrt(1_400);
      expect(Math.abs(perDay - slot.usePerDay), `seed ${seed}: ${perDay} a day`).toBeLessThan(error);
    }
  });

  it('takes pieces whole, and more at the weekend than on working days', () => {
    const amounts = days(700).flatMap((date) => portionsOf(home(4), eggs, date).map(({ amount }) => ({ date, amount })));
    expect(amounts.every(({ amount }) => Number.isInteger(amount))).toBe(true);
    const on = (weekdays: number[]) => amounts.filter(({ date }) => weekdays.includes(new Date(date).getUTCDay())).length / weekdays.length;
    expect(on([0, 6])).toBeGreaterThan(on([1, 2, 3, 4]) * 1.05);
  });

  it('has its meals in order, within the local day, at waking hours, also when the clocks change', () => {
    for (const date of [...days(60), ...days(4, '2026-10-24')]) {
      const meals = mealsOf(home(5), slots, date);
      expect(meals.map(({ at }) => at)).toEqual(meals.map(({ at }) => at).sort((a, b) => a - b));
      for (const { at } of meals) {
        expect(dayAt(at, timeZone)).toBe(date);
        const hour = Number(new Intl.DateTimeFormat('en', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(at));
        expect(hour).toBeGreaterThanOrEqual(6);
        expect(hour).toBeLessThanOrEqual(22);
      }
    }
  });

  it('wakes the fridge at most forty times a day, and once even on a day away', () => {
    const perDay = new Map<string, number>();
    for (const moment of momentsAfter(home(6), fridge({ ...fridgeSpec(), slots: [...slots] }, home(6)), startsAt)) {
      if (moment.at > startsAt + 200 * day) break;
      const date = dayAt(moment.at, timeZone);
      perDay.set(date, (perDay.get(date) ?? 0) + 1);
    }
    const counts = [...perDay.values()].slice(1, -1);
    expect(Math.max(...counts)).toBeLessThanOrEqual(40);
    expect(Math.min(...counts)).toBe(1);
    expect(counts.filter((count) => count === 1).length).toBeLessThan(25);
  });
});
