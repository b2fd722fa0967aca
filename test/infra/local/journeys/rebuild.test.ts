import { describe, expect, it } from 'vitest';
import { compare } from '../../../../infra/local/journeys/rebuild.ts';
import type { Journeys } from '../../../../infra/local/journeys/read-journeys.ts';
import { closedPathsOf } from '../../../../shared/journey/attribution/closing.ts';
import { foldAll, summaryOf } from '../../../../shared/journey/fold/fold-all.ts';
import { shippedLeadRules } from '../../../../shared/journey/lead/shipped-lead-rules.ts';
import { newStanding } from '../../../../shared/journey/standing/standing.ts';
import { freeze } from '../../../../shared/journey/tally/batch.ts';
import { contributionsOf } from '../../../../shared/journey/tally/contributions-of.ts';
import { touchpointSchema } from '../../../../shared/journey/touchpoint.ts';
import { householdIdSchema } from '../../../../shared/values.ts';

const householdId = householdIdSchema.parse('hh_anna');
const touchpoint = (digit: string, type: string, more: object = {}) =>
  touchpointSchema.parse({
    ...{
      touchpointId: `tp_${digit.repeat(32)}`,
      householdId,
      source: 'events',
      messageId: digit,
      type,
      channel: 'retailer',
      initiator: 'company',
      phase: 'logistics',
    },
    ...{ at: '2026-03-02T08:00:00.000Z', receivedAt: '2026-03-02T08:00:00.000Z', ...more },
  });
const touchpoints = [
  touchpoint('1', 'order.placed', { orderId: 'ord_1' }),
  touchpoint('2', 'order.delivered', { orderId: 'ord_1' }),
  touchpoint('3', 'household.created'),
];

/** As a run leaves it. */
function stored(more: Partial<Journeys> = {}): Journeys {
  const folded = foldAll(touchpoints);
  const contributions = contributionsOf({ ...folded, householdId, standing: undefined });
  const frozen = freeze({ batch: 0 }, { all: contributions }, {});
  return {
    ...{ items: [], touchpoints, records: [], exposures: [], pathInstances: [], actions: [], leads: [], closed: new Map(), standings: new Map() },
    leadRules: shippedLeadRules,
    folded: new Map([[householdId, folded]]),
    summaries: new Map([[householdId, summaryOf(householdId, folded.days)]]),
    tallies: Object.entries(frozen?.deltas ?? {}).map(([bucket, counters]) => ({ bucket, tally: { batch: 1, counters } })),
    ...more,
  };
}

describe('a rebuild', () => {
  it('finds what stands to be what the touchpoints make', () => {
    const compared = compare(stored());
    expect(compared).toMatchObject({ touchpoints: 3, households: 1, days: 1, processes: 1, differences: [] });
    expect(compared.counters).toBeGreaterThan(3);
  });

  it('names the household, the day, the process and the counter that differ', () => {
    const { differences } = compare(stored({ touchpoints: touchpoints.slice(0, 2) }));
    expect(differences.slice(0, 2)).toEqual(['hh_anna: other days at 2026-03-02', 'hh_anna: another summary']);
    expect(differences).toContain('2026-03 tp|retailer|logistics|company: 2 made, 3 stands');
    expect(compare(stored({ folded: new Map() })).differences).toContain('hh_anna: other processes at ord_1');
  });

  it('closes touch paths once more up to the day to which they were closed, and names the day that differs', () => {
    const standing = { ...newStanding(householdId), closedUpTo: '2026-03-05' };
    const day = '2026-03-04';
    const closed = new Map([[householdId, [{ householdId, day, paths: closedPathsOf(foldAll(touchpoints).days)[day] ?? [] }]]]);
    const differing = (more: Partial<Journeys>) => compare(stored({ standings: new Map([[householdId, standing]]), ...more })).differences;
    expect(differing({ closed }).filter((one) => one.includes('touch paths'))).toEqual([]);
    expect(differing({ closed })).toContain('2026-03~paths all|conversions: 1 made, 0 stands');
    expect(differing({})).toContain(`hh_anna: other touch paths closed on ${day}`);
    // Something has come late and waits for the next look.
    const late = { from: '2026-03-02', to: '2026-03-02', times: 1 };
    expect(differing({ standings: new Map([[householdId, { ...standing, late }]]) }).filter((one) => one.includes('touch paths'))).toEqual([]);
  });

  it('counts nothing of whoever has objected, and says so if something stands', () => {
    const summary = { ...stored().summaries.get(householdId), profiling: { allowed: false, privacyVersion: 1 } };
    const summaries = new Map([[householdId, { ...summary, householdId, days: {}, months: {}, first: {}, last: {} }]]);
    expect(compare(stored({ summaries, folded: new Map(), tallies: [] })).differences).toEqual([]);
    expect(compare(stored({ summaries, tallies: [] })).differences).toEqual(['hh_anna: has objected, and something is folded']);
  });
});
