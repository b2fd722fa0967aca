/** What a run has recorded of each household, for a dry run over it. */
import type { z } from 'zod';
import { kinds } from '../../../functions/runtime/aggregates.ts';
import { groupBy } from '../../../shared/group.ts';
import type { Held } from '../../../shared/journey/conversion-path/past.ts';
import { wordFactsOf } from '../../../shared/journey/conversion-path/word-facts.ts';
import { HOLDOUT, isHeldOut } from '../../../shared/journey/experiment/shipped-experiments.ts';
import { householdIdSchema, type Instant } from '../../../shared/values.ts';
import { byHousehold, readJourneys, type StoredItem } from '../journeys/read-journeys.ts';

export interface Recorded {
  readonly households: readonly Held[];
  readonly items: readonly StoredItem[];
  /** Of the first touchpoint received, and the last; absent where there is none. */
  readonly first?: Instant;
  readonly last?: Instant;
}

/** @throws UsageError when there is nothing to read */
export async function readPast(data: string): Promise<Recorded> {
  const journeys = await readJourneys(data);
  const { items } = journeys;
  const received = journeys.touchpoints.map(({ receivedAt }) => receivedAt).sort();
  const [first, last] = [received[0], received.at(-1)];
  const all = <State>({ schema }: { readonly schema: z.ZodType<State> }, sk: string): State[] =>
    items.filter((item) => item.sk === sk).map(({ state }) => schema.parse(state));
  const shops = new Map(all(kinds.retailer, 'RETAILER').map(({ retailerId, name }) => [retailerId, name]));
  const [rules = {}] = items.filter(({ pk, sk }) => pk === 'RULES' && sk === 'RULES').map(({ state }) => kinds.journeyRules.schema.parse(state));
  const holdout = items.filter(({ sk }) => sk === `EXPERIMENT#${HOLDOUT}`).map(({ state }) => kinds.experiment.schema.parse(state))[0];
  const byPk = groupBy(items, ({ pk }) => pk);
  const homes = byHousehold(journeys);
  const households = all(kinds.household, 'HOUSEHOLD').map((household): Held => {
    const { householdId } = household;
    const own = byPk.get(`HH#${householdIdSchema.parse(householdId)}`) ?? [];
    const of = <State>({ schema }: { readonly schema: z.ZodType<State> }, beginning: string): State[] =>
      own.filter(({ sk }) => (beginning.endsWith('#') ? sk.startsWith(beginning) : sk === beginning)).map(({ state }) => schema.parse(state));
    const supplies = new Map(of(kinds.supply, 'SUPPLY#').map((supply) => [supply.supplyId, supply.name]));
    const orders = new Map(of(kinds.order, 'ORDER#').map(({ order }) => [order.orderId, order]));
    return {
      ...{ household, rules, members: of(kinds.member, 'MEMBER#'), devices: of(kinds.device, 'DEVICE#') },
      ...{ privacy: of(kinds.privacy, 'PRIVACY')[0], outreach: of(kinds.outreach, 'OUTREACH')[0] },
      touchpoints: homes.get(householdId) ?? [],
      isLeftAlone: last !== undefined && isHeldOut(householdId, last, holdout),
      facts: ({ orderId, supplyId }) => {
        const order = [...orders.values()].find((one) => one.orderId === orderId);
        const item = [...supplies].find(([id]) => id === supplyId)?.[1];
        return wordFactsOf({ household: household.name, item, order, shop: order && (shops.get(order.retailerId) ?? order.retailerId) });
      },
    };
  });
  return { households, items, ...(first !== undefined && { first }), ...(last !== undefined && { last }) };
}
