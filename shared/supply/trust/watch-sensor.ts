/**
 * What each reading says about its sensor. Five ways to be wrong: the level stands still while things are used, runs away from what was
 * counted as used, jumps up and down, falls in steps of another product since a refill, or says more than a person has counted.
 */
import { daysBetween, type Instant } from '../../values.ts';
import type { Balance, Sample } from '../balance.ts';
import { forecastOf } from '../forecast/forecast-of.ts';
import { noiseOf, roundAmount, stockAt } from '../stock.ts';
import type { Supply } from '../supply.ts';
import { FLIPS_DOUBTED, flipsAt, type Doubt, type Falls, type Trust } from './trust.ts';

/** A fall that the forecast gives less than this is no ordinary use. */
const UNLIKELY = 0.01;
const QUARTER_HOUR_DAYS = 15 / (24 * 60);
/** An unlikely fall answers an unlikely rise within so many days, and the other way round. */
const ANSWERS_WITHIN_DAYS = 2;
/** Taken out of the fridge for breakfast, and put back. */
const PUT_BACK_WITHIN_DAYS = 2 / 24;
/** Counted uses without any fall of the level; a bottle for a bottle put back in between happens, three times in a row it hardly does. */
const USES_STUCK = 3;
/** Falls on each side of a refill that make a pattern, and how much larger or smaller the one after has to be: four times. */
const FALLS_MIN = 5;
const FALLS_CHANGED = Math.log(4);
const FALLS_REMEMBERED = 30;

export interface Watched {
  readonly trust: Trust;
  /** Since now the sensor is doubted. */
  readonly doubt?: Doubt;
}

export interface Seen {
  /** Before this reading, and with it. */
  readonly before: Supply;
  readonly sample: Sample;
  readonly balance: Balance;
  /** Of a rise: what neither larder nor order explains. */
  readonly boughtElsewhere: number;
}

/** The least that counts as bought elsewhere: half a pack. Less is a sensor's noise, or somebody who counts better than we do. */
export const leastBought = (supply: Supply): number => Math.max(noiseOf(supply), Math.min(...supply.products.map(({ pack }) => pack.amount)) / 2);

/** What neither larder nor order explains, and what nobody had just taken out. */
export function cameFromElsewhere({ before, sample, balance, boughtElsewhere }: Seen): boolean {
  if (boughtElsewhere < leastBought(before)) return false;
  const taken = before.trust?.move;
  const back: Move = { up: true, from: before.onHand, at: sample.at };
  return taken === undefined || !isPutBack(taken, back, { days: daysBetween(taken.at, sample.at), level: sample.level, noise: balance.noise });
}

export function watchSensor({ before, sample, balance, boughtElsewhere }: Seen): Watched {
  const known = before.trust ?? { still: stillAt(sample), flips: 0 };
  const isRestarted = before.lastReading?.bootId !== sample.bootId;
  const isUnexplained = balance.refill > 0 && boughtElsewhere >= balance.refill / 2;
  const filling = balance.refill > 0 ? nextFilling(known) : known;
  const watched = watchMove(withFall(filling, before, balance), { before, sample, balance, isUnexplained });
  const anchored = watchCounted(watched, { before, sample, balance, isRestarted, isUnexplained });
  const doubt = doubtOf(anchored, { before, sample, balance });
  return { trust: settle(anchored, sample, balance, isUnexplained), ...(doubt && { doubt }) };
}

const stillAt = ({ level, at, usage }: Sample): Trust['still'] => ({ level, since: at, ...(usage !== undefined && { usage }) });

/** Standing still is measured on the raw level: what usage takes from an estimate is no movement of the sensor. */
function settle(trust: Trust, sample: Sample, balance: Balance, isUnexplained: boolean): Trust {
  const hasMoved = Math.abs(sample.level - trust.still.level) > balance.noise;
  const isRestarted = sample.usage !== undefined && sample.usage < (trust.still.usage ?? 0);
  const isFilledAsTold = balance.refill > 0 && !isUnexplained;
  const kept = balance.refill > 0 ? seenAgain(trust) : trust;
  return hasMoved || isFilledAsTold || isRestarted ? { ...kept, still: stillAt(sample) } : kept;
}

function seenAgain({ unseen: _unseen, ...trust }: Trust): Trust {
  return trust;
}

/** What the new filling looks like is compared with the one that has ended. */
function nextFilling(trust: Trust): Trust {
  const { falls, ...kept } = trust;
  return falls === undefined || falls.count < FALLS_MIN ? kept : { ...kept, fallsBefore: falls };
}

function withFall(trust: Trust, before: Supply, { level, noise, refill }: Balance): Trust {
  const fall = before.onHand - level;
  if (before.lastReading === undefined || refill > 0 || fall <= Math.max(noise, before.demand.portion / 10)) return trust;
  const { count, meanLog } = trust.falls ?? { count: 0, meanLog: 0 };
  const weight = 1 / (Math.min(count, FALLS_REMEMBERED) + 1);
  return { ...trust, falls: { count: Math.min(999, count + 1), meanLog: Math.round(1e4 * (meanLog + weight * (Math.log(fall) - meanLog))) / 1e4 } };
}

