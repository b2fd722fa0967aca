/** Households that went along where a campaign was steered to another channel. */
import { describe, expect, it } from 'vitest';
import { contributionOfExposure } from '../../../../shared/journey/experiment/exposure.ts';
import { migrationOf, sidesOf, withChannelFirst, type Steered } from '../../../../shared/journey/campaign/steering.ts';
import type { Trace, Traces } from '../../../../shared/journey/fold/trace.ts';
import { mergeCounters } from '../../../../shared/journey/tally/batch.ts';
import { addDuration, duration, householdIdSchema, instantSchema } from '../../../../shared/values.ts';

const at = instantSchema.parse('2026-03-10T00:00:00.000Z');
const day = (days: number) => addDuration(at, duration(days, 'days'));
const steered: Steered = { campaign: 'autumn', steering: { from: 'e-mail', to: 'app', at } };
const householdId = householdIdSchema.parse('hh_anna');

const answered = (days: number, channel: Trace['channel'], more: Partial<Trace> = {}): Trace => ({
  ...{ at: day(days), type: 'outreach.opened', channel, initiator: 'customer', phase: 'loyalty', campaign: 'autumn' },
  ...more,
});
const ordered = (days: number): Trace => ({ at: day(days), type: 'order.approved', channel: 'app', initiator: 'customer', phase: 'closing' });
const traces = (...of: Trace[]): Traces => Object.fromEntries(of.map((trace, index) => [String(index).padStart(16, '0'), trace]));
const given = (...of: Trace[]) => sidesOf(steered, traces(...of), { householdId, now: day(40) }).map(({ arm, hits }) => [arm, Object.keys(hits).length]);
const counted = (households: readonly Trace[][]) =>
  mergeCounters(
    households
      .flatMap((of) => sidesOf(steered, traces(...of), { householdId, now: day(40) }))
      .flatMap((side) => contributionOfExposure(side).map(({ counters }) => counters)),
  );

describe('a household', () => {
  it('has moved that answered over the dear channel first before and over the better first afterwards; its orders of both fortnights count', () => {
    expect(
      given(answered(-20, 'e-mail'), answered(-2, 'app'), answered(3, 'app'), answered(5, 'e-mail'), ordered(-3), ordered(4), ordered(16), ordered(18)),
    ).toEqual([
      ['moved', 0],
      ['moved-not', 2],
    ]);
    expect(given(answered(-20, 'e-mail'), answered(3, 'e-mail'), ordered(-19))).toEqual([
      ['stayed', 1],
      ['stayed-had', 0],
    ]);
  });

  it('is not counted before both fortnights are over, nor without an answer on both sides, nor for what it did not do itself', () => {
    expect(sidesOf(steered, traces(answered(-20, 'e-mail'), answered(3, 'app')), { householdId, now: day(16) })).toEqual([]);
    for (const of of [
      [answered(-13, 'e-mail'), answered(3, 'app')],
      [answered(-20, 'e-mail')],
      [answered(-9, 'tv'), answered(3, 'app')],
      [answered(-61, 'e-mail'), answered(3, 'app')],
      [answered(-20, 'e-mail'), answered(3, 'tv')],
      [answered(-20, 'e-mail', { initiator: 'company', type: 'outreach.sent' }), answered(3, 'app')],
    ])
      expect(given(...of)).toEqual([]);
  });
});

describe('what came of it', () => {
  const moved = (before: boolean, after: boolean): Trace[] => [
    ...[answered(-20, 'e-mail'), answered(3, 'app')],
    ...(before ? [ordered(-19)] : []),
    ...(after ? [ordered(4)] : []),
  ];
  const many = (count: number, one: Trace[]): Trace[][] => Array.from({ length: count }, () => one);

  it('says that it is not enough yet while few have moved, whatever they did', () => {
    expect(migrationOf(steered, counted(many(29, moved(false, true))))).toMatchObject({
      verdict: 'not-enough-yet',
      missing: 1,
      moved: { households: 29, after: 29 },
    });
    expect(migrationOf(steered, {})).toMatchObject({ verdict: 'not-enough-yet', missing: 30, moved: { households: 0 } });
    expect(migrationOf(steered, {}).moved).not.toHaveProperty('change');
  });

  it('says how many ordered before and after, with an interval, and better only where it does not hold 0', () => {
    const counters = counted([...many(20, moved(false, true)), ...many(20, moved(true, true)), ...many(5, [answered(-20, 'e-mail'), answered(3, 'e-mail')])]);
    const migration = migrationOf(steered, counters);
    expect(migration).toMatchObject({ verdict: 'better', missing: 0, moved: { households: 40, before: 20, after: 40 }, stayed: { households: 5 } });
    expect(migration.moved.change?.value).toBe(0.5);
    expect(migrationOf(steered, counted([...many(30, moved(true, true)), moved(false, true)])).verdict).toBe('no-difference-shown');
    expect(migrationOf(steered, counted(many(40, moved(true, false)))).verdict).toBe('worse');
  });

  it('takes each household with itself, from counters that do not grow with their number', () => {
    const kinds = [...many(30, moved(true, true)), ...many(12, moved(false, true)), ...many(4, moved(true, false)), ...many(14, moved(false, false))];
    const counters = counted(kinds);
    const migration = migrationOf(steered, counters);
    expect(migration).toMatchObject({ verdict: 'better', moved: { households: 60, before: 34, after: 42 } });
    // As if they were others it would be −0.038 to 0.295, and hold 0.
    expect(migration.moved.change?.low).toBeCloseTo(0.0023, 4);
    expect(migration.moved.change?.high).toBeCloseTo(0.2573, 4);
    expect(Object.keys(counted([...kinds, ...kinds])).sort()).toEqual(Object.keys(counters).sort());
  });

  it('puts the better channel before the dear one, and leaves alone what does not use it', () => {
    expect(withChannelFirst(['tv', 'e-mail', 'app'], steered.steering)).toEqual(['tv', 'app', 'e-mail']);
    expect(withChannelFirst(['e-mail'], steered.steering)).toEqual(['app', 'e-mail']);
    expect(withChannelFirst(['tv'], steered.steering)).toEqual(['tv']);
  });
});
