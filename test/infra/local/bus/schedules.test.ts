import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextFiring, Schedules } from '../../../../infra/local/bus/schedules.ts';

const at = (instant: string): number => Date.parse(instant);
const after = (expression: string, instant: string): string => {
  const next = nextFiring(expression, at(instant));
  return Number.isFinite(next) ? new Date(next).toISOString() : 'never';
};

describe('the next firing', () => {
  it.each([
    ['rate(1 minute)', '2026-03-02T06:00:00.000Z', '2026-03-02T06:01:00.000Z'],
    ['rate(15 minutes)', '2026-03-02T06:00:00.001Z', '2026-03-02T06:15:00.000Z'],
    ['rate(15 minutes)', '2026-03-02T06:14:59.999Z', '2026-03-02T06:15:00.000Z'],
    ['rate(1 hour)', '2026-03-02T06:59:00.000Z', '2026-03-02T07:00:00.000Z'],
    ['rate(1 day)', '2026-03-02T06:00:00.000Z', '2026-03-03T00:00:00.000Z'],
    ['cron(0 6 * * ? *)', '2026-03-02T06:00:00.000Z', '2026-03-03T06:00:00.000Z'],
    ['cron(0 6 * * ? *)', '2026-03-02T05:59:59.999Z', '2026-03-02T06:00:00.000Z'],
    ['cron(30 2 * * ? *)', '2026-03-29T00:00:00.000Z', '2026-03-29T02:30:00.000Z'],
    ['cron(30 2 * * ? *)', '2026-10-25T02:30:00.000Z', '2026-10-26T02:30:00.000Z'],
    ['cron(0/15 * * * ? *)', '2026-03-02T06:16:00.000Z', '2026-03-02T06:30:00.000Z'],
    ['cron(5/20 * * * ? *)', '2026-03-02T06:45:00.000Z', '2026-03-02T07:05:00.000Z'],
    ['cron(*/10 8-9 * * ? *)', '2026-03-02T09:50:00.000Z', '2026-03-03T08:00:00.000Z'],
    ['cron(0 8/6 * * ? *)', '2026-03-02T14:00:00.000Z', '2026-03-02T20:00:00.000Z'],
    ['cron(0,30 12 * * ? *)', '2026-03-02T12:00:00.000Z', '2026-03-02T12:30:00.000Z'],
    // 2026-03-02 is a Monday; 1 is Sunday.
    ['cron(0 10 ? * 1 *)', '2026-03-02T06:00:00.000Z', '2026-03-08T10:00:00.000Z'],
    ['cron(0 10 ? * 7 *)', '2026-03-02T06:00:00.000Z', '2026-03-07T10:00:00.000Z'],
    ['cron(0 10 ? * 2-6 *)', '2026-03-06T10:00:00.000Z', '2026-03-09T10:00:00.000Z'],
    ['cron(0 10 ? * MON-FRI *)', '2026-03-06T10:00:00.000Z', '2026-03-09T10:00:00.000Z'],
    ['cron(0 10 ? * SUN,WED *)', '2026-03-02T06:00:00.000Z', '2026-03-04T10:00:00.000Z'],
    ['cron(0 10 ? * 2/2 *)', '2026-03-04T10:00:00.000Z', '2026-03-06T10:00:00.000Z'],
    ['cron(0 10 ? * 6L *)', '2026-03-02T06:00:00.000Z', '2026-03-27T10:00:00.000Z'],
    ['cron(0 10 ? * 3#2 *)', '2026-03-02T06:00:00.000Z', '2026-03-10T10:00:00.000Z'],
    ['cron(0 10 L * ? *)', '2026-02-02T06:00:00.000Z', '2026-02-28T10:00:00.000Z'],
    ['cron(0 10 15W * ? *)', '2026-03-02T06:00:00.000Z', '2026-03-16T10:00:00.000Z'],
    ['cron(0 10 29 2 ? *)', '2026-03-02T06:00:00.000Z', '2028-02-29T10:00:00.000Z'],
    ['cron(0 10 1 JAN,jul ? *)', '2026-03-02T06:00:00.000Z', '2026-07-01T10:00:00.000Z'],
    ['cron(0 10 1 1 ? 2027-2028)', '2027-01-01T10:00:00.000Z', '2028-01-01T10:00:00.000Z'],
    ['cron(0 10 1 1 ? 2020)', '2026-03-02T06:00:00.000Z', 'never'],
    ['cron(0 10 31 2 ? *)', '2026-03-02T06:00:00.000Z', 'never'],
  ])('of %s after %s is %s', (expression, instant, expected) => {
    expect(after(expression, instant)).toBe(expected);
  });

  it('of a rate keeps its rhythm wherever one begins to ask', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600 }), fc.constantFrom('minute', 'hour', 'day'), fc.integer({ min: 0, max: 4e12 }), (amount, unit, from) => {
        const expression = `rate(${amount} ${unit}${amount === 1 ? '' : 's'})`;
        const period = amount * { minute: 60_000, hour: 3_600_000, day: 86_400_000 }[unit];
        const next = nextFiring(expression, from);
        expect(next % period).toBe(0);
        expect(next - from).toBeGreaterThan(0);
        expect(next - from).toBeLessThanOrEqual(period);
      }),
    );
  });

  it('of a daily cron is the first moment after that has its hour and minute', () => {
    const day = 86_400_000;
    fc.assert(
      fc.property(fc.nat({ max: 59 }), fc.nat({ max: 23 }), fc.integer({ min: at('2020-01-01'), max: at('2060-01-01') }), (minute, hour, from) => {
        const offset = (hour * 60 + minute) * 60_000;
        expect(nextFiring(`cron(${minute} ${hour} * * ? *)`, from)).toBe((Math.floor((from - offset) / day) + 1) * day + offset);
      }),
    );
  });
});

