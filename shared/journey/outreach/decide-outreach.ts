/** What a household's OUTREACH says to a wish, and to what somebody at home wants to hear. */
import { digest } from '../../digest.ts';
import type { EventOf } from '../../events.ts';
import { ignored, rejected, unreachable, type HouseholdId, type Instant, type MemberId, type Outcome } from '../../values.ts';
import { answerMail, type MailCommand } from './decide-mail.ts';
import { mayReach, type Circumstances, type Verdict } from './may-reach.ts';
import { noOutreachYet, REACHED_KEPT, STOPS_MAX, WAITING_MAX, type Outreach, type Reached } from './outreach.ts';
import type { QuietHours } from './local-hours.ts';
import type { ReachChannel } from './words.ts';
import type { Wish } from './wish.ts';

type Decided = Outcome<Outreach, EventOf<'outreach'>>;

export const reachIdOf = ({ householdId, wishId }: Pick<Wish, 'householdId' | 'wishId'>): string => `rch_${digest([householdId, wishId])}`;

export interface Asked {
  readonly wish: Wish;
  readonly circumstances: Omit<Circumstances, 'outreach'>;
  /** Ask again by itself when the gate says to wait: for senders who keep no timer of their own. */
  readonly keep: boolean;
}

/**
 * Asks the gate and notes what it lets through, in one: of two who ask at once, the second meets what the first has noted. A wish that has reached
 * the household already is answered as the first time.
 */
export function askToReach(before: Outreach | undefined, asked: Asked, now: Instant): { readonly verdict: Verdict; readonly outcome: Decided } {
  const { wish, circumstances, keep } = asked;
  const outreach = before ?? noOutreachYet(wish.householdId);
  const sent = outreach.reached.find(({ reachId }) => reachId === reachIdOf(wish));
  if (sent !== undefined) return { verdict: { send: sent.channel }, outcome: ignored('reached-already') };
  const verdict = mayReach(wish, { ...circumstances, outreach }, now);
  const others = outreach.waiting.filter((one) => one.wish.wishId !== wish.wishId);
  if ('send' in verdict) return { verdict, outcome: noted({ ...outreach, waiting: others }, wish, verdict.send, now) };
  if ('wait' in verdict && keep && others.length < WAITING_MAX) {
    const { wait: until, because } = verdict;
    return { verdict, outcome: { kind: 'changed', state: { ...outreach, waiting: [...others, { wish, until, because }] }, events: [] } };
  }
  const isDropped = others.length < outreach.waiting.length;
  return { verdict, outcome: isDropped ? { kind: 'changed', state: { ...outreach, waiting: others }, events: [] } : ignored(verdict.because) };
}

function noted(outreach: Outreach, wish: Wish, channel: ReachChannel, now: Instant): Decided {
  const { wishId, householdId, kind, purpose, words, reason, urgent, phase, orderId, supplyId, caseId, link } = wish;
  const about = { ...(orderId && { orderId }), ...(supplyId && { supplyId }), ...(caseId && { caseId }) };
  const reachId = reachIdOf(wish);
  const reached: Reached = { reachId, wishId, kind, purpose, channel, at: now, words, reason, ...about, ...(urgent && { urgent }), ...(link && { link }) };
  return {
    kind: 'changed',
    state: { ...outreach, reached: [...outreach.reached, reached].slice(-REACHED_KEPT) },
    events: [{ type: 'outreach.sent', data: { householdId, reachId, kind, purpose, channel, phase, ...about } }],
  };
}

export type OutreachCommand =
  | { readonly type: 'stop' | 'allow'; readonly kind: string; readonly memberId?: MemberId | undefined }
  | { readonly type: 'prefer'; readonly memberId: MemberId; readonly channels?: ReachChannel[] | undefined; readonly quiet?: QuietHours | undefined }
  | { readonly type: 'open'; readonly memberId: MemberId; readonly reachId: string }
  | { readonly type: 'watch'; readonly memberId: MemberId; readonly may: boolean }
  | MailCommand;

/** What somebody at home wants. A stop also drops what still waits. */
export function decideOutreach(before: Outreach | undefined, householdId: HouseholdId, command: OutreachCommand, now: Instant): Decided {
  const outreach = before ?? noOutreachYet(householdId);
  switch (command.type) {
    case 'stop':
      return stop(outreach, command.kind, command.memberId, now);
    case 'allow':
      return allow(outreach, command.kind, command.memberId);
    case 'prefer': {
      const { channels = outreach.channels, quiet = outreach.quiet } = command;
      return { kind: 'changed', state: { ...outreach, ...(channels && { channels }), ...(quiet && { quiet }) }, events: [] };
    }
    case 'open':
      return open(outreach, command.reachId, command.memberId, now);
    case 'mail':
      return answerMail(outreach, command, now);
    case 'watch': {
      const others = (outreach.watches ?? []).filter((memberId) => memberId !== command.memberId);
      return { kind: 'changed', state: { ...outreach, watches: command.may ? [...others, command.memberId] : others }, events: [] };
    }
    default:
      return unreachable(command);
  }
}

function open(outreach: Outreach, reachId: string, memberId: MemberId, now: Instant): Decided {
  const message = outreach.reached.find((one) => one.reachId === reachId);
  if (message === undefined || message.openedAt !== undefined) return ignored(message === undefined ? 'no-such-message' : 'opened-already');
  return {
    kind: 'changed',
    state: { ...outreach, reached: outreach.reached.map((one) => (one === message ? { ...one, openedAt: now } : one)) },
    events: [{ type: 'outreach.opened', data: { householdId: outreach.householdId, reachId, kind: message.kind, memberId } }],
  };
}

/** About safety: nobody can say that they want to hear none. */
const RECALLS = 'recall';
/** “All” is never refused. */
function stop(outreach: Outreach, kind: string, memberId: MemberId | undefined, now: Instant): Decided {
  const { householdId, stops } = outreach;
  if (kind === RECALLS) return rejected('never-stopped');
  if (stops.some((one) => one.kind === kind)) return ignored('stopped-already');
  if (stops.length >= STOPS_MAX && kind !== 'all') return rejected('too-many-stops');
  const who = memberId === undefined ? {} : { memberId };
  const waiting = outreach.waiting.filter(({ wish }) => wish.safety === true || (kind !== 'all' && wish.kind !== kind));
  return {
    kind: 'changed',
    state: { ...outreach, stops: [...stops, { kind, at: now, ...who }], waiting },
    events: [{ type: 'outreach.stopped', data: { householdId, kind, ...who } }],
  };
}

function allow(outreach: Outreach, kind: string, memberId: MemberId | undefined): Decided {
  const { householdId, stops } = outreach;
  const left = stops.filter((one) => one.kind !== kind);
  if (left.length === stops.length) return ignored('not-stopped');
  const who = memberId === undefined ? {} : { memberId };
  return { kind: 'changed', state: { ...outreach, stops: left }, events: [{ type: 'outreach.allowed', data: { householdId, kind, ...who } }] };
}
