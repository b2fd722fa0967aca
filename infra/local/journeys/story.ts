/** `npm run journeys -- story --household ID`: a household's journey as chapters that a person reads. */
import path from 'node:path';
import { z } from 'zod';
import { kinds } from '../../../functions/runtime/aggregates.ts';
import { secondHandThings } from '../../../shared/journey/story/second-hand.ts';
import { storyOf, type Chapter } from '../../../shared/journey/story/story.ts';
import type { StoryFacts } from '../../../shared/journey/story/story-facts.ts';
import { householdIdSchema, latest, type HouseholdId } from '../../../shared/values.ts';
import { parsedBy } from '../backtest/options.ts';
import { UsageError } from '../options.ts';
import { byHousehold, readJourneys, type Journeys } from './read-journeys.ts';

export const storyUsage = `npm run journeys -- story --household ID [--language de|en] [--data DIR]
  --household ID   whose
  --language L     de or en (default: the household's own)
  --data DIR       the folder of the run (default .nachschub)`;

const optionsSchema = z.strictObject({
  household: householdIdSchema,
  language: z.enum(['de', 'en'], 'expected de or en').optional(),
  data: z.string().default('.nachschub'),
});

/** @throws UsageError */
export async function tellStory(args: readonly string[]): Promise<string> {
  const { household: householdId, language, data } = parsedBy(optionsSchema, args, storyUsage);
  const journeys = await readJourneys(path.resolve(data));
  const touchpoints = byHousehold(journeys).get(householdId) ?? [];
  const known = itemsOf(journeys, householdId, kinds.household, 'HOUSEHOLD')[0];
  const [first, ...rest] = touchpoints.map(({ receivedAt }) => receivedAt);
  if (known === undefined || first === undefined) throw new UsageError(`There is no journey of ${householdId} in ${path.resolve(data)}.`);
  const facts = factsOf(journeys, householdId, known.timeZone);
  return `${known.name}\n\n${storyOf(touchpoints, facts, language ?? known.language, latest(first, ...rest))
    .map(inWords)
    .join('\n')}`;
}

const itemsOf = <State>({ items }: Journeys, householdId: string, { schema }: { readonly schema: z.ZodType<State> }, sk: string): State[] =>
  items.filter((item) => item.pk === `HH#${householdId}` && item.sk.startsWith(sk)).map(({ state }) => schema.parse(state));

function factsOf(journeys: Journeys, householdId: HouseholdId, timeZone: string): StoryFacts {
  const secondHand = secondHandThings(journeys.records, householdId);
  const shops = new Map(
    journeys.items
      .filter(({ sk }) => sk === 'RETAILER')
      .map(({ state }) => kinds.retailer.schema.parse(state))
      .map(({ retailerId, name }) => [retailerId, name]),
  );
  const of = <State>(kind: { readonly schema: z.ZodType<State> }, sk: string) => itemsOf(journeys, householdId, kind, sk);
  return {
    timeZone,
    devices: Object.fromEntries(of(kinds.device, 'DEVICE#').map(({ thing, name }) => [thing, { name, secondHand: secondHand.has(thing) }])),
    supplies: Object.fromEntries(of(kinds.supply, 'SUPPLY#').map(({ supplyId, name }) => [supplyId, name])),
    orders: Object.fromEntries(
      of(kinds.order, 'ORDER#').map(({ order }) => [
        order.orderId,
        { shop: shops.get(order.retailerId) ?? order.retailerId, goods: [...new Set(order.quote.lineItems.map(({ title }) => title))] },
      ]),
    ),
  };
}

const inWords = ({ title, sentences }: Chapter): string => [title, ...sentences.map(({ text, evidence }) => `  ${text} [${evidence.length}]`), ''].join('\n');
