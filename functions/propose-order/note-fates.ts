/** Notes for each shop which of its offers won or lost in a household's basket. An order never waits for it: what fails is logged and lost. */
import { digest } from '../../shared/digest.ts';
import { withFates, type GtinFate } from '../../shared/retailer/lost-offers.ts';
import { ignored, type HouseholdId, type Instant, type RetailerId } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { logger } from '../runtime/log.ts';
import { change } from '../runtime/store.ts';

export async function noteFates(householdId: HouseholdId, fates: ReadonlyMap<RetailerId, readonly GtinFate[]>, now: Instant): Promise<void> {
  const day = now.slice(0, 10);
  const written = await Promise.allSettled(
    [...fates].map(([retailerId, ofShop]) =>
      // Another name of the household at each shop on each day: nobody can follow one from day to day, or from shop to shop.
      change(kinds.offerFates, keys.offerFates(retailerId, day, digest([retailerId, day, householdId])), (stored) => {
        const state = withFates(stored, day, ofShop);
        return state === undefined ? ignored('known') : { kind: 'changed', state, events: [] };
      }),
    ),
  );
  const failed = written.flatMap((result) => (result.status === 'rejected' ? [String(result.reason)] : []));
  if (failed.length > 0) logger.warn('why offers were lost was not noted for all shops', { shops: failed.length, error: failed[0] });
}
