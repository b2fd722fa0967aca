/**
 * A shop that cannot be reached, seen over all messages to it, so that somebody is told once and not once an order; and a shop that is shut out
 * because it said that its endpoint is gone, which is never done in silence.
 */
import type { EventOf } from '../events.ts';
import { addDuration, duration, ignored, type Instant, type Outcome } from '../values.ts';
import type { Retailer } from './retailer.ts';

/** Shops are released and restarted; what lasts longer somebody has to know. */
export const TOLD_AFTER = duration(1, 'hours');
/** So long after the last failure other shops are asked first; then one order may try again, or nobody would notice that the shop is back. */
export const AVOIDED_FOR = duration(6, 'hours');
/** While it lasts the last failure is noted so often: a shop with a thousand open messages is not written a thousand times. */
const NOTED_EVERY = duration(30, 'minutes');

type Step = Outcome<Retailer, EventOf<'retailer'>>;

/** An attempt did not reach it, or it answered that it failed. */
export function noteFailure(retailer: Retailer, now: Instant): Step {
  const { retailerId, outage } = retailer;
  if (outage === undefined) return { kind: 'changed', state: { ...retailer, outage: { since: now, lastAt: now } }, events: [] };
  const isNews = outage.toldAt === undefined && now >= addDuration(outage.since, TOLD_AFTER);
  if (!isNews && now < addDuration(outage.lastAt, NOTED_EVERY)) return ignored('noted-already');
  const next = { ...outage, lastAt: now, ...(isNews && { toldAt: now }) };
  return {
    kind: 'changed',
    state: { ...retailer, outage: next },
    events: isNews ? [{ type: 'retailer.unreachable', data: { retailerId, since: outage.since } }] : [],
  };
}

/** It took a message, or answered a question. */
export function noteSuccess(retailer: Retailer, now: Instant): Step {
  const { outage, ...well } = retailer;
  if (outage === undefined) return ignored('was-well');
  const { retailerId } = retailer;
  return {
    kind: 'changed',
    state: well,
    events: outage.toldAt === undefined ? [] : [{ type: 'retailer.reachable', data: { retailerId, since: outage.since, until: now } }],
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
