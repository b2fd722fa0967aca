/** Takes the readings of one supply out of a batch: one pass, at most one write. */
import { toBase, duration, durationBetween, earliest, type BaseQuantity, type Instant } from '../values.ts';
import type { Reading } from '../device/telemetry.ts';
import { balanceOf, bookRefill, followLevel, learnFrom, type Balance, type Sample } from './balance.ts';
import { hearDoubted, watched, writeOff } from './trust/doubt-sensor.ts';
import { withDueAt } from './due.ts';
import type { DailyCelsius } from './heat/heat-outdoor.ts';
import { withHeatLearnt } from './heat/heat-supply.ts';
import { settleNeed, type SupplyEvent, type Told } from './need.ts';
import { watchEmptySlot } from './pantry.ts';
import { scored } from './automation/score-cycle.ts';
import { lowAt, reorderPointOf, roundAmount, stockAt } from './stock.ts';
import type { Supply } from './supply.ts';
import { isDoubted } from './trust/trust.ts';

export interface ReadingVerdict {
  readonly bootId: number;
  readonly seq: number;
  readonly verdict: 'applied' | 'ignored' | 'quarantined';
  readonly reason?: string;
}

export interface Observed {
  readonly supply: Supply;
  /** False: nothing to write. */
  readonly changed: boolean;
  readonly events: readonly SupplyEvent[];
  /** One for each reading given, by boot and sequence number. */
  readonly verdicts: readonly ReadingVerdict[];
}

/** A heartbeat is worth a write when the stored reading is this old. */
const HEARTBEAT_AFTER = duration(20, 'hours');
const AHEAD_MAX = duration(1, 'days');
const AGE_MAX = duration(30, 'days');
/** Above the slot's capacity by half: no sensor errs so far, it measures something else. */
const CAPACITY_FACTOR_MAX = 1.5;

const inOrder = (a: { bootId: number; seq: number }, b: { bootId: number; seq: number }): number => a.bootId - b.bootId || a.seq - b.seq;

/** Why a reading cannot be true, or undefined. */
function implausible(supply: Supply, reading: Reading, level: BaseQuantity, now: Instant): string | undefined {
  const { capacity } = supply.settings;
  if (level.unit !== supply.unit) return 'wrong-unit';
  if (capacity !== undefined && level.amount > capacity * CAPACITY_FACTOR_MAX) return 'level-above-capacity';
  if (durationBetween(now, reading.sampledAt) > AHEAD_MAX) return 'sampled-in-the-future';
  if (durationBetween(reading.sampledAt, now) > AGE_MAX) return 'sampled-too-long-ago';
  return undefined;
}

function sampleOf(reading: Reading, level: BaseQuantity, now: Instant): Sample {
  const { bootId, seq, sampledAt, uncertainty, usage, outdoorCelsius } = reading;
  const { unit } = reading.level;
  return {
    bootId,
    seq,
    // A clock that runs ahead by minutes must not make the next true reading an old one.
    at: earliest(sampledAt, now),
    level: level.amount,
    uncertainty: toBase({ amount: uncertainty, unit }).amount,
    usage: usage === undefined ? undefined : toBase({ amount: usage, unit }).amount,
    outdoorCelsius,
  };
}

const takeIn = (supply: Supply, { bootId, seq, at, uncertainty, usage }: Sample, level: number): Supply => {
  const next = {
    ...supply,
    onHand: roundAmount(level),
    sampledAt: at,
    lastReading: { bootId, seq, sampledAt: at, uncertainty, ...(usage === undefined ? {} : { usage }) },
  };
  delete next.estimate;
  return next;
};

/** A sample at or below the reorder point counts towards three in a row; one above begins again. */
function countLow(supply: Supply, at: Instant, isLow: boolean): Supply {
  if (!isLow && supply.lowSampleTimes.length === 0) return supply;
  return { ...supply, lowSampleTimes: isLow ? [...supply.lowSampleTimes, at].slice(-3) : [] };
}

/** Whether a sample says something that the stored state does not. */
function isNews(before: Supply, after: Supply, sample: Sample, balance: Balance, isLow: boolean): boolean {
  const last = before.lastReading;
  if (last?.bootId !== sample.bootId || balance.refill > 0) return true;
  if (Math.abs(after.onHand - before.onHand) > balance.noise || (balance.used ?? 0) > balance.noise) return true;
  if (durationBetween(last.sampledAt, sample.at) >= HEARTBEAT_AFTER) return true;
  return before.need ? before.need.lifted && isLow : isLow || before.lowSampleTimes.length > 0 || before.lowSince !== undefined;
}

