/** The time of a conversion path's run has come: what the journey knows by now is heard first, so that a success beats the timer however late it was told; then the run goes on. */
import { advance, type World } from '../../shared/journey/conversion-path/advance.ts';
import { experimentOf } from '../../shared/journey/conversion-path/arms.ts';
import { holdsOf } from '../../shared/journey/conversion-path/asked.ts';
import { currentRun, EVERY_KEY, hear, heardBy, type Instance } from '../../shared/journey/conversion-path/instance.ts';
import { keyOfMoment, momentOf } from '../../shared/journey/conversion-path/moment.ts';
import { definitionOf, type StoredPath } from '../../shared/journey/conversion-path/path.ts';
import { wordFactsOf } from '../../shared/journey/conversion-path/word-facts.ts';
import { controlOf } from '../../shared/journey/experiment/experiment.ts';
import { newSummary } from '../../shared/journey/fold/summary.ts';
import { peopleOf } from '../../shared/journey/outreach/circumstances.ts';
import { newStanding, standingOf } from '../../shared/journey/standing/standing.ts';
import { touchpointSchema } from '../../shared/journey/touchpoint.ts';
import { ignored, orderIdSchema, supplyIdSchema, type HouseholdId, type Instant } from '../../shared/values.ts';
import { findRetailerName } from '../notify-household/retailer-name.ts';
import { householdPk, keys, kinds, type Key } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { enterGiven } from '../runtime/experiment.ts';
import { heldOf, reachHousehold } from '../runtime/outreach.ts';
import { readItems } from '../runtime/partition.ts';
import { readPath } from '../runtime/paths.ts';
import { change, load } from '../runtime/store.ts';
import { recommendTo } from './next-best.ts';
import { heardForAll } from '../update-journey/follow-paths.ts';

export async function advancePath(key: Key): Promise<void> {
  const instance = (await load(kinds.conversionPath, key))?.state;
  const stored = instance && (await readPath(instance.path));
  if (instance === undefined || stored === undefined) return;
  const now = productNow();
  const save: World['save'] = async (decide) => {
    const result = await change(kinds.conversionPath, key, (before) => (before === undefined ? ignored('forgotten') : decide(before)));
    return result.kind === 'changed' ? result.state : (result.stored?.state ?? instance);
  };
  const came = await heardByNow(instance, stored, now);
  const current = await save((before) => hear(before, stored, came, stored.on, now));
  await advance(current, stored, worldOf(now, save));
}

/** Of one run; more are heard when they are told. */
const TOUCHPOINTS_MAX = 400;

async function heardByNow(instance: Instance, stored: StoredPath, now: Instant) {
  const run = currentRun(instance, stored, now);
  const key = definitionOf(stored)?.key;
  if (run === undefined || key === undefined || run.end !== undefined) return [];
  const { householdId } = instance;
  const items = await readItems({ table: 'JOURNEYS_TABLE', pk: householdPk(householdId) }, `TP#${run.begun.at}`, TOUCHPOINTS_MAX);
  const recorded = items.flatMap(({ sk, state }) => {
    if (!sk.startsWith('TP#')) return [];
    const moment = momentOf(touchpointSchema.parse(state), householdId);
    const found = heardBy(stored, moment);
    const own = keyOfMoment(key, moment);
    return found !== undefined && (found.anywhere || own === undefined || own === instance.key) ? [found.heard] : [];
  });
  return [...recorded, ...(instance.key === EVERY_KEY ? [] : await heardForAll(householdId, instance.path))];
}

const worldOf = (now: Instant, save: World['save']): World => ({
  now,
  save,
  reach: (wish) => reachHousehold(wish),
  recommend: (recommended, householdId) => recommendTo(householdId, recommended),
  arm: async (path, householdId) => {
    if (path.controlShare === 0) return 'treated';
    const experiment = experimentOf(path);
    return (await enterGiven(experiment, householdId, now)) === controlOf(experiment) ? 'control' : 'treated';
  },
  // A question that was answered is not reminded of, also before the journey has heard of it.
  stillWaits: async (path, { orderId }, householdId) => {
    if (path.key !== 'approval') return true;
    const order = (await orderOf(orderId, householdId))?.order;
    return order === undefined || order.status === 'awaiting-approval';
  },
  facts: async ({ orderId, supplyId }, householdId) => {
    const [household, stored] = await Promise.all([load(kinds.household, keys.household(householdId)), orderOf(orderId, householdId)]);
    const supply = supplyIdSchema.safeParse(supplyId);
    const item = supply.success ? (await load(kinds.supply, keys.supply(householdId, supply.data)))?.state.name : undefined;
    const shop = stored && (await findRetailerName(stored.order.retailerId));
    return wordFactsOf({ household: household?.state.name ?? '', item, order: stored?.order, shop });
  },
  holds: async (asked, householdId) => {
    const [held, summary, standing, rules] = await Promise.all([
      heldOf(householdId),
      load(kinds.journey, keys.journey(householdId)),
      load(kinds.standing, keys.standing(householdId)),
      load(kinds.journeyRules, keys.journeyRules()),
    ]);
    const known = summary?.state ?? newSummary(householdId);
    const stands = standingOf(known, standing?.state ?? newStanding(householdId), now, {}, rules?.state);
    const people = peopleOf(held?.members ?? []).map(({ memberId }) => memberId);
    return holdsOf(asked, { summary: known, standing: stands, privacy: held?.privacy, people, rules: rules?.state ?? {} }, now);
  },
});

async function orderOf(orderId: string | undefined, householdId: HouseholdId) {
  const parsed = orderIdSchema.safeParse(orderId);
  return parsed.success ? (await load(kinds.order, keys.order(householdId, parsed.data)))?.state : undefined;
}
