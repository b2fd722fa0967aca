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
import type { StoryFacts } from '../../shared/journey/story/story-facts.ts';
import { lineOf } from '../../shared/journey/story/sum-up.ts';
import type { Touchpoint } from '../../shared/journey/touchpoint.ts';
import { channelSchema, initiatorSchema, phaseSchema } from '../../shared/journey/words.ts';
import type { Language } from '../../shared/journey/message-wording.ts';
import { addDuration, duration, instantSchema, moneySchema, type Instant } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { load } from '../runtime/store.ts';
import { placeOf } from '../update-journey/journey-of.ts';
import type { HouseholdView } from './agent-view.ts';
import { byTime, type Lately } from './lately.ts';
import { historyOf, historySchema, promisesOf, promisesSchema } from './promises-view.ts';
import { chapterSchema, namesOf, readChapters } from './story-view.ts';

const noteSchema = z.object({ id: z.string(), name: z.string(), since: instantSchema, because: z.string() });
const touchpointShown = z.object({
  touchpointId: z.string(),
  at: instantSchema,
  type: z.string(),
  /** In a few words, in the reader's language. */
  text: z.string(),
  channel: channelSchema,
  initiator: initiatorSchema,
  phase: phaseSchema,
  value: moneySchema.optional(),
});
/** The newest first; `older`: where to read on, if there are any. */
export const pageOfTouchpoints = z.object({ touchpoints: z.array(touchpointShown), older: z.string().optional() });

export const journeyViewSchema = z.object({
  standing: z.object({
    /** Undefined product line: of the household as a whole. */
    phases: z.array(noteSchema.extend({ phase: phaseSchema, line: z.string().optional() })),
    segments: z.array(noteSchema),
    /** 0 to 1; absent: nobody knows. `known`: how much of what it is made of is known. */
    health: z.object({ score: z.number().optional(), known: z.number() }).optional(),
    value: z.enum(['high', 'middle', 'low']).optional(),
  }),
  /** Its newest chapter, if there is one; the rest is read by the chapter. */
  story: z.array(chapterSchema).max(1),
  /** Since when the map, the mood and what was promised are looked at. */
  since: instantSchema,
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
  ...pageOfTouchpoints.shape,
  /** Of two years. */
  count: z.int().min(0),
});
export type JourneyView = z.infer<typeof journeyViewSchema>;

export const TOUCHPOINTS_SHOWN = 40;
const FELT_SHOWN = 200;
const COURSE_DAYS = 60;
const WHOLE = '-';

export async function viewJourney(about: HouseholdView, lately: Lately, language: Language, now: Instant): Promise<JourneyView> {
  const { timeZone } = about.household;
  const { newest, older, summary, steps, lasting, from, count } = lately;
  const names = await namesOf(about.household);
  const { chapters } = await readChapters({ household: about.household, summary, names, language, now }, 1);
  const points = byTime(feltIn(steps, timeZone));
  return {
    standing: summary === undefined ? { phases: [], segments: [] } : await standingView(summary, language, now),
    story: chapters,
    since: from,
    map: journeyMap(lasting),
    planned: plannedCells(shippedModels),
    targets: summary === undefined ? [] : targetsView(summary, language, now),
    emotion: points.slice(-FELT_SHOWN),
    course: points.length === 0 ? [] : curve(points, { from: addDuration(now, duration(-COURSE_DAYS, 'days')), to: now }),
    ...fanOf(points, now),
    promises: promisesOf(steps, points, timeZone),
    history: summary === undefined ? [] : historyOf(summary, language),
    ...pageOf(newest, older, names, language),
    count,
  };
}

/** @param newest the newest first, of which the first are shown @param older where to read on after all of them */
export function pageOf(newest: readonly Touchpoint[], older: string | undefined, names: StoryFacts, language: Language): z.infer<typeof pageOfTouchpoints> {
  const page = newest.slice(0, TOUCHPOINTS_SHOWN);
  const last = newest.length > page.length ? page.at(-1) : undefined;
  const next = last === undefined ? older : placeOf(last);
  return { touchpoints: page.map((one) => ({ ...shown(one), text: lineOf(one, names, language) })), ...(next !== undefined && { older: next }) };
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
