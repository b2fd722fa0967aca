/** What happens between a household, or somebody who has none yet, and the company: the part of the catalogue that journeys are about. */
import { z } from 'zod';
import { leadChannels } from './journey/campaign/for-leads.ts';
import { surveyKindSchema } from './journey/collect/survey-sentiment.ts';
import { leadIdSchema } from './journey/lead/lead-id.ts';
import { mailEndings, reachChannels, reachPurposes } from './journey/outreach/words.ts';
import { channelSchema, phaseSchema } from './journey/words.ts';
import { caseIdSchema, householdIdSchema, memberIdSchema, orderIdSchema, supplyIdSchema, surveyIdSchema } from './values.ts';

const household = { householdId: householdIdSchema };
const reason = z.string().min(1).max(200);
/** By remote control; absent: in the app. */
const onTv = { screen: z.literal('tv').optional() };
/** What it asks, and about what. */
const survey = {
  ...household,
  surveyId: surveyIdSchema,
  kind: surveyKindSchema,
  orderId: orderIdSchema.optional(),
  caseId: caseIdSchema.optional(),
};

/** Of no household yet; `from` a source it came as its own message, so that a CRM finds the form that it has itself. */
const lead = { leadId: leadIdSchema, because: reason };
const leadOrigin = {
  ...{ type: z.string().max(80), channel: channelSchema, campaign: z.string().max(80).optional() },
  ...{ source: z.string().max(40).optional(), messageId: z.string().max(250).optional() },
};

const bothWords = z.strictObject({ de: z.string().min(1).max(300), en: z.string().min(1).max(300) });

/** Type → schema of `data`. */
export const journeyEventSchemas = {
  'survey.asked': z.strictObject(survey),
  /** 0–10 of NPS, 1–5 of CSAT, 1–7 of CES. */
  'survey.answered': z.strictObject({ ...survey, memberId: memberIdSchema, score: z.int().min(0).max(10), ...onTv }),
  'survey.skipped': z.strictObject({ ...survey, memberId: memberIdSchema, ...onTv }),

  /** Something that an order itself does not require has reached the household; its words stand in OUTREACH under `reachId`. */
  'outreach.sent': z.strictObject({
    ...household,
    reachId: z.string().max(40),
    kind: z.string().max(40),
    purpose: z.enum(reachPurposes),
    channel: z.enum(reachChannels),
    phase: phaseSchema,
    orderId: orderIdSchema.optional(),
    supplyId: supplyIdSchema.optional(),
    caseId: caseIdSchema.optional(),
  }),
  /** Somebody at home has opened it. */
  'outreach.opened': z.strictObject({ ...household, reachId: z.string().max(40), kind: z.string().max(40), memberId: memberIdSchema }),
  /** `kind`: `all`, or what is not wanted any more; without a member where a link did it. */
  'outreach.stopped': z.strictObject({ ...household, kind: z.string().max(40), memberId: memberIdSchema.optional() }),
  'outreach.allowed': z.strictObject({ ...household, kind: z.string().max(40), memberId: memberIdSchema.optional() }),
  /** A member may be written to by e-mail, under which text they said so; and why not any more. */
  'outreach.mail-allowed': z.strictObject({ ...household, memberId: memberIdSchema, wordingVersion: z.string().max(12) }),
  'outreach.mail-withdrawn': z.strictObject({ ...household, memberId: memberIdSchema, because: z.enum(mailEndings) }),
  /** Work for somebody of the company, for its CRM; `task` names what is to be done. */
  'task.requested': z.strictObject({ ...household, taskId: z.string().max(80), task: z.string().max(40), because: reason }),

  'phase.entered': z.strictObject({ ...household, productLine: z.string().max(40), phase: z.string().max(40), because: reason }),
  'segment.entered': z.strictObject({ ...household, segment: z.string().max(40), because: reason }),
  'segment.left': z.strictObject({ ...household, segment: z.string().max(40), because: reason }),
  /** Somebody without a household has asked to be answered: with what, and how whoever sent it calls it. */
  'lead.generated': z.strictObject({ ...lead, ...leadOrigin }),
  /** To sales, by its score or by somebody of ours. */
  'lead.handed-over': z.strictObject({ ...lead, ...leadOrigin, score: z.int().min(0).max(100).optional() }),
  /** A campaign says something to somebody who has no household: whoever holds the address that answers to `to` is to write, or to call. */
  'lead.addressed': z.strictObject({
    ...{ leadId: leadIdSchema, to: leadIdSchema, campaign: z.string().max(40), piece: z.string().max(40), channel: z.enum(leadChannels) },
    ...{ title: bothWords, text: bothWords, reason: bothWords, link: z.string().max(200).optional() },
    ...{ source: leadOrigin.source, messageId: leadOrigin.messageId },
  }),
  'lead.won': z.strictObject({ ...lead, ...household }),
  'lead.lost': z.strictObject({ ...lead, reason: z.enum(['said-no', 'silent', 'closed']) }),
  /** A new household has said who has brought it. */
  'referral.entered': z.strictObject(household),
  /** First goods have come to somebody whom this household has brought: both get what was promised. */
  'referral.redeemed': z.strictObject(household),
  /** First goods have come to this household, which somebody has brought: its own part of what was promised. */
  'referral.welcomed': z.strictObject(household),
  /** With `actionId` it is the next best action of a household, which reaches it through the gate; without, an order's reminder. */
  'action.recommended': z.strictObject({
    ...{ ...household, action: z.string().max(40), orderId: orderIdSchema.optional(), because: reason },
    actionId: z
      .string()
      .regex(/^act_[0-9a-f]{32}$/)
      .optional(),
  }),
} as const;
