/**
 * One message to one subscription: the machine of every webhook (webhook/attempts.ts), and one status more. `held`: the receiver cannot be reached, or is
 * stopped; the message waits without being tried, and goes out when the receiver is well again. Of a touchpoint only the place is kept, and what of it is told:
 * the body is made of it on each attempt, the same to the byte since a touchpoint never changes, and nothing of it is left here when a household is forgotten.
 */
import { z } from 'zod';
import { digest } from '../../digest.ts';
import { purposeNames } from '../../household/purposes.ts';
import {
  addDuration,
  duration,
  householdIdSchema,
  instantSchema,
  messageIdSchema,
  rejected,
  type Instant,
  type MessageId,
  type Outcome,
} from '../../values.ts';
import { attemptedShape, Attempts, dueAtOf, REPLAYS_MAX, statusShapes, type AttemptResult, type Step } from '../../webhook/attempts.ts';
import { leadIdSchema } from '../lead/lead-id.ts';
import { fieldSchema, subscriptionIdSchema, toldTypes, type SubscriptionId } from './subscription.ts';

/** A log is kept a month; so long a period can be sent again. */
export const HANDED_ON_KEPT = duration(30, 'days');

/** What it tells: a touchpoint, by where it stands, or a few words of ours about a household. */
const aboutSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('touchpoint'),
    pk: z.string().max(300),
    sk: z.string().max(200),
    fields: z.array(fieldSchema).max(fieldSchema.options.length),
  }),
  z.strictObject({ kind: z.literal('words'), at: instantSchema, words: z.record(z.string().max(40), z.string().max(300)) }),
]);
export type About = z.infer<typeof aboutSchema>;

export const handedOnTypeSchema = z.enum(['touchpoint.stored', ...toldTypes, 'household.erased', 'consent.withdrawn', 'subscription.tested']);
export type HandedOnType = z.infer<typeof handedOnTypeSchema>;

const message = {
  ...attemptedShape,
  subscriptionId: subscriptionIdSchema,
  type: handedOnTypeSchema,
  /** Neither is there in a test. */
  householdId: householdIdSchema.optional(),
  leadId: leadIdSchema.optional(),
  about: aboutSchema,
  /** Without these consents it must not leave, whenever it is tried. */
  purposes: z.array(z.enum(purposeNames)).max(purposeNames.length),
  /** Sent again by hand, with the same id, the newest last. */
  replays: z
    .array(z.strictObject({ at: instantSchema }))
    .max(REPLAYS_MAX)
    .optional(),
};
const abandonReasonSchema = z.enum(['too-late', 'attempts-exhausted', 'endpoint-gone', 'switched-off', 'no-consent', 'forgotten']);
export type HandOnEnd = z.infer<typeof abandonReasonSchema>;
const heldSchema = z.enum(['unreachable', 'stopped']);

export const handedOnSchema = z.discriminatedUnion('status', [
  z.strictObject({ ...message, ...statusShapes.pending }),
  z.strictObject({ ...message, ...statusShapes.attempting }),
  z.strictObject({ ...message, ...statusShapes.delivered }),
  z.strictObject({ ...message, status: z.literal('abandoned'), abandonedAt: instantSchema, reason: abandonReasonSchema }),
  z.strictObject({ ...message, status: z.literal('held'), heldAt: instantSchema, reason: heldSchema }),
]);
export type HandedOn = z.infer<typeof handedOnSchema>;

/** As the log shows it: what it tells stands with whoever has it. */
export const handedOnView = z.object({
  ...attemptedShape,
  type: handedOnTypeSchema,
  householdId: message.householdId,
  leadId: message.leadId,
  purposes: message.purposes,
  status: z.enum(['pending', 'attempting', 'delivered', 'abandoned', 'held']),
  /** When it is tried next. */
  dueAt: instantSchema.optional(),
  /** Why it is held, or does not leave any more. */
  reason: z.union([abandonReasonSchema, heldSchema]).optional(),
  replays: message.replays,
});

