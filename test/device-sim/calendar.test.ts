import { describe, expect, it } from 'vitest';
import { dayAfter, dayAt, instantAt, weekdayOf } from '../../device-sim/calendar.ts';

const iso = (day: string, minutes: number, zone: string) => new Date(instantAt(day, minutes, zone)).toISOString();

describe('the calendar', () => {
  it.each([
    ['2026-03-28', 420, 'Europe/Berlin', '2026-03-28T06:00:00.000Z'],
    ['2026-03-29', 420, 'Europe/Berlin', '2026-03-29T05:00:00.000Z'],
    ['2026-10-25', 60, 'Europe/Berlin', '2026-10-24T23:00:00.000Z'],
    ['2026-10-25', 240, 'Europe/Berlin', '2026-10-25T03:00:00.000Z'],
    ['2026-07-01', 30, 'America/New_York', '2026-07-01T04:30:00.000Z'],
    ['2026-07-01', 30, 'Asia/Kolkata', '2026-06-30T19:00:00.000Z'],
    ['2026-07-01', 30, 'UTC', '2026-07-01T00:30:00.000Z'],
  ])('%s, minute %i in %s is %s', (day, minutes, zone, expected) => {
    expect(iso(day, minutes, zone)).toBe(expected);
    expect(dayAt(instantAt(day, minutes, zone), zone)).toBe(day);
  });

  it('counts days over months and years', () => {
    expect(dayAfter('2026-12-31')).toBe('2027-01-01');
    expect(dayAfter('2028-02-28')).toBe('2028-02-29');
    expect(weekdayOf('2026-03-01')).toBe(0);
  });
});
