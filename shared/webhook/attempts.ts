/**
 * One message to one receiver and its attempts, as a state machine: pending → attempting → delivered, pending again, or abandoned. Orders to shops and
 * what subscriptions receive are both this; what they say of it, and to whom, each adds itself.
 *
 * What counts (Standard Webhooks 1.0, “Webhook delivery” ): 2xx is success and nothing else is; a redirect is a failure and never followed;
 * 410 means that the endpoint is gone, so the message is abandoned at once and the receiver disabled. Every other 4xx is tried again like
 * a 5xx: it is nearly always a wrong key, path or release that somebody is mending.
 */
import { z } from 'zod';
import { addDuration, duration, earliest, ignored, instantSchema, isBefore, messageIdSchema, rejected, type Duration, type Instant } from '../values.ts';
import { ATTEMPTS_MAX, retryAfterDelay, retryDelay } from './retry.ts';

/** Longer than an attempt may take (15 s), shorter than a person would wait to see a crash healed. */
const LEASE = duration(2, 'minutes');

/** Ten attempts and one entry for an end without another, twice. */
export const ATTEMPTS_KEPT = 24;
/** Of one message; whoever needs more has another problem. */
export const REPLAYS_MAX = 10;
/** Long enough to see how the first went. */
export const REPLAY_PAUSE = duration(1, 'minutes');

export const attemptSchema = z.strictObject({
  at: instantSchema,
  /** `lost`: whoever made it stopped before it could say how it ended. `not-made`: it was too late to make it. */
  outcome: z.enum(['delivered', 'failed', 'lost', 'not-made']),
  httpStatus: z.int().min(100).max(599).optional(),
  detail: z.string().max(200),
  /** What went over the wire, for whoever looks for the mistake: the signed timestamp (unix seconds), how long it took, and how the answer began. */
  exchange: z.strictObject({ timestamp: z.int().min(0), millis: z.int().min(0), answer: z.string().max(1_000).optional() }).optional(),
});
export type Attempt = z.infer<typeof attemptSchema>;

export const attemptedShape = {
  messageId: messageIdSchema,
  createdAt: instantSchema,
  /** From this instant on nobody can use the message any more: nothing is sent. */
  acceptBefore: instantSchema,
  /** The newest last; when it was sent again by hand, the first ones are forgotten. */
  attempts: z.array(attemptSchema).max(ATTEMPTS_KEPT),
};

/** The members of each status, beside what the message is. */
export const statusShapes = {
  pending: { status: z.literal('pending'), attempt: z.int().min(1).max(ATTEMPTS_MAX), dueAt: instantSchema },
  attempting: { status: z.literal('attempting'), attempt: z.int().min(1).max(ATTEMPTS_MAX), leaseUntil: instantSchema },
  delivered: { status: z.literal('delivered'), deliveredAt: instantSchema },
};

interface Pending {
  readonly status: 'pending';
  readonly attempt: number;
  readonly dueAt: Instant;
}
interface Attempting {
  readonly status: 'attempting';
  readonly attempt: number;
  readonly leaseUntil: Instant;
}
interface Delivered {
  readonly status: 'delivered';
  readonly deliveredAt: Instant;
}
export interface Abandoned<Reason> {
  readonly status: 'abandoned';
  readonly abandonedAt: Instant;
  readonly reason: Reason;
}
/** What every message is made of, whatever it says. */
export type Sent<Replay> = {
  readonly [Name in 'createdAt' | 'acceptBefore']: Instant;
} & { readonly messageId: string; attempts: Attempt[]; replays?: Replay[] | undefined };

/** The reasons for which the machine itself gives up; whoever uses it may have more. */
export type OwnReason = 'too-late' | 'attempts-exhausted' | 'endpoint-gone';

/** What the network had to say: an answer, or why there was none. */
export type AttemptResult = (
  { readonly kind: 'answered'; readonly status: number; readonly retryAfter?: string | undefined } | { readonly kind: 'failed'; readonly reason: string }
) & { readonly exchange?: Attempt['exchange'] };

