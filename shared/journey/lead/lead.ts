/**
 * A lead: somebody without a household who has asked to be answered. All that is said of it is a projection of what happened, what somebody of ours
 * decided and what time it is; so order and repeats do not matter, and what is taken back is as if it had never been.
 */
import { z } from 'zod';
import { addDuration, duration, householdIdSchema, instantSchema, staffIdSchema, type Instant } from '../../values.ts';
import { channelSchema } from '../words.ts';
import { Consents, type Yes } from './consents.ts';
import { LEAD_ADDRESSED, leadAddressingsSchema } from './lead-addressing.ts';
import { leadIdSchema, isContact } from './lead-id.ts';
import { matches, type LeadRules } from './lead-rules.ts';
import { leadStages } from './lead-stages.ts';
import { leadTouchesSchema, touchesInTime, type LeadTouch } from './lead-touch.ts';
import { scoreAt, scoreSchema } from './score.ts';

export const leadStageSchema = z.enum(leadStages);
/** On the way, in this order. */
export type OpenStage = keyof LeadRules['silentDays'];

const reason = z.string().trim().min(3).max(120);
const staffDecisionSchema = z.strictObject({ decision: z.enum(['hand-over', 'close']), at: instantSchema, by: staffIdSchema, because: reason });
export type LeadDecision = z.infer<typeof staffDecisionSchema>;
const DECISIONS_MAX = 20;

const lostSchema = z.strictObject({ at: instantSchema, reason: z.enum(['said-no', 'silent', 'closed']), because: reason.optional() });
export const leadStandingSchema = z.strictObject({
  stage: leadStageSchema,
  since: instantSchema,
  /** With what it began. */
  generated: z.strictObject({
    at: instantSchema,
    type: z.string().max(80),
    channel: channelSchema,
    campaign: z.string().max(80).optional(),
    from: leadTouchesSchema.valueType.shape.from,
  }),
  addressedAt: instantSchema.optional(),
  nurturedAt: instantSchema.optional(),
  handedOver: z.strictObject({ at: instantSchema, by: z.union([z.literal('score'), staffIdSchema]), because: reason }).optional(),
  won: z.strictObject({ at: instantSchema, householdId: householdIdSchema }).optional(),
  lost: lostSchema.optional(),
  consent: z.enum(['given', 'withdrawn']),
  /** Only while it may be reckoned with what they do. */
  score: scoreSchema.optional(),
  /** When something last came from them. */
  heardAt: instantSchema,
});
export type LeadStanding = z.infer<typeof leadStandingSchema>;

export const leadSchema = z.strictObject({
  leadId: leadIdSchema,
  /** Every address of the same person, the one it goes by first. */
  contacts: z.array(z.string().refine(isContact, 'expected a hidden address')).min(1).max(20),
  touches: leadTouchesSchema,
  decisions: z.array(staffDecisionSchema).max(DECISIONS_MAX),
  /** It has become a part of that household. */
  home: z.strictObject({ householdId: householdIdSchema, since: instantSchema }).optional(),
  /** Which campaigns it was in; absent: none. */
  campaigns: leadAddressingsSchema.optional(),
  standing: leadStandingSchema,
  lookAgainAt: instantSchema.optional(),
});
export type Lead = z.infer<typeof leadSchema>;
export type LeadFacts = Pick<Lead, 'touches' | 'decisions' | 'home' | 'campaigns'>;

interface Way {
  generated?: LeadStanding['generated'];
  addressedAt?: Instant;
  nurturedAt?: Instant;
  handedOver?: LeadStanding['handedOver'];
  heardAt?: Instant;
}

const isTheirs = ({ initiator }: LeadTouch): boolean => initiator === 'customer';

/** Something of ours, as far as we know. */
export const isOurs = ({ initiator, channel, type }: LeadTouch, { reached }: LeadRules): boolean =>
  type === LEAD_ADDRESSED || (initiator === 'company' && reached.channels.includes(channel));
const isReached = (touch: LeadTouch, rules: LeadRules): boolean => isOurs(touch, rules) || rules.reached.on.includes(touch.type);

/** What happened before they had a household, in order. */
const before = ({ touches, home }: LeadFacts): LeadTouch[] => touchesInTime(touches).filter(({ at }) => home === undefined || at < home.since);

/** The addresses under which they may be answered now, and what may be reckoned with. */
export function yesOf(facts: LeadFacts, rules: LeadRules): { readonly given: readonly Yes[]; readonly covered: readonly LeadTouch[] } {
  const [happened, consents] = [before(facts), new Consents()];
  for (const touch of happened) consents.hear(touch, rules);
  return { given: consents.given, covered: happened.filter(consents.covers) };
}

