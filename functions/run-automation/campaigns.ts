/** Once a day, which campaigns concern a household: it enters their experiment, and what is meant for it goes through the gate. */
import { experimentOf, isRunning, type Campaign } from '../../shared/journey/campaign/campaign.ts';
import { pieceFor, type Addressee } from '../../shared/journey/campaign/piece-for.ts';
import { wishOf } from '../../shared/journey/campaign/wish-of.ts';
import { LEAD_ADDRESSED } from '../../shared/journey/lead/lead-addressing.ts';
import { controlOf } from '../../shared/journey/experiment/experiment.ts';
import type { HouseholdId, Instant } from '../../shared/values.ts';
import { addresseeOf, companyKnows } from '../runtime/addressee.ts';
import { kinds } from '../runtime/aggregates.ts';
import { CAMPAIGNS_PK } from '../runtime/company-partitions.ts';
import { productNow } from '../runtime/clock.ts';
import { isWanted, subscriptionsOn } from '../runtime/hand-on.ts';
import { enterGiven } from '../runtime/experiment.ts';
import { reachHousehold } from '../runtime/outreach.ts';
import { list } from '../runtime/store.ts';
import { noteMoves } from './note-moves.ts';

/** Costs one read where no campaign runs. A repeat finds what the first has done: one message for each campaign. */
export async function addressFor(householdId: HouseholdId): Promise<void> {
  const now = productNow();
  const kept = (await list(kinds.campaign, CAMPAIGNS_PK, 'CAMPAIGN#')).map(({ state }) => state);
  await noteMoves(householdId, kept, now);
  const running = kept.flatMap((one) => (isRunning(one, now) ? [one.campaign] : []));
  const addressee = running.length === 0 ? undefined : await addresseeOf(householdId, await companyKnows(), now);
  if (addressee !== undefined) for (const campaign of running) await address(campaign, { householdId, addressee, now });
}

/** None where nobody would hear of it: what is said to leads leaves through a subscription, and somebody is reached only if it does. */
export async function campaignsForLeads(): Promise<readonly Campaign[]> {
  const now = productNow();
  const kept = (await list(kinds.campaign, CAMPAIGNS_PK, 'CAMPAIGN#')).map(({ state }) => state);
  const running = kept.flatMap((one) => (isRunning(one, now) && one.campaign.leads !== undefined ? [one.campaign] : []));
  if (running.length === 0) return running;
  return (await subscriptionsOn()).some((one) => isWanted(one, { type: LEAD_ADDRESSED })) ? running : [];
}

async function address(campaign: Campaign, { householdId, addressee, now }: { householdId: HouseholdId; addressee: Addressee; now: Instant }): Promise<void> {
  const piece = pieceFor(campaign, addressee);
  if (piece === undefined) return;
  const experiment = experimentOf(campaign);
  // Whom it concerns is counted, whether or not it reaches them.
  if ((await enterGiven(experiment, householdId, now)) === controlOf(experiment)) return;
  await reachHousehold(wishOf(campaign, piece, householdId, now), { keep: true });
}