type Move = NonNullable<Trust['move']>;

/** Unlikely rises and falls that answer each other: one such pair has many innocent reasons, three within a day have none. */
function watchMove(trust: Trust, { before, sample, balance, isUnexplained }: Omit<Seen, 'boughtElsewhere'> & { isUnexplained: boolean }): Trust {
  const isDown = isUnlikelyFall(before, sample, balance);
  if (!isDown && !isUnexplained) return trust;
  const move: Move = { up: !isDown, from: before.onHand, at: sample.at };
  const answered = trust.move;
  const days = answered === undefined ? Infinity : daysBetween(answered.at, sample.at);
  if (answered === undefined || answered.up === move.up || days > ANSWERS_WITHIN_DAYS) return { ...trust, move };
  if (isPutBack(answered, move, { days, level: sample.level, noise: balance.noise })) return { ...trust, move };
  return { ...trust, move, flips: Math.min(99, Math.round(1e3 * (flipsAt(trust, sample.at) + 1)) / 1e3), flippedAt: sample.at };
}

const isPutBack = (taken: Move, back: Move, { days, level, noise }: { days: number; level: number; noise: number }): boolean =>
  !taken.up && back.up && days <= PUT_BACK_WITHIN_DAYS && level <= taken.from + noise;

function isUnlikelyFall(before: Supply, { at }: Sample, { level, noise, used }: Balance): boolean {
  const last = before.lastReading;
  const fall = before.onHand - level;
  if (last === undefined || fall <= noise || fall <= before.demand.portion) return false;
  if (used !== undefined) return fall - used > noise;
  const days = Math.max(QUARTER_HOUR_DAYS, daysBetween(last.sampledAt, at));
  return forecastOf({ demand: before.demand }, last.sampledAt).usedUp(fall - noise / 2, days) < UNLIKELY;
}

/** Level and counted usage are laid side by side anew after a restart and after a refill that was expected. */
function watchCounted(
  trust: Trust,
  { sample, isRestarted, isUnexplained, balance }: Omit<Seen, 'boughtElsewhere'> & { isRestarted: boolean; isUnexplained: boolean },
): Trust {
  if (trust.anchor === undefined && sample.usage === undefined) return trust;
  const { anchor, ...kept } = trust;
  if (sample.usage === undefined) return kept;
  const isNew = anchor === undefined || isRestarted || balance.refill > 0 || isUnexplained || sample.usage < anchor.usage;
  return { ...kept, anchor: isNew ? { level: sample.level, usage: sample.usage } : anchor };
}

function doubtOf(trust: Trust, { before, sample, balance }: Omit<Seen, 'boughtElsewhere'>): Doubt | undefined {
  const { noise } = balance;
  const { portion } = before.demand;
  const doubt = (reason: Doubt['reason'], since: Instant, expected: number, found: number): Doubt => ({
    ...{ reason, since, expected: roundAmount(expected), found: roundAmount(found), agreed: 0 },
  });
  if (flipsAt(trust, sample.at) >= FLIPS_DOUBTED) return doubt('jumping', sample.at, before.onHand, sample.level);
  const { still, anchor } = trust;
  const usedSince = sample.usage !== undefined && still.usage !== undefined && sample.usage >= still.usage ? sample.usage - still.usage : 0;
  const standsStill = Math.abs(sample.level - still.level) <= noise && still.level > noise + portion;
  if (standsStill && usedSince > Math.max(2 * noise, USES_STUCK * portion)) return doubt('stuck', still.since, still.level - usedSince, sample.level);
  if (anchor !== undefined && sample.usage !== undefined) {
    const expected = anchor.level - (sample.usage - anchor.usage);
    if (Math.abs(expected - sample.level) > Math.max(2 * noise, portion) && expected > 0) return doubt('drifting', sample.at, expected, sample.level);
  }
  const { falls, fallsBefore } = trust;
  if (falls === undefined || fallsBefore === undefined || !isAnother(falls, fallsBefore)) return undefined;
  return doubt('swapped', sample.at, Math.round(Math.exp(fallsBefore.meanLog)), Math.round(Math.exp(falls.meanLog)));
}

const isAnother = (falls: Falls, before: Falls): boolean =>
  Math.min(falls.count, before.count) >= FALLS_MIN && Math.abs(falls.meanLog - before.meanLog) > FALLS_CHANGED;

/** What is in the house by the last word that was believed: from here the model reckons on while the sensor is doubted. */
export function lastBelieved(before: Supply, sample: Sample, { reason, since, expected, found }: Doubt): NonNullable<Supply['estimate']> {
  const { pantry } = stockAt(before, sample.at);
  switch (reason) {
    case 'stuck':
      return { stock: roundAmount(found + pantry), asOf: since };
    case 'drifting':
      return { stock: roundAmount(expected + pantry), asOf: sample.at };
    case 'jumping':
      // The lower of the two: a question too early is better than an empty shelf.
      return { stock: roundAmount(Math.min(before.onHand, sample.level) + pantry), asOf: sample.at };
    case 'swapped':
    case 'contradicted':
      return { stock: roundAmount(sample.level + pantry), asOf: sample.at };
  }
}
