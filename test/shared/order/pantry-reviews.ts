import { review } from '../../../shared/supply/review.ts';
import type { Supply } from '../../../shared/supply/supply.ts';
import { latest, type Instant } from '../../../shared/values.ts';
import { changed } from '../supply/milk.ts';

/** Time passes until the supply has said that it is low. */
export function reviewUntilTold(supply: Supply, now: Instant): Supply {
  let next = supply;
  for (let reviews = 0; next.need === undefined; reviews += 1) {
    if (reviews > 5 || next.dueAt === undefined) throw new Error(`${supply.supplyId} never says that it is low`);
    next = changed(review(next, latest(now, next.dueAt))).state;
  }
  return next;
}
