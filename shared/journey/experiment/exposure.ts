/** A household in an experiment: since when, in which arm, and what came of it within the window. */
import { z } from 'zod';
import { addDuration, duration, householdIdSchema, instantSchema, type HouseholdId, type Instant } from '../../values.ts';
import { isNamed } from '../fold/count.ts';
import { nameOf } from '../fold/summary.ts';
import { keptDays } from '../retention.ts';
import type { Traces } from '../fold/trace.ts';
import type { Contribution } from '../tally/batch.ts';
import { armOf, experimentIdSchema, roundOf, type Experiment } from './experiment.ts';

/** Of a flood the first in time stay. */
const HITS_MAX = 100;
const hitSchema = z.strictObject({
  at: instantSchema,
  /** What was delivered with it, in minor units. */
  minor: z.int().min(0).optional(),
  /** Whether it is what the experiment calls success. */
  reached: z.boolean(),
});

export const exposureSchema = z.strictObject({
  householdId: householdIdSchema,
  experiment: experimentIdSchema,
  round: z.int().min(0),
  /** As it was when the household entered: it stays in its arm until the window is over, whatever shares become. */
  arm: z.string().max(30),
  at: instantSchema,
  /** What comes from here on is no outcome any more. */
  until: instantSchema,
  outcome: z.array(z.string().max(80)).max(10),
  /** By the touchpoint's short id, so that a repeat adds nothing. */
  hits: z.record(z.string(), hitSchema),
});
export type Exposure = z.infer<typeof exposureSchema>;

export const enter = (experiment: Experiment, householdId: HouseholdId, now: Instant): Exposure => ({
  householdId,
  experiment: experiment.experiment,
  round: roundOf(experiment, now),
  arm: armOf(experiment, householdId),
  at: now,
  until: addDuration(now, duration(experiment.windowDays, 'days')),
  outcome: [...experiment.outcome],
  hits: {},
});

/** What of these touchpoints is an outcome of it. */
export function hitsIn({ at, until, outcome }: Exposure, traces: Traces): Exposure['hits'] {
  return Object.fromEntries(
    Object.entries(traces).flatMap(([id, trace]) => {
      const reached = isNamed(nameOf(trace), outcome);
      const minor = trace.type === 'order.delivered' ? trace.valueMinor : undefined;
      if (trace.at < at || trace.at >= until || (!reached && minor === undefined)) return [];
      return [[id, { at: trace.at, reached, ...(minor !== undefined && { minor }) }] as const];
    }),
  );
}

/** With what has come; undefined where nothing new has. The same in whatever order and however often it comes. */
export function withOutcomes(exposure: Exposure, traces: Traces): Exposure | undefined {
  const came = hitsIn(exposure, traces);
  if (Object.keys(came).every((id) => exposure.hits[id] !== undefined)) return undefined;
  const hits = bounded({ ...exposure.hits, ...came });
  return Object.keys(hits).every((id) => exposure.hits[id] !== undefined) ? undefined : { ...exposure, hits };
}

/** Made once more from all that stands: what turned out to be somebody else's goes. */
export const withOutcomesAnew = (exposure: Exposure, traces: Traces): Exposure => ({ ...exposure, hits: bounded(hitsIn(exposure, traces)) });

const bounded = (hits: Exposure['hits']): Exposure['hits'] =>
  Object.fromEntries(
    Object.entries(hits)
      .sort(([idA, a], [idB, b]) => (a.at < b.at ? -1 : a.at > b.at ? 1 : idA < idB ? -1 : 1))
      .slice(0, HITS_MAX),
  );

/** As long as what it rests on. */
export const exposureKeptUntil = ({ until }: Exposure): Instant => addDuration(until, duration(keptDays.contract, 'days'));

/** More than this in one window is another kind of customer, and would decide an experiment alone: €10,000. */
const MINOR_MAX = 1_000_000;

/** Counted to the day on which the household entered, once, however often the outcome came. */
export function contributionOfExposure({ experiment, arm, at, hits }: Exposure): Contribution[] {
  const name = `trial|${experiment}|${arm}`;
  const minor = Math.min(
    MINOR_MAX,
    Object.values(hits).reduce((sum, hit) => sum + (hit.minor ?? 0), 0),
  );
  // Squares of whole euros: of cents, those of some hundred thousand households would pass 2^53.
  const square = Math.round(minor / 100) ** 2;
  const counters = {
    ...{ [`${name}|entered`]: 1 },
    ...(Object.values(hits).some(({ reached }) => reached) && { [`${name}|reached`]: 1 }),
    ...(minor > 0 && { [`${name}|minor`]: minor, [`${name}|square`]: square }),
  };
  return [{ bucket: at.slice(0, 10), counters }];
}
