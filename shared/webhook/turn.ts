/**
 * Whoever takes connections and does not answer holds whoever waits, fifteen seconds each time. So that it holds one of them and not all, it is waited for
 * by one message at a time once it has been slow; the others come again later, and none of their attempts is used up.
 */
import { addDuration, duration, ignored, rejected, type Instant, type Outcome } from '../values.ts';
import type { Reach } from './reach.ts';

/** Nobody's everyday answer takes so long; below it a wait costs the others little. */
export const SLOW_AFTER_MILLIS = 2_000;
/** Longer than an attempt may take (15 s), with what is written around it. */
const TURN = duration(20, 'seconds');

type Slow = Pick<Reach, 'slow'>;

/** Until when somebody else waits for this receiver; undefined: nobody does. */
export const waitedForUntil = ({ slow }: Slow, by: string, now: Instant): Instant | undefined =>
  slow?.turn !== undefined && slow.turn.by !== by && now < slow.turn.until ? slow.turn.until : undefined;

/** @param by the id of the message that is about to wait, or has waited for `SLOW_AFTER_MILLIS`. Rejected with `waited-for` while another does. */
export function takeTurn<Receiver extends Slow>(receiver: Receiver, by: string, now: Instant): Outcome<Receiver, never> {
  if (waitedForUntil(receiver, by, now) !== undefined) return rejected('waited-for');
  return { kind: 'changed', state: { ...receiver, slow: { turn: { by, until: addDuration(now, TURN) } } }, events: [] };
}

/** @param inVain it was waited for, and nothing came: then the next one asks for its turn first */
export function endTurn<Receiver extends Slow>(receiver: Receiver, by: string, inVain: boolean): Outcome<Receiver, never> {
  const { slow } = receiver;
  if (slow === undefined) return ignored('is-quick');
  if (!inVain) return { kind: 'changed', state: quick(receiver), events: [] };
  return slow.turn === undefined || slow.turn.by !== by ? ignored('not-its-turn') : { kind: 'changed', state: { ...receiver, slow: {} }, events: [] };
}

const quick = <Receiver extends Slow>(receiver: Receiver): Receiver => {
  const copy = { ...receiver };
  delete copy.slow;
  return copy;
};
