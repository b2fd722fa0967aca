/** Once a day, which campaigns concern a household: it enters their experiment, and what is meant for it goes through the gate. */
import { experimentOf, isRunning, type Campaign } from '../../shared/journey/campaign/campaign.ts';
import { pieceFor, type Addressee } from '../../shared/journey/campaign/piece-for.ts';
import { wishOf } from '../../shared/journey/campaign/wish-of.ts';
import { controlOf } from '../../shared/journey/experiment/experiment.ts';
import { givenOf } from '../../shared/journey/standing/given.ts';
import { lookAt } from '../../shared/journey/standing/standing.ts';
import { isInHouse } from '../../shared/household/household.ts';
import type { HouseholdId, Instant } from '../../shared/values.ts';
import { householdPk, keys, kinds } from '../runtime/aggregates.ts';
import { CAMPAIGNS_PK } from '../runtime/company-partitions.ts';
import { productNow } from '../runtime/clock.ts';
import { enterGiven } from '../runtime/experiment.ts';
import { reachHousehold } from '../runtime/outreach.ts';
import { list, load } from '../runtime/store.ts';
import { noteMoves } from './note-moves.ts';

/** Costs one read where no campaign runs. A repeat finds what the first has done: one message for each campaign. */
export async function addressFor(householdId: HouseholdId): Promise<void> {
  const now = productNow();
  const kept = (await list(kinds.campaign, CAMPAIGNS_PK, 'CAMPAIGN#')).map(({ state }) => state);
  await noteMoves(householdId, kept, now);
  const running = kept.flatMap((one) => (isRunning(one, now) ? [one.campaign] : []));
  const addressee = running.length === 0 ? undefined : await addresseeOf(householdId, now);
  if (addressee !== undefined) for (const campaign of running) await address(campaign, { householdId, addressee, now });
}

async function address(campaign: Campaign, { householdId, addressee, now }: { householdId: HouseholdId; addressee: Addressee; now: Instant }): Promise<void> {
  const piece = pieceFor(campaign, addressee);
  if (piece === undefined) return;
  const experiment = experimentOf(campaign);
  // Whom it concerns is counted, whether or not it reaches them.
  if ((await enterGiven(experiment, householdId, now)) === controlOf(experiment)) return;
  await reachHousehold(wishOf(campaign, piece, householdId, now), { keep: true });
}

/** Undefined where nothing may be known of it: it is not there, has objected, or nothing has happened in it yet. */
async function addresseeOf(householdId: HouseholdId, now: Instant): Promise<Addressee | undefined> {
  const pk = householdPk(householdId);
  const [household, summary, standing, rules, model, devices, supplies] = await Promise.all([
    load(kinds.household, keys.household(householdId)),
    load(kinds.journey, keys.journey(householdId)),
    load(kinds.standing, keys.standing(householdId)),
    load(kinds.journeyRules, keys.journeyRules()),
    load(kinds.purchaseModel, keys.purchaseModel()),
    list(kinds.device, pk, 'DEVICE#'),
    list(kinds.supply, pk, 'SUPPLY#'),
  ]);
  if (household === undefined || summary === undefined || summary.state.profiling?.allowed === false) return undefined;
  const given = givenOf(summary.state, { home: standing?.state.home, model: model?.state, rules: rules?.state, before: standing?.state }, now);
  return {
    postalCode: household.state.address.postalCode,
    devices: devices.flatMap(({ state }) => (isInHouse(state) ? [state.deviceType] : [])),
    productLines: supplies.flatMap(({ state }) => (state.removedAt === undefined ? [state.productLine] : [])),
    known: lookAt(summary.state, given, rules?.state ?? {}, standing?.state, now).known,
  };
}
