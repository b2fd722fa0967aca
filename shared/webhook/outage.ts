/** A receiver that cannot be reached, seen over all messages to it, so that somebody is told once and not once a message. */
import { addDuration, duration, ignored, type Instant } from '../values.ts';
import type { Reach } from './reach.ts';

/** Systems are released and restarted; what lasts longer somebody has to know. */
export const TOLD_AFTER = duration(1, 'hours');
/** While it lasts the last failure is noted so often: a receiver with a thousand open messages is not written a thousand times. */
const NOTED_EVERY = duration(30, 'minutes');

type Outage = NonNullable<Reach['outage']>;
export type Noted<Receiver> =
  | { readonly kind: 'changed'; readonly state: Receiver; /** Worth telling somebody. */ readonly news: boolean }
  | { readonly kind: 'ignored'; readonly reason: string };

/** An attempt did not reach it, or it answered that it failed. */
export function noteUnreached<Receiver extends Pick<Reach, 'outage'>>(receiver: Receiver, now: Instant): Noted<Receiver> {
  const { outage } = receiver;
  if (outage === undefined) return { kind: 'changed', state: { ...receiver, outage: { since: now, lastAt: now } }, news: false };
  const news = outage.toldAt === undefined && now >= addDuration(outage.since, TOLD_AFTER);
  if (!news && now < addDuration(outage.lastAt, NOTED_EVERY)) return ignored('noted-already');
  return { kind: 'changed', state: { ...receiver, outage: { ...outage, lastAt: now, ...(news && { toldAt: now }) } }, news };
}

/** It took a message, or answered a question. @returns news when somebody was told that it is out of reach */
export function noteReached<Receiver extends Pick<Reach, 'outage'>>(receiver: Receiver): Noted<Receiver> & { readonly outage?: Outage } {
  const { outage } = receiver;
  if (outage === undefined) return ignored('was-well');
  const well = { ...receiver };
  delete well.outage;
  return { kind: 'changed', state: well, news: outage.toldAt !== undefined, outage };
}