export const isSuccess = (result: AttemptResult): boolean => result.kind === 'answered' && result.status >= 200 && result.status <= 299;

/** What somebody may want to be told of. */
export type News<Reason> =
  | { readonly kind: 'failed'; readonly attempt: number; readonly reason: string; readonly retryAt: Instant }
  | { readonly kind: 'abandoned'; readonly attempts: number; readonly reason: Reason };

export type Step<State, Reason> =
  { readonly kind: 'changed'; readonly state: State; readonly news?: News<Reason> } | { readonly kind: 'ignored' | 'rejected'; readonly reason: string };

type In<Content, Reason> = Content & (Pending | Attempting | Delivered | Abandoned<Reason | OwnReason>);
type Stepped<Content, Reason> = Step<In<Content, Reason>, Reason | OwnReason>;

/** When time has to look at it again; undefined when it is over. */
export const dueAtOf = (message: Pending | Attempting | { readonly status: 'delivered' | 'abandoned' | 'held' }): Instant | undefined =>
  message.status === 'pending' ? message.dueAt : message.status === 'attempting' ? message.leaseUntil : undefined;

/** What may happen to the messages of one kind. @typeParam Reason for which they are given up, beside the machine's own */
export class Attempts<Content extends Sent<Replay>, Reason extends string, Replay extends { readonly at: Instant }> {
  readonly #contentOf: (message: Content) => Content;

  /** @param contentOf the message without what belongs to a status, so that no member of one status survives into another */
  constructor(contentOf: (message: Content) => Content) {
    this.#contentOf = contentOf;
  }

