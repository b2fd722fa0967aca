/** How a sensor comes into doubt and out of it again: by what it says itself, by a person who counts, by standing still in a house that is alive. */
import { daysBetween, type Instant } from '../../values.ts';
import type { Balance, Sample } from '../balance.ts';
import { forecastOf } from '../forecast/forecast-of.ts';
import type { SupplyEvent } from '../need.ts';
import { writeOffPantry } from '../pantry.ts';
import { isModelled, noiseOf, roundAmount, stockAt } from '../stock.ts';
import { ABSENT_UNLIKELY, ALONE_DAYS, ALONE_UNLIKELY, asksWhoWasHome, likelyUsed, type Presence } from './stillness.ts';
import type { Supply } from '../supply.ts';
import { FLIPS_FORGIVEN, flipsAt, isDoubted, type Doubt, type Trust } from './trust.ts';
import { cameFromElsewhere, lastBelieved, watchSensor, type Seen } from './watch-sensor.ts';

/** Readings that agree with what we believe, after the level has moved. */
const AGREED_MIN = 3;
/** Of a sensor that had stuck: ordinary falls. */
const MOVES_MIN = 8;
/** A person's count and a sensor may differ by this share before one of them is wrong. */
const COUNT_TOLERANCE = 0.1;

interface Watched {
  readonly supply: Supply;
  readonly events: readonly SupplyEvent[];
}

/** @param taken the supply with this reading taken in as if it were true */
export function watched(taken: Supply, seen: Seen): Watched {
  const { trust, doubt } = watchSensor(seen);
  const next = trust === taken.trust ? taken : { ...taken, trust };
  if (doubt !== undefined) return beginDoubt(next, lastBelieved(seen.before, seen.sample, doubt), doubt);
  const { householdId, supplyId, unit } = taken;
  const data = { householdId, supplyId, unit, amount: seen.boughtElsewhere, how: 'sensor' } as const;
  return { supply: next, events: cameFromElsewhere(seen) ? [{ type: 'supply.bought-elsewhere', data }] : [] };
}

function beginDoubt(supply: Supply, estimate: Supply['estimate'], doubt: Doubt): Watched {
  const { householdId, supplyId, unit, trust } = supply;
  const { reason, since, expected, found } = doubt;
  const doubted: Supply = { ...supply, ...(trust && { trust: { ...trust, doubt } }), ...(estimate && { estimate }), lowSampleTimes: [] };
  delete doubted.slotEmptySince;
  // What was in use was told by this very sensor.
  delete doubted.level;
  return { supply: doubted, events: [{ type: 'supply.sensor-doubted', data: { householdId, supplyId, unit, reason, since, expected, found } }] };
}

/** The sensor's word counts again; what it does not see of what we believe stands beside the slot. */
function endDoubt(supply: Supply, now: Instant): Watched {
  const { trust, householdId, supplyId } = supply;
  if (trust === undefined) return { supply, events: [] };
  const believed = stockAt(supply, now);
  const { doubt: _doubt, move: _move, falls: _falls, fallsBefore: _before, anchor: _anchor, ...kept } = trust;
  const pantry = roundAmount(believed.onHand + believed.pantry - supply.onHand);
  const next: Supply = { ...supply, pantry: pantry <= noiseOf(supply) ? 0 : pantry, trust: { ...kept, flips: 0 } };
  delete next.estimate;
  return { supply: next, events: [{ type: 'supply.sensor-believed', data: { householdId, supplyId } }] };
}

/** Once goods go another way: given away, or put elsewhere. */
const UNSEEN_MIN = 2;

/** Goods that never came to stand in an empty slot are written off; the second time in a row it is the sensor that is not believed. */
export function writeOff(supply: Supply, now: Instant): Watched {
  const next = writeOffPantry(supply, now);
  const { trust } = supply;
  if (next === supply || trust === undefined) return { supply: next, events: [] };
  const unseen = (trust.unseen ?? 0) + 1;
  if (unseen < UNSEEN_MIN) return { supply: { ...next, trust: { ...trust, unseen } }, events: [] };
  const { unseen: _unseen, ...kept } = trust;
  const stock = roundAmount(supply.onHand + supply.pantry);
  const doubt: Doubt = { reason: 'stuck', since: trust.still.since, expected: stock, found: supply.onHand, agreed: 0 };
  return beginDoubt({ ...supply, trust: kept }, { stock, asOf: now }, doubt);
}

/** A reading of a doubted sensor: it teaches nothing and books nothing, but may win back our belief. Undefined when it says nothing new. */
export function hearDoubted(supply: Supply, sample: Sample, { noise }: Balance, isHeartbeat: boolean): Watched | undefined {
  const { trust, estimate } = supply;
  if (trust?.doubt === undefined) return undefined;
  const hasMoved = Math.abs(sample.level - trust.still.level) > noise;
  if (!hasMoved && !isHeartbeat) return undefined;
  const { bootId, seq, at, uncertainty, usage } = sample;
  const still = { level: sample.level, since: at, ...(usage !== undefined && { usage }) };
  const agreed = hasMoved ? Math.min(99, trust.doubt.agreed + agreement(supply, sample, noise)) : trust.doubt.agreed;
  const heard: Supply = {
    ...supply,
    ...{ onHand: roundAmount(sample.level), sampledAt: at, lastReading: { bootId, seq, sampledAt: at, uncertainty, ...(usage !== undefined && { usage }) } },
    ...(estimate && { estimate }),
    trust: { ...jumped(trust, supply, sample, noise), ...(hasMoved && { still }), doubt: { ...trust.doubt, agreed } },
  };
  return isOver(heard.trust, at) ? endDoubt(heard, at) : { supply: heard, events: [] };
}

