/** A shop's name as people know it. */
import type { RetailerId } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { load } from '../runtime/store.ts';

/** The id stands in while the shop is unknown: a message late by a name is better than none. */
export const findRetailerName = async (retailerId: RetailerId): Promise<string> =>
  (await load(kinds.retailer, keys.retailer(retailerId)))?.state.name ?? retailerId;
