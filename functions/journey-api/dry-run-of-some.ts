/** A path tried on the recorded past of some households, drawn by chance: enough to see what would be sent to whom. `npm run paths -- dry-run` looks at all. */
import { dryRunOf, type DryStep } from '../../shared/journey/conversion-path/dry-run.ts';
import { contributionOfInstance, numbersIn, type PathNumbers } from '../../shared/journey/conversion-path/numbers.ts';
import { pastOf, type Held } from '../../shared/journey/conversion-path/past.ts';
import type { Path } from '../../shared/journey/conversion-path/path.ts';
import { wordFactsOf } from '../../shared/journey/conversion-path/word-facts.ts';
import { mergeCounters } from '../../shared/journey/tally/batch.ts';
import type { HouseholdId, Instant } from '../../shared/values.ts';
import { householdPk, keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { isLeftAlone } from '../runtime/experiment.ts';
import { readRoll } from '../runtime/roll.ts';
import { list, load } from '../runtime/store.ts';
import { journeyOf } from '../update-journey/journey-of.ts';

/** What one request has the time for. */
const HOUSEHOLDS_MAX = 48;

export interface TriedOnSome {
  readonly households: number;
  readonly numbers: PathNumbers;
  readonly steps: readonly DryStep[];
}

export async function dryRunOfSome(path: Path, period: { readonly from: Instant; readonly to: Instant }): Promise<TriedOnSome> {
  const entries = (await readRoll(HOUSEHOLDS_MAX)).slice(0, HOUSEHOLDS_MAX);
  const runs = [];
  for (const { householdId } of entries) {
    const held = await heldOfPast(householdId);
    if (held !== undefined) runs.push(await dryRunOf(path, pastOf(path, held), period));
  }
  const counters = mergeCounters(runs.flatMap(({ instances }) => instances.flatMap(contributionOfInstance).map((one) => one.counters)));
  const steps = runs.flatMap((run) => run.steps).sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
  return { households: runs.length, numbers: numbersIn(path.path, counters, counters), steps };
}

/** Undefined for a household that is not there (any more). */
async function heldOfPast(householdId: HouseholdId): Promise<Held | undefined> {
  const household = (await load(kinds.household, keys.household(householdId)))?.state;
  if (household === undefined) return undefined;
  const pk = householdPk(householdId);
  const [members, devices, privacy, outreach, rules, supplies, touchpoints, left] = await Promise.all([
    list(kinds.member, pk, 'MEMBER#'),
    list(kinds.device, pk, 'DEVICE#'),
    load(kinds.privacy, keys.privacy(householdId)),
    load(kinds.outreach, keys.outreach(householdId)),
    load(kinds.journeyRules, keys.journeyRules()),
    list(kinds.supply, pk, 'SUPPLY#'),
    journeyOf(householdId),
    isLeftAlone(householdId, productNow()),
  ]);
  const names = new Map(supplies.map(({ state }) => [String(state.supplyId), state.name]));
  return {
    ...{ household, touchpoints, isLeftAlone: left, rules: rules?.state ?? {}, privacy: privacy?.state, outreach: outreach?.state },
    members: members.map(({ state }) => state),
    devices: devices.map(({ state }) => state),
    // Orders are not read: their goods are told in general words.
    facts: ({ supplyId }) => wordFactsOf({ household: household.name, item: names.get(supplyId ?? ''), order: undefined, shop: undefined }),
  };
}
