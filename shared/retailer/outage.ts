/**
 * A shop that cannot be reached, seen over all messages to it, so that somebody is told once and not once an order; and a shop that is shut out
 * because it said that its endpoint is gone, which is never done in silence.
 */
import type { EventOf } from '../events.ts';
import { addDuration, duration, ignored, type Instant, type Outcome } from '../values.ts';
import { noteReached, noteUnreached } from '../webhook/outage.ts';
import type { Retailer } from './retailer.ts';

/** So long after the last failure other shops are asked first; then one order may try again, or nobody would notice that the shop is back. */
export const AVOIDED_FOR = duration(6, 'hours');

type Step = Outcome<Retailer, EventOf<'retailer'>>;

/** An attempt did not reach it, or it answered that it failed. */
export function noteFailure(retailer: Retailer, now: Instant): Step {
  const noted = noteUnreached(retailer, now);
  if (noted.kind !== 'changed') return noted;
  const { state, news } = noted;
  const { retailerId } = retailer;
  return { kind: 'changed', state, events: news ? [{ type: 'retailer.unreachable', data: { retailerId, since: state.outage?.since ?? now } }] : [] };
}

/** It took a message, or answered a question. */
export function noteSuccess(retailer: Retailer, now: Instant): Step {
  const noted = noteReached(retailer);
  if (noted.kind !== 'changed') return noted;
  const { state, news, outage } = noted;
  const { retailerId } = retailer;
  return {
    kind: 'changed',
    state,
    events: news ? [{ type: 'retailer.reachable', data: { retailerId, since: outage?.since ?? now, until: now } }] : [],
  };
}

/** 410: nothing more is sent there until a person has looked at it. */
export function disable(retailer: Retailer, reason: string, now: Instant): Step {
  if (retailer.disabled !== undefined) return ignored('already-disabled');
  return {
    kind: 'changed',
    state: { ...retailer, disabled: { at: now, reason } },
    events: [{ type: 'retailer.disabled', data: { retailerId: retailer.retailerId, reason } }],
  };
}

/** Other shops are asked first. */
export const isAvoided = ({ outage }: Pick<Retailer, 'outage'>, now: Instant): boolean =>
  outage?.toldAt !== undefined && now < addDuration(outage.lastAt, AVOIDED_FOR);
