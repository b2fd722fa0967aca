/** Which households a signal concerns, which of their supplies, and why. Pure rules; whether anything is said or done about it is another question. */
import { categoryOf } from '../../supply/prior/category.ts';
import { daysBetween, earliest, instantSchema, type Gtin, type Instant, type RetailerId, type SupplyId } from '../../values.ts';
import type { Reason } from '../reason.ts';
import type { Signal } from './signal.ts';

/** A supply, as far as signals ask. Amounts are in its own unit. */
export interface SupplyAtHome {
  readonly supplyId: SupplyId;
  readonly name: string;
  readonly productLine: string;
  readonly gtins: readonly Gtin[];
  /** A heating's: its use follows the weather. */
  readonly isHeating: boolean;
  readonly neverBuy: boolean;
  readonly inHouse: number;
  readonly perDay: number;
  /** Of what is in the house. */
  readonly lasts: { readonly p10: Instant; readonly p50: Instant };
  readonly leadTimeDays: number;
  /** Where it is bought. */
  readonly shops: readonly RetailerId[];
}

export interface Concern {
  readonly signalId: string;
  readonly kind: Signal['kind'];
  readonly supplyId: SupplyId;
  readonly reason: Reason;
  /** When it is over. */
  readonly until: Instant;
}

/** @param supplies of one household, those that nobody has removed */
export const concernsOf = (signals: readonly Signal[], supplies: readonly SupplyAtHome[], now: Instant): Concern[] =>
  signals.flatMap((signal) => supplies.flatMap((supply) => concernOf(signal, supply, now) ?? []));

export function concernOf(signal: Signal, supply: SupplyAtHome, now: Instant): Concern | undefined {
  const until = endOfSignal(signal);
  const reason = until <= now ? undefined : reasonFor(signal, supply, now);
  return reason && { signalId: signal.signalId, kind: signal.kind, supplyId: supply.supplyId, reason, until };
}

const lastMomentOf = (day: string): Instant => instantSchema.parse(`${day}T23:59:59.000Z`);
/** Goods are not forgotten for as long as they may stand on a shelf. */
const RECALL_DAYS = 365;
const DAY_MILLIS = 86_400_000;
/** When it says nothing any more. */
export const endOfSignal = (signal: Signal): Instant => (signal.endedAt === undefined ? naturalEnd(signal) : earliest(signal.endedAt, naturalEnd(signal)));

function naturalEnd(signal: Signal): Instant {
  if (signal.kind === 'cold-spell' || signal.kind === 'heat-wave') return lastMomentOf(signal.to);
  return signal.kind === 'recall' ? instantSchema.parse(new Date(Date.parse(signal.at) + RECALL_DAYS * DAY_MILLIS).toISOString()) : signal.until;
}

function reasonFor(signal: Signal, supply: SupplyAtHome, now: Instant): Reason | undefined {
  switch (signal.kind) {
    // Of goods that came, not of what a household keeps an eye on: recall.ts.
    case 'recall':
      return undefined;
    case 'cold-spell':
      return colder(signal, supply, now);
    case 'heat-wave':
      return hotter(signal, supply, now);
    case 'cheap-window':
      return cheaper(signal, supply);
    case 'trend':
      return wanted(signal, supply, now);
    case 'late-goods':
      return late(signal, supply, now);
  }
}

type Of<Kind extends Signal['kind']> = Extract<Signal, { kind: Kind }>;
const tenths = (value: number): number => Math.round(value * 10) / 10;

/** Each degree colder makes about 4 % more: 18 degree days of a winter's day against one more (supply/heat/heat-season.ts). */
const MORE_PER_DEGREE = 0.04;
function colder({ from, to, colderCelsius }: Of<'cold-spell'>, supply: SupplyAtHome, now: Instant): Reason | undefined {
  const { isHeating, neverBuy, name, lasts, leadTimeDays } = supply;
  if (!isHeating || neverBuy) return undefined;
  const days = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MILLIS) + 1;
  const more = colderCelsius * MORE_PER_DEGREE;
  const sooner = daysBetween(now, lasts.p10) - days * more;
  // While it lasts beyond the spell and a delivery, it is weather and nothing else.
  return sooner > days + leadTimeDays
    ? undefined
    : {
        code: 'signal-cold-spell',
        figures: { name, days, colder: tenths(colderCelsius), morePercent: Math.round(100 * more), lastsDays: Math.max(0, Math.floor(sooner)) },
      };
}

/** What is eaten and drunk more of in the heat. */
const COOLING: readonly string[] = ['ice cream', 'water', 'soft drinks', 'juice', 'beer'];
/** Ice cream and drinks sell by about a third more above 25 °C of daily mean; a household that has plenty needs nobody's word. */
const MORE_IN_HEAT = 0.35;
function hotter({ to, warmestCelsius }: Of<'heat-wave'>, supply: SupplyAtHome, now: Instant): Reason | undefined {
  const { name, neverBuy, lasts } = supply;
  const category = categoryOf(name);
  if (neverBuy || category === undefined || !COOLING.includes(category)) return undefined;
  const lastsDays = daysBetween(now, lasts.p50) / (1 + MORE_IN_HEAT);
  return now < lastMomentOf(to) && lastsDays < daysBetween(now, lastMomentOf(to))
    ? { code: 'signal-heat-wave', figures: { name, warmest: tenths(warmestCelsius), lastsDays: Math.max(0, Math.floor(lastsDays)) } }
    : undefined;
}

/** A tenth cheaper is news; less is chance. Told only to who buys it there, and uses it. */
const CHEAPER_SHARE = 0.1;
function cheaper({ gtin, retailerId, unitMinor, usualMinor }: Of<'cheap-window'>, { gtins, shops, neverBuy, perDay, name }: SupplyAtHome): Reason | undefined {
  if (neverBuy || perDay <= 0 || !gtins.includes(gtin) || !shops.includes(retailerId)) return undefined;
  const saved = usualMinor - unitMinor;
  return saved < CHEAPER_SHARE * usualMinor
    ? undefined
    : { code: 'signal-cheap', figures: { name, savedMinor: saved, percent: Math.round((100 * saved) / usualMinor) } };
}

const WANTED_SHARE = 0.2;
function wanted({ categories, share, until }: Of<'trend'>, { name, neverBuy, lasts, leadTimeDays }: SupplyAtHome, now: Instant): Reason | undefined {
  const category = categoryOf(name);
  if (neverBuy || category === undefined || !categories.includes(category) || share < WANTED_SHARE) return undefined;
  // What is bought more of may be sold out when it is needed.
  const needed = daysBetween(now, lasts.p50) - leadTimeDays;
  return needed > daysBetween(now, until) ? undefined : { code: 'signal-trend', figures: { name, percent: Math.round(100 * share) } };
}

function late(
  { retailerId, gtins, days }: Of<'late-goods'>,
  { name, shops, gtins: own, neverBuy, lasts, leadTimeDays }: SupplyAtHome,
  now: Instant,
): Reason | undefined {
  const isMeant = shops.includes(retailerId) && (gtins.length === 0 || own.some((gtin) => gtins.includes(gtin)));
  const isShort = daysBetween(now, lasts.p10) < leadTimeDays + days;
  return !isMeant || neverBuy || !isShort ? undefined : { code: 'signal-late-goods', figures: { name, days: tenths(days), shop: retailerId } };
}
