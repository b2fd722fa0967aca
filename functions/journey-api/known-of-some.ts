/** What is known of many households at once, for trying out a condition: by the roll, whose beginning is a sample that chance has drawn. */
import type { Known } from '../../shared/journey/standing/condition.ts';
import { givenOf } from '../../shared/journey/standing/given.ts';
import { lookAt } from '../../shared/journey/standing/standing.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { readRoll } from '../runtime/roll.ts';
import { load } from '../runtime/store.ts';

/** Enough to tell a tenth from an eighth; a read of a few kilobytes each, together about a tenth of a cent in a thousand previews. */
export const SAMPLE = 400;
/** What one request has the time for. */
export const ALL_MOST = 4_000;
const AT_ONCE = 40;

/** Whoever has objected to a profile is left out. `households`: how many are on the roll, as far as it was read. */
export async function knownOfSome(most: number): Promise<{ readonly known: readonly Known[]; readonly households: number }> {
  const [entries, stored, model] = await Promise.all([
    readRoll(ALL_MOST),
    load(kinds.journeyRules, keys.journeyRules()),
    load(kinds.purchaseModel, keys.purchaseModel()),
  ]);
  const rules = stored?.state ?? {};
  const now = productNow();
  // The roll is in sixteen parts: of each the first lines.
  const drawn = entries.length <= most ? entries : await readRoll(most);
  const known: Known[] = [];
  for (let from = 0; from < drawn.length; from += AT_ONCE) {
    const read = await Promise.all(
      drawn
        .slice(from, from + AT_ONCE)
        .map(({ householdId }) => Promise.all([load(kinds.journey, keys.journey(householdId)), load(kinds.standing, keys.standing(householdId))])),
    );
    for (const [summary, stands] of read) {
      if (summary === undefined || summary.state.profiling?.allowed === false) continue;
      const given = givenOf(summary.state, { home: stands?.state.home, model: model?.state, rules, before: stands?.state }, now);
      known.push(lookAt(summary.state, given, rules, stands?.state, now).known);
    }
  }
  return { known, households: entries.length };
}
