/**
 * A campaign that was steered from one channel to another: which households went along, and what that was worth. One that has moved answered campaigns
 * over the one channel before and over the other afterwards; one that stayed goes on answering over the first. Both are followed for the same time after
 * an answer before and after one afterwards, and counted once both are over: by what each of them did before as well, since it is the same household.
 */
import { z } from 'zod';
import { addDuration, duration, instantSchema, type HouseholdId, type Instant } from '../../values.ts';
import { hitsIn, type Exposure } from '../experiment/exposure.ts';
import { inTime, type Trace, type Traces } from '../fold/trace.ts';
import { reachChannelSchema } from '../outreach/wish.ts';
import { channelOfReach, type ReachChannel } from '../outreach/words.ts';
import { pairedDifference, type Interval } from '../proportion.ts';
import type { Counters } from '../tally/batch.ts';
import { isAnswer } from './answer.ts';

export const steeringSchema = z.strictObject({ from: reachChannelSchema, to: reachChannelSchema, at: instantSchema });
export type Steering = z.infer<typeof steeringSchema>;

/** An answer that is older says little of where somebody answers now, and one that comes later has other reasons. */
export const WATCHED_DAYS = 60;
const WINDOW = duration(14, 'days');
const OUTCOME = ['order.approved@customer'];

export const isWatched = ({ at }: Steering, now: Instant): boolean => now < addDuration(at, duration(WATCHED_DAYS + 15, 'days'));

/** The better channel stands before the dear one, wherever the dear one stands. */
export const withChannelFirst = (channels: readonly ReachChannel[], { from, to }: Pick<Steering, 'from' | 'to'>): ReachChannel[] =>
  channels.includes(from) ? channels.filter((channel) => channel !== to).flatMap((channel) => (channel === from ? [to, from] : [channel])) : [...channels];

export const steeredName = (campaign: string, side: 'before' | 'after'): string => `steered-${campaign}-${side}`;

export interface Steered {
  readonly campaign: string;
  readonly steering: Steering;
}

/** Both sides of a household that can be judged; empty for whoever has not answered on both, or answers elsewhere. */
export function sidesOf({ campaign, steering }: Steered, traces: Traces, { householdId, now }: { householdId: HouseholdId; now: Instant }): Exposure[] {
  const [from, to, at] = [channelOfReach(steering.from), channelOfReach(steering.to), steering.at];
  const [since, until] = [addDuration(at, duration(-WATCHED_DAYS, 'days')), addDuration(at, duration(WATCHED_DAYS, 'days'))];
  const answers = inTime(traces).filter((trace) => isAnswer(trace) && since <= trace.at && trace.at < until);
  // Its fortnight is over by then, or what came of the second answer would count for the first.
  const before = answers.find((trace) => addDuration(trace.at, WINDOW) <= at);
  const after = answers.find((trace) => trace.at >= at);
  if (before?.channel !== from || after === undefined || addDuration(after.at, WINDOW) > now) return [];
  const arm = after.channel === to ? 'moved' : after.channel === from ? 'stayed' : undefined;
  if (arm === undefined) return [];
  const side = (name: 'before' | 'after', answer: Trace, of: string): Exposure => {
    const begun = { householdId, experiment: steeredName(campaign, name), round: 0, arm: of, at: answer.at, outcome: OUTCOME, hits: {} };
    const exposure: Exposure = { ...begun, until: addDuration(answer.at, WINDOW) };
    return { ...exposure, hits: hitsIn(exposure, traces) };
  };
  const first = side('before', before, arm);
  const had = Object.values(first.hits).some(({ reached }) => reached);
  return [first, side('after', after, had ? `${arm}-had` : `${arm}-not`)];
}

export interface Sides {
  readonly households: number;
  /** Of these, who approved an order within a fortnight of the answer. */
  readonly before: number;
  readonly after: number;
  /** After less before of the same households, −1…1; absent: nobody. */
  readonly change?: Interval;
}
export interface Migration extends Steering {
  readonly moved: Sides;
  readonly stayed: Sides;
  readonly verdict: 'not-enough-yet' | 'better' | 'worse' | 'no-difference-shown';
  /** Households that must still move before anything is said. */
  readonly missing: number;
}
/** As for experiments: below so many no verdict is worth anything. */
const LEAST_MOVED = 30;

/** @param counters of all days on which one of them may have answered */
export function migrationOf({ campaign, steering }: Steered, counters: Counters): Migration {
  const counted = (side: 'before' | 'after', arm: string, what: string): number => counters[`trial|${steeredName(campaign, side)}|${arm}|${what}`] ?? 0;
  const sidesIn = (arm: string): Sides => {
    // The later side knows the earlier one's answer: the four kinds of household stand in counters of one item each, however many there are.
    const [had, not] = [`${arm}-had`, `${arm}-not`];
    const [both, onlyOne] = [counted('after', had, 'reached'), counted('after', not, 'reached')];
    const [before, without] = [counted('after', had, 'entered'), counted('after', not, 'entered')];
    const [households, after] = [before + without, both + onlyOne];
    const pairs = { both, onlyOne, onlyOther: before - both, neither: without - onlyOne };
    return { households, before, after, ...(households > 0 && { change: pairedDifference(pairs) }) };
  };
  const moved = sidesIn('moved');
  const missing = Math.max(0, LEAST_MOVED - moved.households);
  return { ...steering, moved, stayed: sidesIn('stayed'), missing, verdict: verdictOf(moved.change, missing) };
}

function verdictOf(change: Interval | undefined, missing: number): Migration['verdict'] {
  if (change === undefined || missing > 0) return 'not-enough-yet';
  return change.low > 0 ? 'better' : change.high < 0 ? 'worse' : 'no-difference-shown';
}
