/** A campaign tried on some households and leads, drawn by chance; nothing is sent, and nobody is counted in its experiment. */
import { z } from 'zod';
import type { Campaign } from '../../shared/journey/campaign/campaign.ts';
import { openStages } from '../../shared/journey/campaign/for-leads.ts';
import type { LeadAddressee } from '../../shared/journey/campaign/lead-piece-for.ts';
import type { Addressee } from '../../shared/journey/campaign/piece-for.ts';
import { tryOnHouseholds, tryOnLeads } from '../../shared/journey/campaign/preview.ts';
import { yesOf } from '../../shared/journey/lead/lead.ts';
import { addresseeOf, companyKnows } from '../runtime/addressee.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { LEADS, LEAD_PARTS } from '../runtime/company-partitions.ts';
import { leadRules } from '../runtime/lead.ts';
import { readRoll } from '../runtime/roll.ts';
import { list, load } from '../runtime/store.ts';
import { readCounters } from '../runtime/tally.ts';

/** Five reads each, which one request has the time for: enough to tell a fifth from a quarter. */
const HOUSEHOLDS_LOOKED_AT = 240;
const LEADS_LOOKED_AT = 160;
const AT_ONCE = 24;

const triedSchema = z.strictObject({
  ...{ of: z.int(), concerned: z.int(), unknown: z.int(), there: z.int() },
  pieces: z.array(z.strictObject({ piece: z.string(), get: z.int() })),
});
/** `of`: how many were looked at; `there`: how many there are. */
export const previewSchema = z.strictObject({ households: triedSchema, leads: triedSchema.optional() });

export async function previewOf(campaign: Campaign): Promise<z.infer<typeof previewSchema>> {
  const { now: counted = {} } = await readCounters(['now']);
  const households = tryOnHouseholds(campaign, await someHouseholds());
  const stages = openStages.map((stage) => [stage, counted[`lead|stage|${stage}`] ?? 0] as const);
  const leads = campaign.leads && {
    ...tryOnLeads(campaign.leads, await someLeads(stages)),
    there: stages.reduce((sum, [, many]) => sum + many, 0),
  };
  return previewSchema.parse({
    households: { ...households, there: Math.max(counted['now|households'] ?? 0, households.of) },
    ...(leads && { leads: { ...leads, there: Math.max(leads.there, leads.of) } }),
  });
}

async function someHouseholds(): Promise<Addressee[]> {
  const [drawn, company] = [(await readRoll(HOUSEHOLDS_LOOKED_AT)).slice(0, HOUSEHOLDS_LOOKED_AT), await companyKnows()];
  const now = productNow();
  return inTurn(drawn, ({ householdId }) => addresseeOf(householdId, company, now));
}

/** Of each stage as large a part as of the others: their names are hashes, so the first of them are a draw. */
async function someLeads(stages: readonly (readonly [stage: string, many: number])[]): Promise<LeadAddressee[]> {
  const all = Math.max(
    1,
    stages.reduce((sum, [, many]) => sum + many, 0),
  );
  const read = await Promise.all(
    stages.flatMap(([stage, many]) => {
      const most = Math.ceil((LEADS_LOOKED_AT * many) / all / LEAD_PARTS);
      if (most === 0) return [];
      return Array.from({ length: LEAD_PARTS }, (_, part) => list(kinds.leadEntry, `${LEADS}${part}`, `${LEADS}${stage}#`, most));
    }),
  );
  const rules = await leadRules();
  return inTurn(read.flat(), async ({ state: { leadId } }) => {
    const lead = (await load(kinds.lead, keys.lead(leadId)))?.state;
    return lead && { standing: lead.standing, covered: yesOf(lead, rules).covered };
  });
}

/** Who is gone meanwhile is left out. */
async function inTurn<One, Found>(all: readonly One[], read: (one: One) => Promise<Found | undefined>): Promise<Found[]> {
  const found: Found[] = [];
  for (let from = 0; from < all.length; from += AT_ONCE) {
    const some = await Promise.all(all.slice(from, from + AT_ONCE).map(read));
    found.push(...some.flatMap((one) => one ?? []));
  }
  return found;
}