/** A sensor that jumps has to be quiet for days. */
function jumped(trust: Trust, { onHand }: Supply, { level, at }: Sample, noise: number): Trust {
  if (trust.doubt?.reason !== 'jumping' || level - onHand <= noise) return trust;
  return { ...trust, flips: Math.min(99, Math.round(1e3 * (flipsAt(trust, at) + 1)) / 1e3), flippedAt: at };
}

/** 1 when what the sensor says fits what we believe to be in the house; of one that stuck, also when it falls as things are used. */
function agreement(supply: Supply, { level, at }: Sample, noise: number): 0 | 1 {
  const { onHand, pantry } = stockAt(supply, at);
  const { reason } = supply.trust?.doubt ?? {};
  // What has crept away in small steps is not won back by small steps.
  const tolerance = reason === 'stuck' ? Math.max(2 * noise, supply.demand.portion, COUNT_TOLERANCE * (onHand + pantry)) : noise;
  const isBelievable = level <= onHand + pantry + tolerance && level >= onHand - tolerance;
  const fall = supply.onHand - level;
  const days = daysBetween(supply.sampledAt, at);
  const isOrdinary = reason === 'stuck' && fall > noise && forecastOf({ demand: supply.demand }, at).usedUp(fall, Math.max(days, 1 / 24)) > 0.05;
  return isBelievable || isOrdinary ? 1 : 0;
}

function isOver(trust: Trust | undefined, now: Instant): boolean {
  if (trust?.doubt === undefined) return false;
  const { reason, agreed } = trust.doubt;
  // Whether it is the same product as before nobody can tell from a level.
  if (reason === 'swapped') return false;
  if (reason === 'jumping') return flipsAt(trust, now) < FLIPS_FORGIVEN;
  return agreed >= (reason === 'stuck' ? MOVES_MIN : AGREED_MIN);
}

/**
 * A person has counted everything in the house. It is believed over any sensor: one that says clearly more than there is contradicts it, and a
 * doubted one that agrees is believed again.
 * @param counted the supply after the count; `slot` what its sensor says
 */
export function hearCount(counted: Supply, { amount, slot, now }: { readonly amount: number; readonly slot: number; readonly now: Instant }): Watched {
  if (counted.lastReading === undefined || (isModelled(counted, now) && !isDoubted(counted))) return { supply: counted, events: [] };
  const tolerance = noiseOf(counted) + COUNT_TOLERANCE * Math.max(amount, slot);
  const estimate = { stock: roundAmount(amount), asOf: now };
  const { doubt } = counted.trust ?? {};
  if (doubt === undefined) {
    if (slot <= amount + tolerance) return { supply: counted, events: [] };
    const trust = counted.trust ?? { still: { level: slot, since: now }, flips: 0 };
    const wrong: Doubt = { reason: 'contradicted', since: now, expected: roundAmount(amount), found: roundAmount(slot), agreed: 0, countedAt: now };
    return beginDoubt({ ...counted, trust }, estimate, wrong);
  }
  const believed: Supply = { ...counted, estimate, ...(counted.trust && { trust: { ...counted.trust, doubt: { ...doubt, countedAt: now } } }) };
  const agrees = Math.abs(amount - slot) <= tolerance;
  return agrees && doubt.reason !== 'jumping' ? endDoubt(believed, now) : { supply: believed, events: [] };
}

/** Stands still while the rest of the house is used: the sensor is stuck. Stands still like everything else: they are away. */
export function lookAtStillness(supply: Supply, now: Instant, presence: Presence | undefined): Watched {
  const { trust } = supply;
  if (trust === undefined || !asksWhoWasHome(supply, now)) return { supply, events: [] };
  const asked: Supply = { ...supply, trust: { ...trust, askedAt: now } };
  const { since, level } = trust.still;
  const home = presence?.lastUseAt === undefined ? 0 : Math.max(0, daysBetween(since, presence.lastUseAt));
  const days = daysBetween(since, now);
  const isAlone = presence?.others === 0 && days >= ALONE_DAYS;
  const likely = likelyUsed(supply, since);
  const isStuck = home > 0 ? 1 - likely(home) <= ABSENT_UNLIKELY : isAlone && 1 - likely(days) <= ALONE_UNLIKELY;
  if (!isStuck) return { supply: asked, events: [] };
  const expected = roundAmount(level - forecastOf({ demand: supply.demand }, since).meanPerDay * days);
  const estimate = { stock: roundAmount(level + supply.pantry), asOf: since };
  return beginDoubt(asked, estimate, { reason: 'stuck', since, expected, found: level, agreed: 0 });
}