interface Pass extends Told {
  readonly changed: boolean;
  readonly newest: { readonly bootId: number; readonly seq: number } | undefined;
  readonly verdicts: readonly ReadingVerdict[];
}

interface Around {
  readonly now: Instant;
  readonly outside: readonly DailyCelsius[];
  readonly reorder: () => number;
}

function takeReading(pass: Pass, reading: Reading, { now, outside, reorder }: Around): Pass {
  const { supply, newest } = pass;
  const { bootId, seq } = reading;
  const judged = (verdict: ReadingVerdict['verdict'], reason?: string): readonly ReadingVerdict[] => [
    ...pass.verdicts,
    { bootId, seq, verdict, ...(reason === undefined ? {} : { reason }) },
  ];
  const ahead = newest ? inOrder(reading, newest) : 1;
  if (ahead <= 0) return { ...pass, verdicts: judged('ignored', ahead === 0 ? 'duplicate' : 'late') };
  const level = toBase(reading.level);
  const wrong = implausible(supply, reading, level, now);
  if (wrong) return { ...pass, verdicts: judged('quarantined', wrong) };

  const sample = sampleOf(reading, level, now);
  const balance = balanceOf(supply, sample);
  if (isDoubted(supply)) {
    const heard = hearDoubted(supply, sample, balance, durationBetween(supply.sampledAt, sample.at) >= HEARTBEAT_AFTER);
    if (heard === undefined) return { ...pass, newest: reading, verdicts: judged('ignored', 'unchanged') };
    return { supply: heard.supply, events: [...pass.events, ...heard.events], changed: true, newest: reading, verdicts: judged('applied') };
  }
  const learnt = withHeatLearnt(learnFrom(supply, sample, balance), { before: supply, sample, balance, outside });
  const taken = takeIn(learnt, sample, balance.level);
  const refilled = balance.refill > 0 ? bookRefill(taken, balance, sample.at) : { supply: taken, event: undefined };
  const booked = { ...refilled, supply: followLevel(supply, refilled.supply, sample, balance) };
  const { position } = stockAt(booked.supply, sample.at);
  const isLow = supply.settings.neverBuy === undefined && (booked.supply.level ? lowAt(booked.supply, now)(position) : position <= reorder());
  if (!isNews(supply, taken, sample, balance, isLow)) return { ...pass, newest: reading, verdicts: judged('ignored', 'unchanged') };
  const boughtElsewhere = booked.event?.type === 'supply.refilled' ? booked.event.data.boughtElsewhere : 0;
  const { supply: judgedSupply, events } = watched(booked.supply, { before: supply, sample, balance, boughtElsewhere });
  return {
    supply: isDoubted(judgedSupply) ? judgedSupply : countLow(judgedSupply, sample.at, isLow),
    events: [...pass.events, ...(booked.event ? [booked.event] : []), ...events],
    changed: true,
    newest: reading,
    verdicts: judged('applied'),
  };
}

/**
 * Judges and applies readings of this supply's slot, given in any order, repeated or late. The need is weighed once, after all of them,
 * so that a backlog that ends with a refill orders nothing.
 * @param outside what is known of the weather around now, where the supply is a heating's
 */
export function observe(supply: Supply, readings: readonly Reading[], now: Instant, outside: readonly DailyCelsius[] = []): Observed {
  let atFirst: number | undefined;
  const reorder = (): number => (atFirst ??= reorderPointOf(supply, now));
  const start: Pass = { supply, events: [], changed: false, newest: supply.lastReading, verdicts: [] };
  const pass = [...readings].sort(inOrder).reduce((sofar, reading) => takeReading(sofar, reading, { now, outside, reorder }), start);
  if (!pass.changed) return { supply, changed: false, events: [], verdicts: pass.verdicts };
  const written = writeOff(markSeen(pass), now);
  const settled = settleNeed({ supply: watchEmptySlot(written.supply, now), events: [...pass.events, ...written.events] }, now, 'reading');
  const judged = scored(supply, settled, now, 'reading');
  return { supply: withDueAt(judged.supply, now), changed: true, events: judged.events, verdicts: pass.verdicts };
}

/** Where something is written anyway, readings that said nothing new are remembered too: their repeats are then known. */
function markSeen({ supply, newest }: Pass): Supply {
  const { lastReading } = supply;
  if (!lastReading || !newest || (lastReading.bootId === newest.bootId && lastReading.seq === newest.seq)) return supply;
  return { ...supply, lastReading: { ...lastReading, bootId: newest.bootId, seq: newest.seq } };
}
