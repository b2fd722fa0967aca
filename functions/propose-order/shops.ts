/** What the household's linked shops offer of some products, with the perks that it may have there. */
import { setTimeout as pause } from 'node:timers/promises';
import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { isLive } from '../../shared/retailer/conformance.ts';
import { isOffer, keptOfferSchema, type Offer } from '../../shared/retailer/offer.ts';
import { isAvoided } from '../../shared/retailer/outage.ts';
import type { Retailer } from '../../shared/retailer/retailer.ts';
import { platformPerks } from '../../shared/order/perk/platform-perks.ts';
import type { Considered } from '../../shared/order/record.ts';
import type { Household } from '../../shared/household/household.ts';
import { perksOfReferral } from '../../shared/household/referral.ts';
import { tierStanding, type Tier } from '../../shared/household/tier.ts';
import { openTo, standing, type Perk } from '../../shared/retailer/perk.ts';
import type { Gtin, HouseholdId, Instant, RetailerId } from '../../shared/values.ts';
import { keys, kinds, type Key } from '../runtime/aggregates.ts';
import { environment } from '../runtime/environment.ts';
import { documents, load } from '../runtime/store.ts';

/** DynamoDB takes a hundred keys a call. */
const KEYS_MAX = 100;
/** Before each try. */
const PAUSE_MILLIS = [0, 50, 200, 800] as const;
const storedOfferSchema = z.object({ state: keptOfferSchema });

/** Shops that are not live, or have never published terms, are left out; one that cannot be reached, as long as there is another. */
export async function offersOfShops(household: Household, gtins: readonly Gtin[], now: Instant): Promise<Considered[]> {
  const linked = await Promise.all(household.shops.map(({ retailerId }) => load(kinds.retailer, keys.retailer(retailerId))));
  const open = linked.flatMap((stored) => (stored?.state.terms === undefined || !isLive(stored.state) ? [] : [stored.state]));
  const reachable = open.filter((retailer) => !isAvoided(retailer, now));
  const tier = await tierOf(household.householdId, now);
  const own = await ownPerks(household.householdId);
  const shops = await Promise.all((reachable.length > 0 ? reachable : open).map((retailer) => offersAt(retailer, gtins, { tier, own, now })));
  return shops.flatMap((shop) => (shop === undefined ? [] : [shop]));
}

interface Asked {
  readonly householdId: HouseholdId;
  readonly gtins: readonly Gtin[];
  readonly now: Instant;
}

export async function offersOf(retailerId: RetailerId, { householdId, gtins, now }: Asked): Promise<Considered | undefined> {
  const retailer = (await load(kinds.retailer, keys.retailer(retailerId)))?.state;
  return retailer && offersAt(retailer, gtins, { tier: await tierOf(householdId, now), own: await ownPerks(householdId), now });
}

const tierOf = async (householdId: HouseholdId, now: Instant): Promise<Tier | undefined> =>
  tierStanding((await load(kinds.rhythm, keys.rhythm(householdId)))?.state, now).tier;

/** What is open to this household alone. */
const ownPerks = async (householdId: HouseholdId): Promise<readonly Perk[]> => perksOfReferral((await load(kinds.referral, keys.referral(householdId)))?.state);

interface Buyer {
  readonly tier: Tier | undefined;
  readonly own: readonly Perk[];
  readonly now: Instant;
}
async function offersAt(retailer: Retailer, gtins: readonly Gtin[], { tier, own, now }: Buyer): Promise<Considered | undefined> {
  const { retailerId, terms } = retailer;
  if (terms === undefined || !isLive(retailer)) return undefined;
  const wanted = [...new Set(gtins)].slice(0, KEYS_MAX).map((gtin) => ({ ...keys.offer(retailerId, gtin) }));
  const open = standing(openTo(tier, [...(retailer.perks?.perks ?? []), ...platformPerks, ...own]), now);
  const offers = wanted.length === 0 ? [] : await readOffers(wanted);
  return { retailerId, terms, offers, ...(open.length > 0 && { perks: open }) };
}

/**
 * BatchGetItem answers 200 even when it read only some, and then wants to be asked for the rest a little later. Throws when that does not help:
 * an order must not be made from half of the offers.
 */
async function readOffers(wanted: readonly Key[]): Promise<Offer[]> {
  const table = environment('RETAILERS_TABLE');
  const items: Record<string, unknown>[] = [];
  let left: Record<string, unknown>[] = wanted.map((key) => ({ ...key }));
  for (const millis of PAUSE_MILLIS) {
    await pause(millis);
    const command = new BatchGetCommand({ RequestItems: { [table]: { Keys: left, ConsistentRead: true } } });
    const { Responses: responses, UnprocessedKeys: unprocessed } = await documents.send(command);
    items.push(...(responses?.[table] ?? []));
    left = unprocessed?.[table]?.Keys ?? [];
    if (left.length === 0) return items.map((item) => storedOfferSchema.parse(item).state).filter(isOffer);
  }
  throw new Error(`the store left ${left.length} offers unread; the message will come again`);
}
