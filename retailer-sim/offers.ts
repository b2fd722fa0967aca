/** When the shop says what it sells, and what of it has run out. */
import type { Books } from './books.ts';
import type { Chance } from './chance.ts';
import type { Simulation } from './simulation.ts';

const HOUR = 3_600_000;
const PUBLISH_EVERY = 24 * HOUR;
const PUBLISH_AGAIN = HOUR;
/** Of the articles of one publication. */
const SOLD_OUT_SHARE = 0.02;

/** Product milliseconds. */
export function publishAt({ offersPublishedAt, offersRefusedAt }: Books, now: number): number {
  if (offersRefusedAt !== undefined) return offersRefusedAt + PUBLISH_AGAIN;
  return offersPublishedAt === undefined ? now : offersPublishedAt + PUBLISH_EVERY;
}

export const isSoldOut = (gtin: string, publishedAt: string, { faults, retailer }: Simulation, chance: Chance): boolean =>
  faults.includes('shop-out-of-stock') && chance('sold out', gtin, publishedAt) < SOLD_OUT_SHARE * (retailer.temper.proneness ?? 1);
