import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  easterSunday,
  isWorkingDay,
  lastDayOf,
  nationalHolidays,
  withdrawalEndsAt,
  withdrawalStanding,
} from '../../../../shared/order/withdrawal/withdrawal.ts';
import { addDuration, daysBetween, duration, instantOf, instantSchema, localDate, millisOf } from '../../../../shared/values.ts';

const at = (text: string) => instantSchema.parse(text);

describe('Easter', () => {
  // Physikalisch-Technische Bundesanstalt, “Wann ist Ostern?”: the earliest, the latest and the exceptions of the century.
  it.each([
    [1818, '1818-03-22'],
    [1943, '1943-04-25'],
    [1954, '1954-04-18'],
    [1981, '1981-04-19'],
    [2000, '2000-04-23'],
    [2024, '2024-03-31'],
    [2025, '2025-04-20'],
    [2026, '2026-04-05'],
    [2038, '2038-04-25'],
    [2049, '2049-04-18'],
    [2076, '2076-04-19'],
  ])('of %i is on %s', (year, day) => {
    expect(easterSunday(year)).toBe(day);
  });

  it('is a Sunday between 22 March and 25 April', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1583, max: 4099 }), (year) => {
        const day = easterSunday(year);
        expect(new Date(`${day}T00:00:00Z`).getUTCDay()).toBe(0);
        expect(day.slice(5) >= '03-22' && day.slice(5) <= '04-25').toBe(true);
      }),
    );
  });
});

it('holidays of all of Germany in 2026', () => {
  expect(nationalHolidays(2026)).toEqual([
    ...['2026-01-01', '2026-04-03', '2026-04-06', '2026-05-01', '2026-05-14', '2026-05-25', '2026-10-03', '2026-12-25', '2026-12-26'],
  ]);
});

describe('the last day', () => {
  it.each([
    ['an ordinary one', '2026-03-04', '2026-03-18'],
    ['a Saturday rolls to Monday', '2026-03-07', '2026-03-23'],
    ['a Sunday rolls to Monday', '2026-03-08', '2026-03-23'],
    ['Good Friday rolls past Easter to Tuesday', '2026-03-20', '2026-04-07'],
    ['Easter Monday rolls to Tuesday', '2026-03-23', '2026-04-07'],
    ['Ascension rolls to Friday', '2026-04-30', '2026-05-15'],
    ['Christmas Day on a Friday rolls to Monday', '2026-12-11', '2026-12-28'],
    ['New Year rolls across the year', '2026-12-18', '2027-01-04'],
  ])('%s', (_, received, last) => {
    expect(lastDayOf(received)).toBe(last);
  });
});

describe('the end', () => {
  it.each([
    ['in winter', '2026-03-04T10:00:00.000Z', '2026-03-18T23:00:00.000Z'],
    ['in summer', '2026-07-01T10:00:00.000Z', '2026-07-15T22:00:00.000Z'],
    ['across the change to summer time', '2026-03-18T10:00:00.000Z', '2026-04-01T22:00:00.000Z'],
    ['across the change to winter time', '2026-10-14T10:00:00.000Z', '2026-10-28T23:00:00.000Z'],
    ['received half an hour before midnight in Berlin', '2026-03-03T22:30:00.000Z', '2026-03-17T23:00:00.000Z'],
    ['received half an hour after midnight in Berlin', '2026-03-03T23:30:00.000Z', '2026-03-18T23:00:00.000Z'],
  ])('%s', (_, received, end) => {
    expect(withdrawalEndsAt([at(received)])).toBe(end);
  });

  const receipts = fc
    .array(fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2044, 0, 1) }), { minLength: 1, maxLength: 5 })
    .map((all) => all.map(instantOf));

  it('is midnight in Berlin after a working day, never within fourteen days and never long after', () => {
    fc.assert(
      fc.property(receipts, fc.constantFrom('one-order' as const, 'regular' as const), (parcels, kind) => {
        const [first, ...more] = parcels;
        if (first === undefined) return;
        const end = withdrawalEndsAt([first, ...more], kind);
        const counted = instantOf((kind === 'regular' ? Math.min : Math.max)(...parcels.map(millisOf)));
        const lastDay = localDate(addDuration(end, duration(-1, 'seconds')), 'Europe/Berlin');
        expect(localDate(end, 'Europe/Berlin')).toBe(addDays(lastDay, 1));
        expect(isWorkingDay(lastDay)).toBe(true);
        // An hour of summer time may be missing; the longest run of days off is Christmas with a weekend, and Easter.
        expect(daysBetween(counted, end)).toBeGreaterThan(13.9);
        expect(daysBetween(counted, end)).toBeLessThan(20);
      }),
    );
  });

  it('does not depend on the order of the parcels, and a later parcel never shortens it', () => {
    fc.assert(
      fc.property(receipts, receipts, (a, b) => {
        const end = (all: typeof a) => withdrawalEndsAt(all as [(typeof a)[number], ...typeof a]);
        expect(end([...a].reverse())).toBe(end(a));
        expect(end([...a, ...b]) >= end(a)).toBe(true);
      }),
    );
  });
});

describe('whether it is possible', () => {
  const order = { isContract: true, hasRight: true, isAllWithdrawn: false, receivedAt: at('2026-03-04T10:00:00.000Z'), now: at('2026-03-18T22:59:59.999Z') };
  it('until the last moment, and then no more', () => {
    expect(withdrawalStanding(order)).toEqual({ possible: true, until: '2026-03-18T23:00:00.000Z' });
    expect(withdrawalStanding({ ...order, now: at('2026-03-18T23:00:00.000Z') })).toMatchObject({ possible: false, reason: 'period-over' });
  });
  it('before anything has come', () => {
    expect(withdrawalStanding({ ...order, receivedAt: undefined })).toEqual({ possible: true });
  });
  it.each([
    ['no-contract', { isContract: false }],
    ['no-right', { hasRight: false }],
    ['all-withdrawn', { isAllWithdrawn: true }],
  ])('not with %s', (reason, over) => {
    expect(withdrawalStanding({ ...order, ...over })).toMatchObject({ possible: false, reason });
  });
});