  /**
   * To be stored before the first byte leaves. An attempt whose lease is over was lost with whoever made it: the receiver may have heard it,
   * so it counts, and the same message is sent again.
   */
  start(message: In<Content, Reason>, now: Instant): Stepped<Content, Reason> {
    if (message.status === 'pending') {
      return isBefore(now, message.dueAt) && isBefore(now, message.acceptBefore)
        ? ignored('not-due')
        : this.#begin(this.#contentOf(message), message.attempt, now);
    }
    if (message.status !== 'attempting') return ignored(message.status);
    if (isBefore(now, message.leaseUntil)) return ignored('under-way');
    const lost = withAttempt(this.#contentOf(message), { at: now, outcome: 'lost', detail: 'no result before the lease ended' });
    return this.#begin(lost, message.attempt + 1, now);
  }

  /** Another message waits for this slow receiver, and none of the ten attempts is used up. @param at when this one was sent all the same and nobody waited for its answer */
  postpone(
    message: In<Content, Reason>,
    until: Instant,
    { at, detail }: { readonly at?: Instant | undefined; readonly detail: string },
  ): Stepped<Content, Reason> {
    if (message.status !== 'pending' && message.status !== 'attempting') return ignored(message.status);
    const content = this.#contentOf(message);
    const cut = at === undefined ? content : withAttempt(content, { at, outcome: 'failed', detail });
    return { kind: 'changed', state: { ...cut, status: 'pending', attempt: message.attempt, dueAt: earliest(until, content.acceptBefore) } };
  }

  /** @param chance.jitter in [-1, 1], from the caller, so that the same attempt gives the same next one in a test */
  finish(message: In<Content, Reason>, result: AttemptResult, chance: { now: Instant; jitter: number }): Stepped<Content, Reason> {
    if (message.status !== 'attempting') return ignored(`not-attempting: ${message.status}`);
    const [{ now }, content, { attempt }] = [chance, this.#contentOf(message), message];
    const exchange = result.exchange && { exchange: result.exchange };
    if (result.kind === 'answered' && isSuccess(result)) {
      const done = withAttempt(content, { at: now, outcome: 'delivered', httpStatus: result.status, detail: '', ...exchange });
      return { kind: 'changed', state: { ...done, status: 'delivered', deliveredAt: now } };
    }
    const detail = (result.kind === 'answered' ? `answered ${result.status}` : result.reason).slice(0, 200);
    const httpStatus = result.kind === 'answered' ? { httpStatus: result.status } : {};
    const failed = withAttempt(content, { at: now, outcome: 'failed', ...httpStatus, detail, ...exchange });
    if (result.kind === 'answered' && result.status === 410) return this.#abandon(failed, 'endpoint-gone', now);
    const retryAfter = result.kind === 'answered' ? retryAfterDelay(result.retryAfter, now) : duration(0, 'seconds');
    return this.#retry(failed, attempt, detail, { ...chance, retryAfter });
  }

  /** For a receiver that must not have it any more; a message that is over stays as it is. */
  giveUp(message: In<Content, Reason>, reason: Reason | OwnReason, now: Instant): Stepped<Content, Reason> {
    return message.status === 'delivered' || message.status === 'abandoned' ? ignored(message.status) : this.#giveUp(this.#contentOf(message), reason, now);
  }

  /**
   * Once more, by hand: the same message under the same id, so that whoever has it already takes it once. Rejected: too-late, replayed-just-now,
   * too-many-replays; ignored while an attempt is under way.
   */
  replay(message: In<Content, Reason>, replay: Replay): Stepped<Content, Reason> {
    const now = replay.at;
    if (message.status === 'attempting' && isBefore(now, message.leaseUntil)) return ignored('under-way');
    const { replays = [] } = message;
    if (!isBefore(now, message.acceptBefore)) return rejected('too-late');
    const last = replays.at(-1);
    if (last !== undefined && isBefore(now, addDuration(last.at, REPLAY_PAUSE))) return rejected('replayed-just-now');
    if (replays.length >= REPLAYS_MAX) return rejected('too-many-replays');
    return { kind: 'changed', state: { ...this.#contentOf(message), replays: [...replays, replay], status: 'pending', attempt: 1, dueAt: now } };
  }

  #abandon(content: Content, reason: Reason | OwnReason, now: Instant): Stepped<Content, Reason> {
    const state = { ...content, status: 'abandoned' as const, abandonedAt: now, reason };
    return { kind: 'changed', state, news: { kind: 'abandoned', attempts: content.attempts.length, reason } };
  }

  #giveUp(content: Content, reason: Reason | OwnReason, now: Instant): Stepped<Content, Reason> {
    return this.#abandon(withAttempt(content, { at: now, outcome: 'not-made', detail: reason }), reason, now);
  }

  #begin(content: Content, attempt: number, now: Instant): Stepped<Content, Reason> {
    if (!isBefore(now, content.acceptBefore)) return this.#giveUp(content, 'too-late', now);
    if (attempt > ATTEMPTS_MAX) return this.#abandon(content, 'attempts-exhausted', now);
    return { kind: 'changed', state: { ...content, status: 'attempting', attempt, leaseUntil: addDuration(now, LEASE) } };
  }

  #retry(content: Content, failed: number, reason: string, at: { now: Instant; jitter: number; retryAfter: Duration }): Stepped<Content, Reason> {
    const delay = retryDelay(failed + 1, at.jitter);
    if (delay === undefined) return this.#abandon(content, 'attempts-exhausted', at.now);
    // Not later than acceptBefore: then it is due to be given up, and whoever waits for it is told on time.
    const retryAt = earliest(addDuration(at.now, duration(Math.max(delay, at.retryAfter) / 1_000, 'seconds')), content.acceptBefore);
    const state = { ...content, status: 'pending' as const, attempt: failed + 1, dueAt: retryAt };
    return { kind: 'changed', state, news: { kind: 'failed', attempt: failed, reason, retryAt } };
  }
}

const withAttempt = <Content extends { attempts: Attempt[] }>(content: Content, attempt: Attempt): Content => ({
  ...content,
  attempts: [...content.attempts, attempt].slice(-ATTEMPTS_KEPT),
});
