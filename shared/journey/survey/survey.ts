/** When a household is asked how it went, what it answers, and when it is left in peace. One item of a household holds all of it, so that limits hold whatever arrives at once. */
import { z } from 'zod';
import { digest } from '../../digest.ts';
import type { EventOf } from '../../events.ts';
import {
  caseIdSchema,
  duration,
  householdIdSchema,
  ignored,
  instantSchema,
  memberIdSchema,
  millisOf,
  orderIdSchema,
  rejected,
  surveyIdSchema,
  type CaseId,
  type HouseholdId,
  type Instant,
  type MemberId,
  type OrderId,
  type Outcome,
  type SurveyId,
} from '../../values.ts';
import { sentimentOfSurvey, surveyKindSchema } from '../collect/survey-sentiment.ts';
import { AUTOMATIC_ORDERS_KEPT, surveyLimits, surveyRules } from './survey-rules.ts';

/** A question every fortnight makes 26 a year. */
const SURVEYS_KEPT = 30;

const asked = {
  surveyId: surveyIdSchema,
  kind: surveyKindSchema,
  orderId: orderIdSchema.optional(),
  caseId: caseIdSchema.optional(),
  askedAt: instantSchema,
};
const ended = { endedAt: instantSchema, memberId: memberIdSchema };
export const surveySchema = z.discriminatedUnion('status', [
  z.strictObject({ ...asked, status: z.literal('open') }),
  z.strictObject({ ...asked, status: z.literal('answered'), ...ended, score: z.int().min(0).max(10) }),
  z.strictObject({ ...asked, status: z.literal('skipped'), ...ended }),
]);
export type Survey = z.infer<typeof surveySchema>;

export const surveysSchema = z.strictObject({
  householdId: householdIdSchema,
  /** The first orders that came without a question, up to as many as a rule counts. */
  automaticOrders: z.array(orderIdSchema).max(AUTOMATIC_ORDERS_KEPT),
  /** The oldest first. */
  asked: z.array(surveySchema).max(SURVEYS_KEPT),
});
export type Surveys = z.infer<typeof surveysSchema>;

/** A step that a household has just been through. */
export type Lived = { readonly householdId: HouseholdId; readonly at: Instant } & (
  { readonly step: 'order-delivered'; readonly orderId: OrderId; readonly isAutomatic: boolean } | { readonly step: 'case-solved'; readonly caseId: CaseId }
);

type Decided = Outcome<Surveys, EventOf<'survey'>>;
const days = (from: Instant, to: Instant): number => (millisOf(to) - millisOf(from)) / duration(1, 'days');

/** @param hasOpenCase whether something is being mended for this household: then nobody is asked whether they are content */
export function askAfter(before: Surveys | undefined, lived: Lived, { hasOpenCase, now }: { hasOpenCase: boolean; now: Instant }): Decided {
  const { householdId } = lived;
  const known = before ?? { householdId, automaticOrders: [], asked: [] };
  const automaticOrders = withOrder(known.automaticOrders, lived);
  const counted = { ...known, automaticOrders };
  const survey = hasOpenCase || isLeftInPeace(known.asked, now) || days(lived.at, now) > surveyLimits.lateDays ? undefined : newSurvey(counted, lived, now);
  if (survey !== undefined) {
    const { askedAt: _, status: __, ...said } = survey;
    return {
      kind: 'changed',
      state: { ...counted, asked: [...known.asked, survey].slice(-SURVEYS_KEPT) },
      events: [{ type: 'survey.asked', data: { householdId, ...said } }],
    };
  }
  return automaticOrders === known.automaticOrders ? ignored('not-asked') : { kind: 'changed', state: counted, events: [] };
}

function withOrder(orders: OrderId[], lived: Lived): OrderId[] {
  const isNew = lived.step === 'order-delivered' && lived.isAutomatic && orders.length < AUTOMATIC_ORDERS_KEPT && !orders.includes(lived.orderId);
  return isNew ? [...orders, lived.orderId] : orders;
}

function isLeftInPeace(all: readonly Survey[], now: Instant): boolean {
  const last = all.at(-1);
  if (last === undefined) return false;
  const latest = all.slice(-surveyLimits.unseenInARow);
  const nobodyLooks = latest.length === surveyLimits.unseenInARow && latest.every(({ status }) => status === 'open');
  return days(last.askedAt, now) < (nobodyLooks ? surveyLimits.unseenQuietDays : surveyLimits.quietDays);
}

function newSurvey({ automaticOrders, asked: all }: Surveys, lived: Lived, now: Instant): Extract<Survey, { status: 'open' }> | undefined {
  const rule = surveyRules.find(
    ({ kind, after, automaticOrders: least, everyDays }) =>
      after === lived.step &&
      automaticOrders.length >= least &&
      (least === 0 || (lived.step === 'order-delivered' && lived.isAutomatic)) &&
      all.every((one) => one.kind !== kind || days(one.askedAt, now) >= everyDays),
  );
  if (rule === undefined) return undefined;
  const about = lived.step === 'order-delivered' ? { orderId: lived.orderId } : { caseId: lived.caseId };
  const surveyId = surveyIdSchema.parse(`svy_${digest([lived.householdId, rule.kind, lived.step === 'order-delivered' ? lived.orderId : lived.caseId])}`);
  return all.some((one) => one.surveyId === surveyId) ? undefined : { surveyId, kind: rule.kind, ...about, askedAt: now, status: 'open' };
}

/** What somebody may answer now; at most one, and nothing while something is being mended. */
export function openSurvey(surveys: Surveys | undefined, { hasOpenCase, now }: { hasOpenCase: boolean; now: Instant }): Survey | undefined {
  const last = surveys?.asked.at(-1);
  return last?.status === 'open' && !hasOpenCase && days(last.askedAt, now) < surveyLimits.openDays ? last : undefined;
}

export interface SurveyAnswer {
  readonly surveyId: SurveyId;
  readonly memberId: MemberId;
  /** Absent: rather not. 0–10 of NPS, 1–5 of CSAT, 1–7 of CES. */
  readonly score?: number | undefined;
  readonly screen?: 'tv' | undefined;
}

/** The first answer of a household counts, however often and by whomever it is tapped. */
export function answerSurvey(surveys: Surveys | undefined, { surveyId, memberId, score, screen }: SurveyAnswer, now: Instant): Decided {
  const survey = surveys?.asked.find((one) => one.surveyId === surveyId);
  if (surveys === undefined || survey === undefined) return ignored('no-such-survey');
  if (survey.status !== 'open') return ignored('answered-already');
  if (days(survey.askedAt, now) >= surveyLimits.openDays) return rejected('too-late');
  if (score !== undefined && sentimentOfSurvey(survey.kind, score) === undefined) return rejected('not-on-the-scale');
  const { askedAt: _, status: __, ...about } = survey;
  const end = { endedAt: now, memberId };
  const after: Survey = score === undefined ? { ...survey, status: 'skipped', ...end } : { ...survey, status: 'answered', ...end, score };
  const said = { householdId: surveys.householdId, ...about, memberId, ...(screen !== undefined && { screen }) };
  return {
    kind: 'changed',
    state: { ...surveys, asked: surveys.asked.map((one) => (one === survey ? after : one)) },
    events: [score === undefined ? { type: 'survey.skipped', data: said } : { type: 'survey.answered', data: { ...said, score } }],
  };
}
