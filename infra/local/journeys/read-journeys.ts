/** What a run has stored of journeys, as its commands read it: touchpoints, who is who, and what was made of them. */
import { z } from 'zod';
import { kinds, keys } from '../../../functions/runtime/aggregates.ts';
import { storedStateSchema } from '../../../functions/runtime/packed-state.ts';
import { groupBy } from '../../../shared/group.ts';
import type { ClosedDay } from '../../../shared/journey/attribution/closed-path.ts';
import type { Instance } from '../../../shared/journey/conversion-path/instance.ts';
import type { Exposure } from '../../../shared/journey/experiment/exposure.ts';
import type { Folded } from '../../../shared/journey/fold/fold-all.ts';
import type { Summary } from '../../../shared/journey/fold/summary.ts';
import { identityOf } from '../../../shared/journey/identity/identity.ts';
import type { IdentityRecord } from '../../../shared/journey/identity/identity-record.ts';
import { recordOfTouchpoint } from '../../../shared/journey/identity/touchpoint-record.ts';
import type { LeadRules } from '../../../shared/journey/lead/lead-rules.ts';
import type { Lead } from '../../../shared/journey/lead/lead.ts';
import { shippedLeadRules } from '../../../shared/journey/lead/shipped-lead-rules.ts';
import type { ActionLog } from '../../../shared/journey/next-best/action-log.ts';
import type { Standing } from '../../../shared/journey/standing/standing.ts';
import type { Tally } from '../../../shared/journey/tally/batch.ts';
import type { Touchpoint } from '../../../shared/journey/touchpoint.ts';
import type { HouseholdId } from '../../../shared/values.ts';
import { readItems } from '../why/read-items.ts';

const itemSchema = z.object({ pk: z.string(), sk: z.string(), state: storedStateSchema });
export type StoredItem = z.infer<typeof itemSchema>;

export interface Journeys {
  readonly items: readonly StoredItem[];
  readonly touchpoints: readonly Touchpoint[];
  /** Everything that was noted of who is who. */
  readonly records: readonly IdentityRecord[];
  /** By household: what stands folded, what it comes to, and where the household stands. */
  readonly folded: ReadonlyMap<HouseholdId, Folded>;
  readonly summaries: ReadonlyMap<HouseholdId, Summary>;
  readonly standings: ReadonlyMap<HouseholdId, Standing>;
  /** Of households in experiments. */
  readonly exposures: readonly Exposure[];
  /** Of conversion paths. */
  readonly pathInstances: readonly Instance[];
  /** Touch paths that are over, by household. */
  readonly closed: ReadonlyMap<HouseholdId, readonly ClosedDay[]>;
  /** What was recommended to each. */
  readonly actions: readonly ActionLog[];
  /** Of people without a household, and what they were made by. */
  readonly leads: readonly Lead[];
  readonly leadRules: LeadRules;
  /** By shard and bucket. */
  readonly tallies: readonly { readonly bucket: string; readonly tally: Tally }[];
}

/** @throws UsageError when there is nothing to read */
export async function readJourneys(data: string): Promise<Journeys> {
  const items = z.array(itemSchema).parse(await readItems(data));
  const all = <State>({ schema }: { readonly schema: z.ZodType<State> }, sk: string): State[] =>
    items.filter((item) => (sk.endsWith('#') ? item.sk.startsWith(sk) : item.sk === sk)).map(({ state }) => schema.parse(state));
  const days = groupBy(all(kinds.dayTraces, 'DAY#'), ({ householdId }) => householdId);
  const processes = groupBy(all(kinds.processTraces, 'PROCESS#'), ({ householdId }) => householdId);
  const bucketPrefix = keys.tally(0, '').sk;
  return {
    items,
    touchpoints: all(kinds.touchpoint, 'TP#'),
    records: all(kinds.circle, 'CIRCLE').flatMap(({ records }) => records),
    folded: new Map(
      [...new Set([...days.keys(), ...processes.keys()])].map((householdId) => [
        householdId,
        {
          days: Object.fromEntries((days.get(householdId) ?? []).map(({ day, traces }) => [day, traces])),
          processes: Object.fromEntries((processes.get(householdId) ?? []).map(({ about, traces }) => [about, traces])),
          lookedAt: Object.fromEntries(
            (processes.get(householdId) ?? []).flatMap(({ about, lookedAt }) => (lookedAt === undefined ? [] : [[about, lookedAt]])),
          ),
        },
      ]),
    ),
    summaries: new Map(all(kinds.journey, 'JOURNEY').map((summary) => [summary.householdId, summary])),
    standings: new Map(all(kinds.standing, 'STANDING').map((standing) => [standing.householdId, standing])),
    exposures: all(kinds.exposure, 'EXPOSURE#'),
    pathInstances: all(kinds.conversionPath, 'AUTO#'),
    closed: groupBy(all(kinds.closedDay, 'TOUCHPATHS#'), ({ householdId }) => householdId),
    actions: all(kinds.nextBest, 'NEXT-BEST'),
    leads: all(kinds.lead, 'LEAD'),
    leadRules: all(kinds.journeyRules, 'RULES')[0]?.leads ?? shippedLeadRules,
    tallies: items
      .filter(({ sk }) => sk.startsWith(bucketPrefix))
      .map(({ sk, state }) => ({ bucket: sk.slice(bucketPrefix.length), tally: kinds.tally.schema.parse(state) })),
  };
}

/** All touchpoints by the household that they belong to, as far as anybody knows. */
export function byHousehold({ touchpoints, records }: Pick<Journeys, 'touchpoints' | 'records'>): Map<string, Touchpoint[]> {
  const home = new Map(
    identityOf([...records, ...touchpoints.map(recordOfTouchpoint)]).touchpoints.map(({ recordId, householdId }) => [recordId, householdId] as const),
  );
  const known = touchpoints.flatMap((touchpoint) => {
    const householdId = home.get(touchpoint.touchpointId);
    return householdId === undefined ? [] : [{ householdId, touchpoint }];
  });
  return new Map([...groupBy(known, ({ householdId }) => householdId)].map(([householdId, of]) => [householdId, of.map(({ touchpoint }) => touchpoint)]));
}