const contentSchema = z.object(message);
type Content = z.infer<typeof contentSchema>;
type Next = Outcome<HandedOn, never>;

const contentOf = ({
  messageId,
  subscriptionId,
  type,
  householdId,
  leadId,
  about,
  purposes,
  createdAt,
  acceptBefore,
  attempts,
  replays,
}: Content): Content => ({
  ...{ messageId, subscriptionId, type, about, purposes, createdAt, acceptBefore, attempts },
  ...(householdId !== undefined && { householdId }),
  ...(leadId !== undefined && { leadId }),
  ...(replays !== undefined && { replays }),
});
const machine = new Attempts<Content, HandOnEnd, { at: Instant }>(contentOf);
const plain = (step: Step<HandedOn, HandOnEnd>): Next => (step.kind === 'changed' ? { kind: 'changed', state: step.state, events: [] } : { ...step });

/** The same however often the same thing is told to the same subscription. @param what a touchpoint's id, an event's */
export const handedOnId = (subscriptionId: SubscriptionId, what: string): MessageId => messageIdSchema.parse(`msg_${digest({ subscriptionId, what })}`);

/** @param held nobody receives it for now */
export function newHandedOn(about: Omit<Content, 'attempts' | 'acceptBefore' | 'replays'>, held: z.infer<typeof heldSchema> | undefined): HandedOn {
  const content = { ...about, acceptBefore: addDuration(about.createdAt, HANDED_ON_KEPT), attempts: [] };
  return held === undefined
    ? { ...content, status: 'pending', attempt: 1, dueAt: about.createdAt }
    : { ...content, status: 'held', heldAt: about.createdAt, reason: held };
}

export const handedOnDueAt = (message: HandedOn): Instant | undefined => dueAtOf(message);

/** @param held whoever probes a receiver that was out of reach holds nothing */
export function startHandingOn(message: HandedOn, at: { readonly now: Instant; readonly held: z.infer<typeof heldSchema> | undefined }): Next {
  if (message.status === 'held') return { kind: 'ignored', reason: 'held' };
  const started = plain(machine.start(message, at.now));
  if (started.kind !== 'changed' || started.state.status !== 'attempting' || at.held === undefined) return started;
  return { kind: 'changed', state: { ...contentOf(started.state), status: 'held', heldAt: at.now, reason: at.held }, events: [] };
}

export const postponeHandingOn = (message: HandedOn, until: Instant, at?: Instant): Next =>
  message.status === 'held'
    ? { kind: 'ignored', reason: 'held' }
    : plain(machine.postpone(message, until, { at, detail: 'not waited for: another message waits for this slow receiver' }));

export const finishHandingOn = (message: HandedOn, result: AttemptResult, chance: { now: Instant; jitter: number }): Next =>
  message.status === 'held' ? { kind: 'ignored', reason: 'held' } : plain(machine.finish(message, result, chance));

/** It must not leave any more. One that waits for its time goes at once. */
export const endHandingOn = (message: HandedOn, reason: HandOnEnd, now: Instant): Next =>
  plain(machine.giveUp(message.status === 'held' ? pending(message, now) : message, reason, now));

/** The receiver is well again. */
export const release = (message: HandedOn, now: Instant): Next =>
  message.status === 'held' ? { kind: 'changed', state: pending(message, now), events: [] } : { kind: 'ignored', reason: message.status };

/** Once more, by hand: the same message under the same id. Rejected: too-late, replayed-just-now, too-many-replays; ignored while an attempt is under way. */
export function replayHandingOn(message: HandedOn, now: Instant): Next {
  if (message.type === 'subscription.tested') return rejected('is-a-test');
  return plain(machine.replay(message.status === 'held' ? pending(message, now) : message, { at: now }));
}

const pending = (message: HandedOn, now: Instant): Extract<HandedOn, { status: 'pending' }> => ({
  ...contentOf(message),
  status: 'pending',
  attempt: 1,
  dueAt: now,
});
