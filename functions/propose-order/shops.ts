/** What the household's linked shops offer of some products. */
import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { offerSchema } from '../../shared/retailer/offer.ts';
import type { Considered } from '../../shared/order/record.ts';
import type { Household } from '../../shared/household/household.ts';
import type { Gtin, RetailerId } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { environment } from '../runtime/environment.ts';
import { documents, load } from '../runtime/store.ts';

/** DynamoDB takes a hundred keys a call. */
const KEYS_MAX = 100;
const storedOfferSchema = z.object({ state: offerSchema });

/** Shops that are disabled, or have never published terms, are left out. */
export async function offersOfShops(household: Household, gtins: readonly Gtin[]): Promise<Considered[]> {
  const shops = await Promise.all(household.shops.map(({ retailerId }) => offersOf(retailerId, gtins)));
  return shops.flatMap((shop) => (shop === undefined ? [] : [shop]));
}

export async function offersOf(retailerId: RetailerId, gtins: readonly Gtin[]): Promise<Considered | undefined> {
  const retailer = (await load(kinds.retailer, keys.retailer(retailerId)))?.state;
  if (retailer?.terms === undefined || retailer.disabled !== undefined) return undefined;
  const wanted = [...new Set(gtins)].slice(0, KEYS_MAX).map((gtin) => ({ ...keys.offer(retailerId, gtin) }));
  if (wanted.length === 0) return { retailerId, terms: retailer.terms, offers: [] };
  const table = environment('RETAILERS_TABLE');
  const { Responses: responses, UnprocessedKeys: unprocessed } = await documents.send(
    new BatchGetCommand({ RequestItems: { [table]: { Keys: wanted, ConsistentRead: true } } }),
  );
  if (unprocessed?.[table] !== undefined) throw new Error(`the store left offers of ${retailerId} unread; the message will come again`);
  const offers = (responses?.[table] ?? []).map((item) => storedOfferSchema.parse(item).state);
  return { retailerId, terms: retailer.terms, offers };
}
