/** What a call to a shop says about the shop itself: told once an outage, and never shut out in silence. The alarm looks for these very lines. */
import { disable, noteFailure, noteSuccess } from '../../shared/retailer/outage.ts';
import type { Retailer } from '../../shared/retailer/retailer.ts';
import { ignored, type Instant, type RetailerId } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { logger } from '../runtime/log.ts';
import { change } from '../runtime/store.ts';

type Note = (retailer: Retailer) => ReturnType<typeof noteFailure>;
const changeShop = (retailerId: RetailerId, note: Note) =>
  change(kinds.retailer, keys.retailer(retailerId), (retailer) => (retailer === undefined ? ignored('no-such-retailer') : note(retailer)));

export async function noteUnreached(retailerId: RetailerId, now: Instant): Promise<void> {
  const noted = await changeShop(retailerId, (retailer) => noteFailure(retailer, now));
  if (noted.kind === 'changed' && noted.events.length > 0) logger.error('shop unreachable', { retailerId, since: noted.state.outage?.since });
}

/** The item is read and not written while all is well. */
export async function noteReached(retailerId: RetailerId, now: Instant): Promise<void> {
  const noted = await changeShop(retailerId, (retailer) => noteSuccess(retailer, now));
  if (noted.kind === 'changed' && noted.events.length > 0) logger.info('shop reachable again', { retailerId });
}

export async function disableShop(retailerId: RetailerId, now: Instant): Promise<void> {
  const disabled = await changeShop(retailerId, (retailer) => disable(retailer, 'the endpoint answered 410 Gone', now));
  if (disabled.kind === 'changed') logger.error('shop disabled', { retailerId, reason: 'the endpoint answered 410 Gone' });
}
