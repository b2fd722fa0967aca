/** Which arm of an experiment a household is in, and that it has entered: asked by whatever treats households differently. */
import type { Experiment } from '../../shared/journey/experiment/experiment.ts';
import { armOf, controlOf, isRunning, roundOf } from '../../shared/journey/experiment/experiment.ts';
import { enter } from '../../shared/journey/experiment/exposure.ts';
import { HOLDOUT, shippedExperiments } from '../../shared/journey/experiment/shipped-experiments.ts';
import type { HouseholdId, Instant } from '../../shared/values.ts';
import { keys, kinds } from './aggregates.ts';
import { EXPERIMENTS_PK } from './company-partitions.ts';
import { createOnce, list, load } from './store.ts';

const EXPERIMENTS_MAX = 200;

/** Those that come with the product, as they are set now, and those of the company; by their names. */
export async function readExperiments(): Promise<Experiment[]> {
  const stored = (await list(kinds.experiment, EXPERIMENTS_PK, 'EXPERIMENT#', EXPERIMENTS_MAX)).map(({ state }) => state);
  const shipped = shippedExperiments.filter(({ experiment }) => !stored.some((one) => one.experiment === experiment));
  return [...shipped, ...stored].sort((a, b) => (a.experiment < b.experiment ? -1 : 1));
}

export async function readExperiment(experiment: string): Promise<Experiment | undefined> {
  return (await load(kinds.experiment, keys.experiment(experiment)))?.state ?? shippedExperiments.find((one) => one.experiment === experiment);
}

/**
 * The household is due for what is tried: it is counted in its arm, once, and stays in it. Whoever calls this treats the household by the answer, and calls
 * it whether or not the treatment will then reach it. Undefined: no such experiment is running, and nothing is to be held back.
 */
export async function enterExperiment(experiment: string, householdId: HouseholdId, now: Instant): Promise<string | undefined> {
  const found = await readExperiment(experiment);
  return found === undefined ? undefined : enterGiven(found, householdId, now);
}

/** The same for an experiment that is part of something else, as conversion paths have theirs. */
export async function enterGiven(found: Experiment, householdId: HouseholdId, now: Instant): Promise<string | undefined> {
  if (!isRunning(found, now)) return undefined;
  const { experiment } = found;
  const key = keys.exposure(householdId, experiment, roundOf(found, now));
  const entered = (await load(kinds.exposure, key))?.state;
  if (entered !== undefined) return entered.arm;
  const exposure = enter(found, householdId, now);
  if ((await createOnce(kinds.exposure, key, exposure)) === 'created') return exposure.arm;
  return (await load(kinds.exposure, key))?.state.arm ?? exposure.arm;
}

/** Whether the household is one of the tenth that is never addressed of our own accord. Notes nothing. */
export async function isLeftAlone(householdId: HouseholdId, now: Instant): Promise<boolean> {
  const holdout = await readExperiment(HOLDOUT);
  return holdout !== undefined && isRunning(holdout, now) && armOf(holdout, householdId) === controlOf(holdout);
}
