/** The goods of one slot: what stands in it, and what waits in the larder because it does not fit yet. Amounts in the slot's unit. */

/** `shelf`: packs stand beside each other; `tank`: everything is poured together; `wear`: a part is used up and then replaced as a whole. */
export type Storage = 'shelf' | 'tank' | 'wear';

interface Place {
  readonly capacity: number;
  readonly unit: string;
  /** A shelf, unless it says something else. */
  readonly storage?: Storage;
}

/** A remote control that answers only now and then gets new batteries: a tenth of their life is left. */
const WORN_OUT = 0.1;

export interface Shelf {
  readonly level: number;
  /** Packs, the oldest first. */
  readonly larder: readonly number[];
}

/** Takes what is there, never more: the rest is done without. */
export function take(shelf: Shelf, wanted: number): { shelf: Shelf; taken: number; missed: number } {
  const taken = Math.min(shelf.level, wanted);
  return { shelf: { ...shelf, level: tidy(shelf.level - taken) }, taken, missed: tidy(wanted - taken) };
}

/**
 * Carries new packs in and moves the larder up as far as there is space, the oldest pack first. Pieces move one by one, anything else pack by
 * pack: nobody pours half a carton of milk. A pack that is larger than the slot is poured once the slot is empty. A tank is filled to the brim.
 */
export function putAway(shelf: Shelf, { capacity, unit, storage = 'shelf' }: Place, packs: readonly number[] = []): Shelf {
  if (storage === 'wear') return replaceWorn({ ...shelf, larder: [...shelf.larder, ...packs] }, capacity);
  const larder = [...shelf.larder, ...packs];
  let { level } = shelf;
  for (let pack = larder[0]; pack !== undefined; pack = larder[0]) {
    const space = tidy(capacity - level);
    const splits = storage === 'tank' || unit === 'piece' || (pack > capacity && level === 0);
    const moved = splits ? Math.min(pack, unit === 'piece' ? Math.floor(space) : space) : pack <= space ? pack : 0;
    if (moved <= 0) break;
    level = tidy(level + moved);
    if (moved < pack) larder[0] = tidy(pack - moved);
    else larder.shift();
  }
  return { level, larder };
}

/** New parts go in all at once, when the old ones are worn out and there are enough new ones in the drawer; what was left in the old ones is lost. */
function replaceWorn({ level, larder }: Shelf, capacity: number): Shelf {
  const spare = tidy(larder.reduce((sum, pack) => sum + pack, 0));
  if (level > capacity * WORN_OUT || spare < capacity) return { level, larder };
  return { level: capacity, larder: spare > capacity ? [tidy(spare - capacity)] : [] };
}

/** To a millionth, so that 0.1 + 0.2 stays 0.3 over a year of portions. */
export const tidy = (amount: number): number => Math.round(amount * 1_000_000) / 1_000_000;
