/** Tells the conversion paths of a household what has happened. Each instance notes it by the touchpoint's own id and time, so order and repeats do not matter. */
import { keysToTell } from '../../shared/journey/conversion-path/dry-run.ts';
import { EVERY_KEY, hear, heardBy, newInstance } from '../../shared/journey/conversion-path/instance.ts';
import { keyOfMoment, momentOf, type Moment } from '../../shared/journey/conversion-path/moment.ts';
import { definitionOf, type StoredPath } from '../../shared/journey/conversion-path/path.ts';
import type { Touchpoint } from '../../shared/journey/touchpoint.ts';
import { ignored, type HouseholdId } from '../../shared/values.ts';
import { householdPk, keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { change, list, load } from '../runtime/store.ts';

export async function followPaths(householdId: HouseholdId, touchpoints: readonly Touchpoint[], paths: readonly StoredPath[]): Promise<void> {
  const moments = touchpoints.map((touchpoint) => momentOf(touchpoint, householdId)).sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
  for (const stored of paths) for (const moment of moments) await tellPath(stored, moment);
}

async function tellPath(stored: StoredPath, moment: Moment): Promise<void> {
  const found = heardBy(stored, moment);
  const key = definitionOf(stored)?.key;
  if (found === undefined || key === undefined) return;
  const own = keyOfMoment(key, moment);
  const isForAll = found.anywhere || own === undefined;
  const { householdId } = moment;
  const known = isForAll ? (await list(kinds.conversionPath, householdPk(householdId), `AUTO#${stored.path}#`)).map(({ state }) => state.key) : [];
  const now = productNow();
  for (const one of keysToTell(found, own, known)) {
    const every = found.heard.roles.includes('trigger') && one !== EVERY_KEY ? await heardForAll(householdId, stored.path) : [];
    await change(kinds.conversionPath, keys.conversionPath(householdId, stored.path, one), (before) =>
      // A path that is off begins nothing; what it has begun goes on.
      before === undefined && !stored.on
        ? ignored('off')
        : hear(before ?? newInstance(stored.path, one, householdId), stored, [found.heard, ...every], stored.on, now),
    );
  }
}

/** What came before a beginning was known, and counts for every key. */
export const heardForAll = async (householdId: HouseholdId, path: string) =>
  (await load(kinds.conversionPath, keys.conversionPath(householdId, path, EVERY_KEY)))?.state.log ?? [];
