/** What a household's journey comes to: where it stands and why, its story, its map, how it felt, and what happened last. */
import { z } from 'zod';
import { journeyMap, mapCellSchema } from '../../shared/journey/map/journey-map.ts';
import { phaseReason } from '../../shared/journey/phase/phase-wording.ts';
import { standingOf } from '../../shared/journey/standing/standing.ts';
import { reasonsInWords } from '../../shared/journey/standing/standing-wording.ts';
import { shippedSegments } from '../../shared/journey/standing/shipped-segments.ts';
import { storyOf } from '../../shared/journey/story/story.ts';
import type { StoryFacts } from '../../shared/journey/story/story-facts.ts';
import type { Touchpoint } from '../../shared/journey/touchpoint.ts';
import { channelSchema, initiatorSchema, phaseSchema, sentimentSchema } from '../../shared/journey/words.ts';
import type { Language } from '../../shared/journey/message-wording.ts';
import { instantSchema, moneySchema, type HouseholdId, type Instant } from '../../shared/values.ts';
import { householdPk, keys, kinds } from '../runtime/aggregates.ts';
import { list, load } from '../runtime/store.ts';
import { journeyOf } from '../update-journey/journey-of.ts';
import type { HouseholdView } from './agent-view.ts';

const noteSchema = z.object({ id: z.string(), name: z.string(), since: instantSchema, because: z.string() });
const sentenceSchema = z.object({
  text: z.string(),
  kind: z.enum(['told', 'summed']),
  at: instantSchema,
  /** How many touchpoints it stands for, and the first of them. */
  count: z.int().min(1),
  evidence: z.array(z.string()),
});

export const journeyViewSchema = z.object({
  standing: z.object({
    /** Undefined product line: of the household as a whole. */
    phases: z.array(noteSchema.extend({ phase: phaseSchema, line: z.string().optional() })),
    segments: z.array(noteSchema),
    /** 0 to 1; absent: nobody knows. `known`: how much of what it is made of is known. */
    health: z.object({ score: z.number().optional(), known: z.number() }).optional(),
    value: z.enum(['high', 'middle', 'low']).optional(),
  }),
  story: z.array(z.object({ key: z.string(), title: z.string(), from: instantSchema, to: instantSchema, sentences: z.array(sentenceSchema) })),
  map: z.array(mapCellSchema),
  emotion: z.array(z.object({ at: instantSchema, phase: phaseSchema, channel: channelSchema, type: z.string(), ...sentimentSchema.shape })),
  touchpoints: z.array(
    z.object({
      touchpointId: z.string(),
      at: instantSchema,
      type: z.string(),
      channel: channelSchema,
      initiator: initiatorSchema,
      phase: phaseSchema,
      value: moneySchema.optional(),
    }),
  ),
  /** Of all time. */
  count: z.int().min(0),
});
export type JourneyView = z.infer<typeof journeyViewSchema>;

const LAST_SHOWN = 40;
const EVIDENCE_SHOWN = 20;
const FELT_SHOWN = 200;
const WHOLE = '-';

export async function viewJourney(about: HouseholdView, language: Language, now: Instant): Promise<JourneyView> {
  const { householdId, timeZone } = about.household;
  const [touchpoints, facts] = await Promise.all([journeyOf(householdId), storyFacts(about)]);
  const story = storyOf(touchpoints, { ...facts, timeZone }, language, now).map((chapter) => ({
    ...chapter,
    sentences: chapter.sentences.map(({ evidence, ...rest }) => ({ ...rest, count: evidence.length, evidence: evidence.slice(0, EVIDENCE_SHOWN) })),
  }));
  return {
    standing: await standingView(householdId, language, now),
    story,
    map: journeyMap(touchpoints),
    emotion: touchpoints
      .flatMap(({ at, phase, channel, type, sentiment }) => (sentiment === undefined ? [] : [{ at, phase, channel, type, ...sentiment }]))
      .slice(-FELT_SHOWN),
    touchpoints: touchpoints.slice(-LAST_SHOWN).reverse().map(shown),
    count: touchpoints.length,
  };
}

const shown = ({ touchpointId, at, type, channel, initiator, phase, value }: Touchpoint): JourneyView['touchpoints'][number] => ({
  ...{ touchpointId, at, type, channel, initiator, phase },
  ...(value !== undefined && { value }),
});

/** Devices that have gone and orders that have ended are told of as well. */
async function storyFacts({ household, shops }: HouseholdView): Promise<Omit<StoryFacts, 'timeZone'>> {
  const pk = householdPk(household.householdId);
  const [devices, supplies, orders] = await Promise.all([
    list(kinds.device, pk, 'DEVICE#'),
    list(kinds.supply, pk, 'SUPPLY#'),
    list(kinds.order, pk, 'ORDER#', 2_000),
  ]);
  const names = new Map(shops.map(({ retailerId, name }) => [retailerId, name]));
  return {
    devices: Object.fromEntries(devices.map(({ state: { thing, name } }) => [thing, { name }])),
    supplies: Object.fromEntries(supplies.map(({ state: { supplyId, name } }) => [supplyId, name])),
    orders: Object.fromEntries(
      orders.map(({ state: { order } }) => [
        order.orderId,
        { shop: names.get(order.retailerId) ?? order.retailerId, goods: [...new Set(order.quote.lineItems.map(({ title }) => title))] },
      ]),
    ),
  };
}

/** Read off the summary now: what stands in the store is as old as the last touchpoint. */
async function standingView(householdId: HouseholdId, language: Language, now: Instant): Promise<JourneyView['standing']> {
  const summary = (await load(kinds.journey, keys.journey(householdId)))?.state;
  // Whoever has objected to profiling has no summary, and stands nowhere.
  if (summary === undefined || summary.profiling?.allowed === false) return { phases: [], segments: [] };
  const { phases, segments, health, value } = standingOf(summary, undefined, now);
  const names = new Map(shippedSegments.map(({ segment, name }) => [segment, name[language]]));
  return {
    phases: phases.map(({ phase, line, since, reason }) => ({
      ...{ id: `${phase} ${line}`, name: phase, phase, since, because: phaseReason(reason, language) },
      ...(line !== WHOLE && { line }),
    })),
    segments: segments.map(({ segment, since, reasons }) => ({
      ...{ id: segment, name: names.get(segment) ?? segment, since, because: reasonsInWords(reasons, language) },
    })),
    ...(health !== undefined && { health: { known: health.known, ...(health.score !== undefined && { score: health.score }) } }),
    ...(value !== undefined && { value }),
  };
}
