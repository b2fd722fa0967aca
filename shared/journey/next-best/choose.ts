/**
 * The next best action of a household: of everything that fits, what both sides may expect most of, unless nothing is better. Every other candidate says why not.
 *
 *   gain = p × (worth to the household + worth to the company) − attention − what it costs us
 *
 * p: how likely it is taken up, drawn from what is believed (learn.ts). Attention: a minute of the household's for each message. All in minor units.
 */
import { addDuration, daysBetween, duration, type Instant } from '../../values.ts';
import { mayReach } from '../outreach/may-reach.ts';
import type { HeldReason } from '../outreach/words.ts';
import type { Figures } from '../reason.ts';
import type { Counters } from '../tally/batch.ts';
import { ATTENTION_MINUTES, LEAST_GAIN_MINOR, MINUTE_MINOR } from './assumptions.ts';
import type { Candidate, Fit } from './candidate.ts';
import { shippedCandidates } from './candidates.ts';
import { believed, drawOf, meanOf } from './learn.ts';
import { drawsFrom } from './draw.ts';
import { cellOf, type Situation } from './situation.ts';

export const rejectedBecause = ['no-need', 'one-sided', 'lately', 'open-already', 'too-little', 'less-than-best'] as const;
export type RejectedBecause = (typeof rejectedBecause)[number] | HeldReason;

export interface Weighed {
  readonly action: string;
  readonly figures: Figures;
  readonly household: number;
  readonly company: number;
  /** Believed on average, and as drawn this time: 0–1. */
  readonly likely: number;
  readonly drawn: number;
  /** Minor units, both sides together, after attention and costs. */
  readonly gain: number;
}
export interface Rejected {
  readonly action: string;
  readonly because: RejectedBecause;
  /** Where it was weighed at all. */
  readonly gain?: number;
}
export interface Choice {
  /** Absent: nothing is the best that can be done. */
  readonly best?: Weighed & { readonly candidate: Candidate; readonly fit: Fit };
  readonly rejected: readonly Rejected[];
}

type Best = NonNullable<Choice['best']>;

/** One candidate by itself: what may be expected of it, or what speaks against it, however little or much it is worth. */
export function weigh(candidate: Candidate, situation: Situation, learnt: Counters): Best | Rejected {
  const { action } = candidate;
  const fit = candidate.fit(situation);
  const because = fit === undefined ? 'no-need' : (lately(candidate, situation) ?? oneSided(fit) ?? held(candidate, situation));
  if (fit === undefined || because !== undefined) return { action, because: because ?? 'no-need' };
  const belief = believed(candidate, cellOf(situation.standing), learnt);
  // One stream for each candidate, so that one more of them changes nothing for the others.
  const drawn = drawOf(belief, drawsFrom('next-best', situation.householdId, situation.now.slice(0, 10), action));
  const gain = drawn * (fit.household + fit.company) - attention(candidate) - candidate.costMinor;
  const rounded = { household: Math.round(fit.household), company: Math.round(fit.company), gain: Math.round(gain) };
  return { action, figures: fit.figures, ...rounded, likely: meanOf(belief), drawn, candidate, fit };
}

const attention = (candidate: Candidate): number => (candidate.channels.every((channel) => channel === 'crm') ? 0 : ATTENTION_MINUTES * MINUTE_MINOR);

/** @param learnt counters of the bucket `now` @param candidates those that come with the product */
export function chooseNextBest(situation: Situation, learnt: Counters, candidates: readonly Candidate[] = shippedCandidates): Choice {
  const rejected: Rejected[] = [];
  const weighed: Best[] = [];
  for (const candidate of candidates) {
    const found = weigh(candidate, situation, learnt);
    if ('because' in found) rejected.push(found);
    else weighed.push(found);
  }
  const [first, ...others] = weighed.sort((a, b) => b.gain - a.gain || (a.action < b.action ? -1 : 1));
  const best = first !== undefined && first.gain >= LEAST_GAIN_MINOR ? first : undefined;
  const beaten = best === undefined && first !== undefined ? [first, ...others] : others;
  return {
    ...(best !== undefined && { best }),
    rejected: [
      ...rejected,
      ...beaten.map(({ action, gain }): Rejected => ({ action, gain, because: gain < LEAST_GAIN_MINOR ? 'too-little' : 'less-than-best' })),
    ],
  };
}

function lately({ action, restDays }: Candidate, { past, now }: Situation): RejectedBecause | undefined {
  if (past.some(({ outcome }) => outcome === 'open')) return 'open-already';
  return past.some((one) => one.action === action && daysBetween(one.at, now) < restDays) ? 'lately' : undefined;
}
const oneSided = ({ household, company }: Fit): RejectedBecause | undefined => (household <= 0 || company <= 0 ? 'one-sided' : undefined);

/** Waiting for a better hour is no reason against it; waiting for a better week is. */
const PASSING: readonly HeldReason[] = ['quiet-hours', 'better-moment', 'channel-away'];
/** What is chosen today is pointless in a week. */
export const untilOf = (now: Instant): Instant => addDuration(now, duration(7, 'days'));

function held({ action, purpose, channels }: Candidate, { reachable, now }: Situation): RejectedBecause | undefined {
  // Whoever is left alone is chosen for all the same: what would have been done is what the others are compared with.
  const verdict = mayReach({ kind: action, purpose, channels: [...channels], wishedAt: now, until: untilOf(now) }, { ...reachable, isLeftAlone: false }, now);
  if ('send' in verdict) return undefined;
  return 'wait' in verdict && PASSING.includes(verdict.because) ? undefined : verdict.because;
}
