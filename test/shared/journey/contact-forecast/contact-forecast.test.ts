import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../../../infra/local/backtest/random.ts';
import { contactCounters, contactDayIn, type ContactDay } from '../../../../shared/journey/contact-forecast/contact.ts';
import { fitContacts, forecastContacts, intervalOf } from '../../../../shared/journey/contact-forecast/contact-forecast.ts';
import { mergeCounters } from '../../../../shared/journey/tally/batch.ts';
import { gammaFrom } from '../churn/lives.ts';

const MONDAY = Date.parse('2026-03-02');
const dayAt = (index: number): string => new Date(MONDAY + index * 86_400_000).toISOString().slice(0, 10);
const BUSY = [1.5, 1.2, 1, 1, 1.1, 0.7, 0.5];
const none = { late: 0, refused: 0, recall: 0, payment: 0 };

/** Mondays busy, Sundays quiet; every late order brings two in five a contact within three days; twice as scattered as chance. */
function history(seed: string, many: number, level = 20): ContactDay[] {
  const random = randomFrom('contacts', seed);
  const late = Array.from({ length: many }, () => (random() < 0.1 ? 30 + Math.floor(40 * random()) : Math.floor(3 * random())));
  return Array.from({ length: many }, (_, index) => {
    const brought = 0.4 * (0.5 * (late[index] ?? 0) + 0.3 * (late[index - 1] ?? 0) + 0.2 * (late[index - 2] ?? 0));
    const mean = level * (BUSY[index % 7] ?? 1) + brought;
    const drawn = gammaFrom(random, mean) * 1;
    let [contacts, product] = [-1, 1];
    for (const limit = Math.exp(-Math.min(600, drawn)); product > limit; contacts += 1) product *= random();
    return { day: dayAt(index), contacts, drivers: { ...none, late: late[index] ?? 0 } };
  });
}

describe('the forecast of contacts', () => {
  const past = history('past', 84);
  const model = fitContacts(past);

  it('finds the level, the weekdays, what brings contacts about and how much they scatter', () => {
    expect(Math.abs(model.level / 20 - 1)).toBeLessThan(0.15);
    for (const [weekday, busy] of BUSY.entries()) expect(Math.abs((model.weekdays[weekday] ?? 0) - busy)).toBeLessThan(0.25);
    expect(Math.abs(model.perDriver.late - 0.4)).toBeLessThan(0.2);
    expect(model.perDriver.recall).toBe(0);
    expect(model.dispersion).toBeGreaterThan(1.4);
    expect(model.dispersion).toBeLessThan(2.8);
  });

  it('has four days in five within its interval, and errs less than the mean of the days before', () => {
    let [within, days, own, flat] = [0, 0, 0, 0];
    for (const seed of ['a', 'b', 'c', 'd', 'e', 'f']) {
      const all = history(seed, 98);
      const before = all.slice(0, 84);
      const mean = before.reduce((sum, { contacts }) => sum + contacts, 0) / before.length;
      const known = Object.fromEntries(all.slice(84).map(({ day, drivers }) => [day, drivers]));
      for (const [index, { low, high, mean: foretold }] of forecastContacts(before, 14, known).entries()) {
        const came = all[84 + index]?.contacts ?? 0;
        days += 1;
        within += Number(came >= low && came <= high);
        own += Math.abs(came - foretold);
        flat += Math.abs(came - mean);
      }
    }
    expect(within / days).toBeGreaterThan(0.7);
    expect(within / days).toBeLessThan(0.93);
    expect(own).toBeLessThan(0.75 * flat);
  });

  it('foresees what a recall that will be told brings, once one has been lived through', () => {
    const lived = past.map((one, index) =>
      index === 40 ? { ...one, drivers: { ...one.drivers, recall: 100 } } : index >= 40 && index < 43 ? { ...one, contacts: one.contacts + 20 } : one,
    );
    const day = dayAt(85);
    const [, quiet] = forecastContacts(lived, 2);
    const [, told] = forecastContacts(lived, 2, { [day]: { recall: 200 } });
    expect(told?.because.map(({ driver }) => driver)).toContain('recall');
    expect(told?.mean).toBeGreaterThan((quiet?.mean ?? 0) + 20);
  });

  it('is nothing where there is no past, and never less than none', () => {
    expect(forecastContacts([], 3)).toEqual([]);
    const silent = Array.from({ length: 20 }, (_, index) => ({ day: dayAt(index), contacts: 0, drivers: none }));
    expect(forecastContacts(silent, 1)).toEqual([{ day: dayAt(20), mean: 0, low: 0, high: 0, because: [] }]);
  });
});

it('has the quantiles of a Poisson without more scatter, and wider ones with it', () => {
  // P(X ≤ 5) = 0.067, P(X ≤ 6) = 0.130; P(X ≤ 13) = 0.864, P(X ≤ 14) = 0.917 for a mean of 10.
  expect(intervalOf(10, 1)).toEqual({ low: 6, high: 14 });
  expect(intervalOf(10, 4).high).toBeGreaterThan(16);
  expect(intervalOf(4_000, 2)).toEqual({ low: Math.round(4_000 - 1.2816 * Math.sqrt(8_000)), high: Math.round(4_000 + 1.2816 * Math.sqrt(8_000)) });
});

it('counts what a person of the household began, and what brings such things about', () => {
  const counted = [
    contactCounters({ type: 'case.opened', channel: 'app', initiator: 'customer' }),
    contactCounters({ type: 'call.received', channel: 'call-centre', initiator: 'customer' }),
    contactCounters({ type: 'case.answered', channel: 'nachschub', initiator: 'company' }),
    contactCounters({ type: 'order.stuck', channel: 'nachschub', initiator: 'company' }),
  ];
  const counters = mergeCounters(counted.map((names) => Object.fromEntries(names.map((name) => [name, 1]))));
  expect(contactDayIn('2026-03-02', counters)).toEqual({ day: '2026-03-02', contacts: 2, drivers: { ...none, late: 1 } });
  expect(contactDayIn('2026-03-02', counters, 'app').contacts).toBe(1);
});
