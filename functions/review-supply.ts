/**
 * Stage 2'. A supply's moment has come: a crossing is confirmed, a silent or sensorless one is reckoned, a need is asked for again. And what
 * a household keeps on paper: entries of the shopping list that nobody has touched for a month.
 */
import { decideList } from '../shared/household/shopping-list.ts';
import { watchesPrice } from '../shared/supply/reorder/cheap-window.ts';
import { review } from '../shared/supply/review.ts';
import type { Supply } from '../shared/supply/supply.ts';
import { asksWhoWasHome, presenceIn, type Presence } from '../shared/supply/trust/stillness.ts';
import { ignored, type Instant } from '../shared/values.ts';
import { isShoppingList, kinds, type Key } from './runtime/aggregates.ts';
import { productNow } from './runtime/clock.ts';
import { logger } from './runtime/log.ts';
import { change, list, load } from './runtime/store.ts';
import { queueWorker } from './runtime/worker.ts';
import { cheapPrice } from './review-supply/cheap-price.ts';

export const handler = queueWorker(async (work) => {
  if (work.kind !== 'due') throw new Error(`expected a supply that is due, got ${work.event.type}`);
  const { pk, sk } = work.due;
  const result = await (isShoppingList(sk) ? abandonEntries({ pk, sk }) : reviewSupply({ pk, sk }));
  logger.debug('reviewed', { pk, sk, result: result.kind });
});

async function reviewSupply(key: Key) {
  const now = productNow();
  const stored = (await load(kinds.supply, key))?.state;
  const presence = stored && (await whoWasHome(stored, key, now));
  const price = stored && watchesPrice(stored, now) ? await cheapPrice(stored, now) : undefined;
  return change(kinds.supply, key, (supply) => (supply === undefined ? ignored('no-such-supply') : review(supply, now, presence, price)));
}

/** Read only when a level has stood still for so long that it matters. */
async function whoWasHome(still: Supply, key: Key, now: Instant): Promise<Presence | undefined> {
  if (!asksWhoWasHome(still, now)) return undefined;
  const supplies = (await list(kinds.supply, key.pk, 'SUPPLY#')).map(({ state }) => state);
  return presenceIn(supplies.filter(({ supplyId }) => supplyId !== still.supplyId));
}

function abandonEntries(key: Key) {
  const now = productNow();
  return change(kinds.shoppingList, key, (list) => (list === undefined ? ignored('no-such-list') : decideList(list, { type: 'abandon', now })));
}
