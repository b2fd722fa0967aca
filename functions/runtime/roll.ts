/** Keeps the roll of households up to date, and reads it: all of it, or its first lines, which chance has drawn. */
import { canonicalJson } from '../../shared/digest.ts';
import { rollEntryOf, type RollEntry } from '../../shared/journey/standing/roll.ts';
import { ignored, type HouseholdId } from '../../shared/values.ts';
import { keys, kinds, ROLL, ROLL_PARTS } from './aggregates.ts';
import { productNow } from './clock.ts';
import { removeItem } from './partition.ts';
import { change, list, load } from './store.ts';

/** As it stands in the store now, whatever led here; who stands nowhere any more is on no roll. */
export async function keepOnRoll(householdId: HouseholdId): Promise<void> {
  const standing = (await load(kinds.standing, keys.standing(householdId)))?.state;
  const key = keys.rollEntry(householdId);
  if (standing?.seen === undefined) return removeItem('JOURNEYS_TABLE', key);
  await change(kinds.rollEntry, key, (before) => {
    const after = rollEntryOf(standing, before, productNow());
    return canonicalJson(after) === canonicalJson(before) ? ignored('as-it-stands') : { kind: 'changed', state: after, events: [] };
  });
}

/** Sixteen reads of one page each for up to some thousand households. @param most of all; fewer are a sample, the same one whenever it is asked */
export async function readRoll(most: number): Promise<RollEntry[]> {
  const perPart = Math.max(1, Math.ceil(most / ROLL_PARTS));
  const parts = await Promise.all(Array.from({ length: ROLL_PARTS }, (_, part) => list(kinds.rollEntry, `${ROLL}${part}`, ROLL, perPart)));
  return parts.flatMap((entries) => entries.slice(0, perPart).map(({ state }) => state));
}
