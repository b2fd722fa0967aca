import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Pace } from '../../../../infra/local/broker/pace.ts';

describe('the pace of a connection', () => {
  it('is twenty at once, and then one for each fiftieth of a second', () => {
    const pace = new Pace(0);
    expect(Array.from({ length: 25 }, () => pace.takes(0)).filter(Boolean)).toHaveLength(20);
    expect(pace.takes(49)).toBe(false);
    expect(pace.takes(50)).toBe(true);
    expect(pace.takes(51)).toBe(false);
    expect(Array.from({ length: 100 }, () => pace.takes(60_000)).filter(Boolean)).toHaveLength(20);
  });

  it('never lets more pass than the burst and what the time has refilled', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(400), { maxLength: 300 }), (pauses) => {
        const pace = new Pace(0);
        let [now, passed] = [0, 0];
        for (const pause of pauses) {
          now += pause;
          if (pace.takes(now)) passed += 1;
        }
        expect(passed).toBeLessThanOrEqual(20 + (now * 20) / 1_000);
        // Whoever keeps to one in fifty milliseconds loses nothing.
        if (pauses.every((pause) => pause >= 50)) expect(passed).toBe(pauses.length);
      }),
    );
  });

  it('tells the number of what was too much, once a minute and at the end', () => {
    const pace = new Pace(0);
    const flood = (now: number, count: number) => Array.from({ length: count }, () => pace.takes(now));
    expect(pace.toReport(0)).toBeUndefined();
    flood(0, 21);
    expect(pace.toReport(0)).toBe(1);
    flood(1, 10);
    expect(pace.toReport(59_999)).toBeUndefined();
    expect(pace.toReport(60_000)).toBe(10);
    flood(60_000, 23);
    expect(pace.last()).toBe(3);
    expect(pace.last()).toBeUndefined();
  });
});
