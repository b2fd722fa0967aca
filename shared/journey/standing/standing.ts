/** Where a household stands: phases, health, tier, value, segments, each with its reason; and what is said when that changes. */
import { z } from 'zod';
import type { DomainEvent } from '../../events.ts';
import { householdIdSchema, instantSchema, type HouseholdId, type Instant } from '../../values.ts';
import { foretoldSchema, type Foretold } from '../churn/foretold.ts';
import { homeSchema, type Home } from '../churn/home.ts';
import { outlookSchema, type Outlook } from '../churn/outlook.ts';
import { lastOfAll } from '../fold/count.ts';
import { lateSchema } from '../attribution/late.ts';
import type { Summary } from '../fold/summary.ts';
import { dayOf } from '../fold/trace.ts';
import { windowEnding } from '../fold/window.ts';
import { leadRulesSchema } from '../lead/lead-rules.ts';
import { phaseNoteSchema, phasesOf } from '../phase/phases.ts';
import { phaseReason } from '../phase/phase-wording.ts';
import { begunOf, begunSchema } from './begun.ts';
import type { Known } from './condition.ts';
import { healthFactorsSchema, healthOf, healthSchema, shippedFactors, type Health } from './health.ts';
import { membershipsOf, segmentNoteSchema, segmentsSchema, type SegmentNote } from './segment.ts';
import { shippedSegments } from './shipped-segments.ts';
import {
  programmeSchema,
  shippedProgramme,
  tierNoteSchema,
  tierOf,
  valueClassOf,
  valueClassSchema,
  type TierGiven,
  type TierNote,
  type ValueClass,
} from './tier.ts';
import { reasonsInWords } from './standing-wording.ts';

export const standingSchema = z.strictObject({
  householdId: householdIdSchema,
  /** The newest touchpoint that was looked at. */
  seen: instantSchema.optional(),
  phases: z.array(phaseNoteSchema).max(200),
  health: healthSchema.optional(),
  tier: tierNoteSchema.optional(),
  /** Absent: nothing was ever delivered. */
  value: valueClassSchema.optional(),
  segments: z.array(segmentNoteSchema).max(100),
  /** How it began; absent where it was last looked at before that was told. */
  begun: begunSchema.optional(),
  /** What its devices said when they were last asked, what is foretold of it, and how often that came true. */
  home: homeSchema.optional(),
  outlook: outlookSchema.optional(),
  foretold: foretoldSchema.optional(),
  /** Time alone changes some of it: when it is to be looked at again, if nothing comes before. */
  lookAgainAt: instantSchema.optional(),
  /** The last day whose touch paths were closed, and what has come too late for it. */
  closedUpTo: z.iso.date().optional(),
  late: lateSchema.optional(),
});
export type Standing = z.infer<typeof standingSchema>;
export const newStanding = (householdId: HouseholdId): Standing => ({ householdId, phases: [], segments: [] });

/** What a summary does not say; all of it may be left out, and is then unknown. */
export interface Given {
  readonly fields?: Readonly<Record<string, string | boolean>>;
  readonly figures?: Readonly<Record<string, number>>;
  readonly predictions?: Readonly<Record<string, number>>;
  readonly tier?: Omit<TierGiven, 'before'>;
  /** Kept beside where it stands: see `given.ts`. */
  readonly home?: Home;
  readonly outlook?: Outlook;
  readonly foretold?: Foretold;
}
/** The company's own settings; absent: those that come with the product. */
export const rulesSchema = z.strictObject({
  segments: segmentsSchema.optional(),
  factors: healthFactorsSchema.optional(),
  programme: programmeSchema.optional(),
  leads: leadRulesSchema.optional(),
});
export type Rules = z.infer<typeof rulesSchema>;

export interface Found {
  /** What conditions may ask. */
  readonly known: Known;
  readonly health: Health;
  readonly tier: TierNote;
  readonly value: ValueClass | undefined;
}
/** Everything but the segments. @param before decides only whether a tier is held */
export function lookAt(summary: Summary, given: Given, rules: Rules, before: Pick<Standing, 'tier'> | undefined, now: Instant): Found {
  const { factors = shippedFactors, programme = shippedProgramme } = rules;
  const { fields = {}, figures = {}, predictions = {} } = given;
  const health = healthOf(summary, predictions, factors, now);
  const tier = tierOf(summary, programme, { ...given.tier, before: before?.tier?.tier }, now);
  const value = valueClassOf(summary, programme, now);
  const known: Known = {
    ...{
      summary,
      now,
      predictions,
      figures: { exceeded: exceededLately(summary, now), 'health-known': health.known, ...figures },
      phases: phasesOf(summary, now),
      tier: tier.tier ?? 'none',
    },
    fields: { ...fields, ...(value !== undefined && { value }) },
    ...(health.score !== undefined && { health: health.score }),
  };
  return { known, health, tier, value };
}

/** Times within five weeks. */
const exceededLately = (summary: Summary, now: Instant): number => windowEnding(summary, dayOf(now), 35).exceeded ?? 0;

export function standingOf(summary: Summary, before: Standing | undefined, now: Instant, given: Given = {}, rules: Rules = {}): Standing {
  const { known, health, tier, value } = lookAt(summary, given, rules, before, now);
  const came = lastOfAll(summary);
  return {
    householdId: summary.householdId,
    ...(came !== undefined && { seen: came }),
    ...{ phases: [...known.phases], health, tier },
    ...(value !== undefined && { value }),
    segments: membershipsOf(rules.segments ?? shippedSegments, known, before?.segments ?? [], { came, seen: before?.seen }),
    begun: begunOf(summary, known.figures, now),
    ...(given.home && { home: given.home }),
    ...(given.outlook && { outlook: given.outlook }),
    ...(given.foretold && { foretold: given.foretold }),
  };
}

type Told = DomainEvent<'phase.entered' | 'segment.entered' | 'segment.left'>;
/** Entered and left, in words for people; these make no touchpoint: the loop ends here. */
export function transitions(before: Standing, after: Standing): Told[] {
  const { householdId } = after;
  const phases = after.phases.filter(({ phase, line }) => !before.phases.some((note) => note.phase === phase && note.line === line));
  const entered = after.segments.filter(({ segment }) => !before.segments.some((note) => note.segment === segment));
  const left = before.segments.filter(({ segment }) => !after.segments.some((note) => note.segment === segment));
  return [
    ...phases.map(({ phase, line, reason }): Told => ({
      type: 'phase.entered',
      data: { householdId, productLine: line, phase, because: phaseReason(reason, 'en').slice(0, 200) },
    })),
    ...entered.map((note): Told => ({ type: 'segment.entered', data: { householdId, segment: note.segment, because: becauseOf(note) } })),
    ...left.map((note): Told => ({
      type: 'segment.left',
      data: { householdId, segment: note.segment, because: `no longer: ${becauseOf(note)}`.slice(0, 200) },
    })),
  ];
}

/** 1–200 characters. */
export const becauseOf = ({ reasons, segment }: SegmentNote): string => (reasonsInWords(reasons, 'en') || segment).slice(0, 200);