/** @param happened in order @returns how far it came by what happened alone */
function wayOf(happened: readonly LeadTouch[], rules: LeadRules): { way: Way; consents: Consents } {
  const [way, consents, since]: [Way, Consents, { returns: number; touches: number }] = [{}, new Consents(), { returns: 0, touches: 0 }];
  happened.forEach((touch, index) => {
    const hasAsked = consents.hear(touch, rules);
    const { at, type, channel, campaign, from } = touch;
    if (hasAsked) way.generated ??= { at, type, channel, ...(campaign !== undefined && { campaign }), ...(from !== undefined && { from }) };
    if (way.generated === undefined) return;
    if (isTheirs(touch)) way.heardAt = at;
    if (!consents.stands) return;
    if (way.addressedAt !== undefined) {
      since.touches += 1;
      if (isTheirs(touch)) since.returns += 1;
      if (since.returns >= rules.nurtured.returns || since.touches >= rules.nurtured.touches) way.nurturedAt ??= at;
    } else if (!hasAsked && isReached(touch, rules)) way.addressedAt = at;
    if (way.handedOver !== undefined || !rules.scores.some((rule) => matches(rule, touch))) return;
    const { points } = scoreAt(happened.slice(0, index + 1).filter(consents.covers), rules, at);
    if (points >= rules.handOverAt) way.handedOver = { at, by: 'score', because: `${points} of ${rules.handOverAt} points` };
  });
  return { way, consents };
}

/** Where it stands, or undefined where nobody has asked for anything before they had a household. */
export function standLead(facts: LeadFacts, rules: LeadRules, now: Instant): LeadStanding | undefined {
  const { decisions, home } = facts;
  const happened = before(facts);
  const { way, consents } = wayOf(happened, rules);
  const { generated, addressedAt, nurturedAt } = way;
  if (generated === undefined) return undefined;
  const handedOver = [
    ...decisions.filter(({ decision }) => decision === 'hand-over').map(({ at, by, because }) => ({ at, by, because })),
    ...(way.handedOver === undefined ? [] : [way.handedOver]),
  ].sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)))[0];
  const last = decisions.reduce((latest, { at }) => (at > latest ? at : latest), generated.at);
  const heardAt = way.heardAt ?? generated.at;
  const open: readonly [OpenStage, Instant] = (handedOver && ['handed-over', handedOver.at]) ??
    (nurturedAt && ['nurtured', nurturedAt]) ??
    (addressedAt && ['addressed', addressedAt]) ?? ['generated', generated.at];
  const lost = home === undefined ? lostBy({ consents, decisions, heardAt, lastAt: last > heardAt ? last : heardAt, stage: open[0] }, rules, now) : undefined;
  const won = home && { at: home.since, householdId: home.householdId };
  const isReckoned = consents.stands && won === undefined && lost === undefined;
  return {
    stage: won ? 'won' : lost ? 'lost' : open[0],
    since: won?.at ?? lost?.at ?? open[1],
    generated,
    ...(addressedAt && { addressedAt }),
    ...(nurturedAt && { nurturedAt }),
    ...(handedOver && { handedOver }),
    ...(won && { won }),
    ...(lost && { lost }),
    consent: consents.stands ? 'given' : 'withdrawn',
    ...(isReckoned && { score: scoreAt(happened.filter(consents.covers), rules, now) }),
    heardAt,
  };
}

interface Heard {
  readonly consents: Consents;
  readonly decisions: readonly LeadDecision[];
  readonly heardAt: Instant;
  /** From them, or decided by us. */
  readonly lastAt: Instant;
  readonly stage: OpenStage;
}
function lostBy({ consents, decisions, heardAt, lastAt, stage }: Heard, { silentDays }: LeadRules, now: Instant): LeadStanding['lost'] {
  if (!consents.stands && consents.refusedAt !== undefined) return { at: consents.refusedAt, reason: 'said-no' };
  const decided = [...decisions].sort((a, b) => (a.at < b.at ? -1 : 1)).at(-1);
  // Whoever comes back after that is no longer lost.
  if (decided?.decision === 'close' && heardAt <= decided.at) return { at: decided.at, reason: 'closed', because: decided.because };
  const silentFrom = addDuration(lastAt, duration(silentDays[stage], 'days'));
  return silentFrom <= now ? { at: silentFrom, reason: 'silent' } : undefined;
}

export function withDecision(decisions: readonly LeadDecision[], came: LeadDecision): LeadDecision[] {
  return [...decisions, came].sort((a, b) => (a.at < b.at ? -1 : 1)).slice(-DECISIONS_MAX);
}
