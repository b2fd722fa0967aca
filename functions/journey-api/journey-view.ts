/** What a household's journey comes to: where it stands and why, its story, its map, how it felt, and what happened last. */
import { z } from 'zod';
import { curve, fanOf } from '../../shared/journey/emotion/curve.ts';
import { feltIn } from '../../shared/journey/emotion/felt-in.ts';
import { pointSchema } from '../../shared/journey/emotion/points.ts';
import { journeyMap, mapCellSchema } from '../../shared/journey/map/journey-map.ts';
import { plannedCells, plannedCellSchema } from '../../shared/journey/map/planned.ts';
import { conform, firstsOf } from '../../shared/journey/target/conform.ts';
import { shippedModels } from '../../shared/journey/target/shipped-models.ts';
import { deviationInWords } from '../../shared/journey/target/target-wording.ts';
import type { Summary } from '../../shared/journey/fold/summary.ts';
import { phaseReason } from '../../shared/journey/phase/phase-wording.ts';
import { givenOf } from '../../shared/journey/standing/given.ts';
import { standingOf } from '../../shared/journey/standing/standing.ts';
import { reasonsInWords } from '../../shared/journey/standing/standing-wording.ts';
import { shippedSegments } from '../../shared/journey/standing/shipped-segments.ts';
import { storyOf } from '../../shared/journey/story/story.ts';
import { secondHandThings } from '../../shared/journey/story/second-hand.ts';
import type { StoryFacts } from '../../shared/journey/story/story-facts.ts';
import { lineOf } from '../../shared/journey/story/sum-up.ts';
import type { Touchpoint } from '../../shared/journey/touchpoint.ts';
import { channelSchema, initiatorSchema, phaseSchema } from '../../shared/journey/words.ts';
import type { Language } from '../../shared/journey/message-wording.ts';
import { addDuration, duration, instantSchema, moneySchema, type Instant } from '../../shared/values.ts';
import { householdPk, keys, kinds } from '../runtime/aggregates.ts';
import { list, load } from '../runtime/store.ts';
import { knownAround } from '../runtime/who-is-who.ts';
import { journeyOf } from '../update-journey/journey-of.ts';
import type { HouseholdView } from './agent-view.ts';
import { historyOf, historySchema, promisesOf, promisesSchema } from './promises-view.ts';

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
  /** Where the target journeys have steps. */
  planned: z.array(plannedCellSchema),
  /** How the journeys of the household as a whole went against how they should; fitness is 0 to 1. */
  targets: z.array(
    z.object({ model: z.string(), name: z.string(), state: z.enum(['open', 'succeeded', 'failed']), fitness: z.number(), deviations: z.array(z.string()) }),
  ),
  emotion: z.array(pointSchema),
  /** Day by day, of the last sixty: the mean of what is known, fading; without a value nobody knows. */
  course: z.array(z.object({ at: instantSchema, value: z.number().optional(), confidence: z.number() })),
  /** Its expectations were exceeded several times. */
  isFan: z.boolean(),
  /** How often, within ninety days. */
  exceeded: z.int().min(0),
  promises: promisesSchema,
  /** In which phases it was in each month. */
  history: historySchema,
  touchpoints: z.array(
    z.object({
      touchpointId: z.string(),
      at: instantSchema,
      type: z.string(),
      /** In a few words, in the reader's language. */
      text: z.string(),
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
const COURSE_DAYS = 60;
const WHOLE = '-';

export async function viewJourney(about: HouseholdView, language: Language, now: Instant): Promise<JourneyView> {
  const { householdId, timeZone } = about.household;
  const [touchpoints, facts, stored] = await Promise.all([journeyOf(householdId), storyFacts(about), load(kinds.journey, keys.journey(householdId))]);
  // Whoever has objected to profiling stands nowhere.
  const summary = stored?.state.profiling?.allowed === false ? undefined : stored?.state;
  const named = { ...facts, timeZone };
  const story = storyOf(touchpoints, named, language, now).map((chapter) => ({
    ...chapter,
    sentences: chapter.sentences.map(({ evidence, ...rest }) => ({ ...rest, count: evidence.length, evidence: evidence.slice(0, EVIDENCE_SHOWN) })),
  }));
  const points = feltIn(touchpoints, timeZone);
  return {
    standing: summary === undefined ? { phases: [], segments: [] } : await standingView(summary, language, now),
    story,
    map: journeyMap(touchpoints),
    planned: plannedCells(shippedModels),
    targets: summary === undefined ? [] : targetsView(summary, language, now),
    emotion: points.sort((a, b) => (a.at < b.at ? -1 : 1)).slice(-FELT_SHOWN),
    course: points.length === 0 ? [] : curve(points, { from: addDuration(now, duration(-COURSE_DAYS, 'days')), to: now }),
    ...fanOf(points, now),
    promises: promisesOf(touchpoints, points, timeZone),
    history: summary === undefined ? [] : historyOf(summary, language),
    touchpoints: touchpoints
      .slice(-LAST_SHOWN)
      .reverse()
      .map((one) => ({ ...shown(one), text: lineOf(one, named, language) })),
    count: touchpoints.length,
  };
}

const DEVIATIONS_SHOWN = 12;

/** By first moments: so much and no more is asked of the household's whole life, however long it is. */
function targetsView(summary: Summary, language: Language, now: Instant): JourneyView['targets'] {
  const happened = firstsOf(summary);
  return shippedModels
    .filter(({ of }) => of === 'household')
    .flatMap((model) => {
      const found = conform(model, happened, now);
      if (found === undefined) return [];
      const said = found.deviations.map((deviation) => deviationInWords(model, deviation, language));
      const { state, fitness } = found;
      return [{ model: model.model, name: model.name[language], state, fitness, deviations: [...new Set(said)].slice(0, DEVIATIONS_SHOWN) }];
    });
}

const shown = ({ touchpointId, at, type, channel, initiator, phase, value }: Touchpoint): Omit<JourneyView['touchpoints'][number], 'text'> => ({
  ...{ touchpointId, at, type, channel, initiator, phase },
  ...(value !== undefined && { value }),
});

/** Devices that have gone and orders that have ended are told of as well. */
async function storyFacts({ household, shops }: HouseholdView): Promise<Omit<StoryFacts, 'timeZone'>> {
  const pk = householdPk(household.householdId);
  const [known, devices, supplies, orders] = await Promise.all([
    knownAround([`household:${household.householdId}`]),
    list(kinds.device, pk, 'DEVICE#'),
    list(kinds.supply, pk, 'SUPPLY#'),
    list(kinds.order, pk, 'ORDER#', 2_000),
  ]);
  const secondHand = secondHandThings(
    known.flatMap(({ records }) => records),
    household.householdId,
  );
  const names = new Map(shops.map(({ retailerId, name }) => [retailerId, name]));
  return {
    devices: Object.fromEntries(devices.map(({ state: { thing, name } }) => [thing, { name, secondHand: secondHand.has(thing) }])),
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
async function standingView(summary: Summary, language: Language, now: Instant): Promise<JourneyView['standing']> {
  const [stored, model, stands] = await Promise.all([
    load(kinds.journeyRules, keys.journeyRules()),
    load(kinds.purchaseModel, keys.purchaseModel()),
    load(kinds.standing, keys.standing(summary.householdId)),
  ]);
  const rules = stored?.state ?? {};
  const given = givenOf(summary, { home: stands?.state.home, model: model?.state, rules, before: stands?.state }, now);
  const { phases, segments, health, value } = standingOf(summary, undefined, now, given, rules);
  const names = new Map((rules.segments ?? shippedSegments).map(({ segment, name }) => [segment, name[language]]));
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