describe('loading refuses', () => {
  it.each([
    ['at(2026-03-02T06:00:00)', 'expected rate(…) or cron(…)'],
    ['rate(0 minutes)', 'a whole number'],
    ['rate(1.5 hours)', 'a whole number'],
    ['rate(5 weeks)', 'a whole number'],
    ['rate(1 minutes)', 'singular for 1'],
    ['rate(2 minute)', 'singular for 1'],
    ['cron(0 6 * * *)', 'six fields'],
    ['cron(0 6 * * * *)', 'must be ?'],
    ['cron(0 6 ? * ? *)', 'must be ?'],
    ['cron(60 6 * * ? *)', 'the minutes 60'],
    ['cron(0 6,24 * * ? *)', 'the hours 6,24'],
    ['cron(0 6 0 * ? *)', 'the day of month 0'],
    ['cron(0 6 32W * ? *)', 'the day of month 32W'],
    ['cron(0 6 1 MAI ? *)', 'the month MAI'],
    ['cron(0 6 1 1 ? 1969-1970)', 'the year 1969-1970'],
    ['cron(*/0 6 1 1 ? *)', 'stepping'],
    ['cron(? 6 * * ? *)', 'the minutes ?'],
    ['cron(0 6 ? * 0 *)', 'the day of week 0'],
    ['cron(0 6 ? * 8 *)', 'the day of week 8'],
    ['cron(0 6 ? * L *)', 'the day of week L'],
    ['cron(0 6 ? * +MON *)', 'the day of week +MON'],
    ['cron(0 6 ? * FRI-MON *)', '6-2'],
    ['cron(0 6 LW * ? *)', 'the day of month LW'],
    ['cron(0 6 L-3 * ? *)', 'the day of month L-3'],
    ['cron(@daily)', 'six fields'],
  ])('%s', (expression, message) => {
    expect(() => nextFiring(expression, 0)).toThrow(`the schedule ${expression}`);
    expect(() => nextFiring(expression, 0)).toThrow(message);
  });
});

describe('schedules', () => {
  const rules = [
    { name: 'run-due', expression: 'rate(15 minutes)' },
    { name: 'nightly', expression: 'cron(10 0 * * ? *)' },
  ];
  const start = at('2026-03-02T23:50:00.000Z');

  it('tell what is next and then that it is due, once', () => {
    const schedules = new Schedules(rules, start);
    expect(schedules.due(start)).toEqual([]);
    const midnight = at('2026-03-03T00:00:00.000Z');
    expect(schedules.next(start)).toBe(midnight);
    expect(schedules.due(midnight)).toEqual([{ name: 'run-due', atMillis: midnight }]);
    expect(schedules.due(midnight)).toEqual([]);
    expect(schedules.next(midnight)).toBe(at('2026-03-03T00:10:00.000Z'));
  });

  it('tell a rule once, with its latest moment, when much time has gone by', () => {
    const schedules = new Schedules(rules, start);
    expect(schedules.due(at('2027-03-03T00:20:00.000Z'))).toEqual([
      { name: 'nightly', atMillis: at('2027-03-03T00:10:00.000Z') },
      { name: 'run-due', atMillis: at('2027-03-03T00:15:00.000Z') },
    ]);
  });

  it('have nothing to do without rules', () => {
    const schedules = new Schedules([], start);
    expect(schedules.next(start)).toBe(Infinity);
    expect(schedules.due(start + 1e9)).toEqual([]);
  });

  it('are all told by whoever steps from next to next', () => {
    fc.assert(
      fc.property(fc.integer({ min: at('2026-01-01'), max: at('2027-01-01') }), fc.integer({ min: 1, max: 200 }), (from, steps) => {
        const schedules = new Schedules(rules, from);
        const told: string[] = [];
        let now = from;
        for (let step = 0; step < steps; step += 1) {
          now = schedules.next(now);
          told.push(...schedules.due(now).map(({ name, atMillis }) => `${name} ${atMillis}`));
        }
        const quarters = Math.floor(now / 900_000) - Math.floor(from / 900_000);
        const nights = Math.floor((now - 600_000) / 86_400_000) - Math.floor((from - 600_000) / 86_400_000);
        expect(told.filter((line) => line.startsWith('run-due'))).toHaveLength(quarters);
        expect(told.filter((line) => line.startsWith('nightly'))).toHaveLength(nights);
        expect(new Set(told).size).toBe(told.length);
      }),
      { numRuns: 30 },
    );
  });
});
