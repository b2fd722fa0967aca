/**
 * OUTREACH: what a household wants to hear from us and what has reached it. One item, so that its limits hold whoever sends at the same moment, and
 * a stop is obeyed by everything that is decided after it.
 */
import { z } from 'zod';
import { householdIdSchema, instantSchema, memberIdSchema, type HouseholdId, type Instant } from '../../values.ts';
import { mailAnswersSchema, mailedSchema } from './mail.ts';
import { quietHoursSchema, reachChannelSchema, reachPurposeSchema, wishKindSchema, wishSchema } from './wish.ts';
import { reachChannels } from './words.ts';

/** Two a week and some that could not wait: more than the five weeks that limits look back on. */
export const REACHED_KEPT = 40;
export const WAITING_MAX = 10;
/** Of single kinds. */
export const STOPS_MAX = 60;

export const reachIdSchema = z.string().regex(/^rch_[0-9a-f]{32}$/);

/** What has reached the household, as it read. */
export const reachedSchema = z.strictObject({
  reachId: reachIdSchema,
  wishId: wishSchema.shape.wishId,
  kind: wishKindSchema,
  purpose: reachPurposeSchema,
  channel: reachChannelSchema,
  at: instantSchema,
  urgent: z.literal(true).optional(),
  words: wishSchema.shape.words,
  reason: wishSchema.shape.reason,
  orderId: wishSchema.shape.orderId,
  supplyId: wishSchema.shape.supplyId,
  caseId: wishSchema.shape.caseId,
  link: wishSchema.shape.link,
  /** When somebody at home first opened it. */
  openedAt: instantSchema.optional(),
  /** To whom it was written by e-mail, and what became of that. */
  mailed: z.array(mailedSchema).max(20).optional(),
});
export type Reached = z.infer<typeof reachedSchema>;

/** `all`, or a kind of message. */
export const stopKindSchema = z.union([z.literal('all'), wishKindSchema]);

export const outreachSchema = z.strictObject({
  householdId: householdIdSchema,
  stops: z.array(z.strictObject({ kind: stopKindSchema, at: instantSchema, memberId: memberIdSchema.optional() })).max(STOPS_MAX + 1),
  /** The household's own order of preference; what is not in it comes after. Absent: as the sender proposes. */
  channels: z.array(reachChannelSchema).max(reachChannels.length).optional(),
  /** Absent: the product's. */
  quiet: quietHoursSchema.optional(),
  /** Who may be written to by e-mail, with every answer so far. */
  mailAnswers: mailAnswersSchema.optional(),
  /** Whose watch may be told something short. */
  watches: z.array(memberIdSchema).max(20).optional(),
  /** The oldest first. */
  reached: z.array(reachedSchema).max(REACHED_KEPT),
  /** Put off by the gate, for senders who keep no timer of their own. */
  waiting: z.array(z.strictObject({ wish: wishSchema, until: instantSchema, because: z.string().max(40) })).max(WAITING_MAX),
});
export type Outreach = z.infer<typeof outreachSchema>;
export const noOutreachYet = (householdId: HouseholdId): Outreach => ({ householdId, stops: [], reached: [], waiting: [] });

export const isStopped = (outreach: Pick<Outreach, 'stops'>, kind: string): 'stopped' | 'stopped-all' | undefined => {
  if (outreach.stops.some((stop) => stop.kind === 'all')) return 'stopped-all';
  return outreach.stops.some((stop) => stop.kind === kind) ? 'stopped' : undefined;
};

/** When a wish that was put off is asked for again. */
export const nextWaiting = ({ waiting }: Outreach): Instant | undefined => waiting.map(({ until }) => until).sort()[0];
