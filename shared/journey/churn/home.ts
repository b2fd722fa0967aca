/** What the devices of a household say about whether it still lives with us: read once a day, and kept beside where it stands. */
import { z } from 'zod';
import { availabilityOf } from '../../device/presence.ts';
import { deviceOverview } from '../../household/device-overview.ts';
import { isInHouse, type Device } from '../../household/household.ts';
import { snapshot } from '../../supply/snapshot.ts';
import type { Supply } from '../../supply/supply.ts';
import { addDuration, daysBetween, duration, instantSchema, latest, type Instant } from '../../values.ts';
import { forecastOf } from '../../supply/forecast/forecast-of.ts';

const days = z.number().min(0).max(100_000);
export const homeSchema = z.strictObject({
  readAt: instantSchema,
  /** Those in the house. */
  devices: z.int().min(0),
  /** When any of them was last heard of; absent: never. */
  heardAt: instantSchema.optional(),
  /** All of them have been silent for longer than their kind may be; `since` then, and `until` when one was heard again. The latest such time. */
  silence: z.strictObject({ since: instantSchema, until: instantSchema.optional() }).optional(),
  /** Supplies that are bought here and of which something is used. */
  used: z.int().min(0),
  /** Until the first of them is low; 0: one is. Absent: none is used. */
  lowInDays: days.optional(),
  /** How long one has been low with nothing on its way. */
  waitsDays: days,
  /** Orders that four weeks of this consumption ask for; what can come along does. */
  ordersAhead: z.number().min(0).max(1_000),
  /** Of the slots, how many say something, 0–100; as it was after a month. Absent: there is none. */
  slotsLivePercent: z.number().min(0).max(100).optional(),
});
export type Home = z.infer<typeof homeSchema>;

const AHEAD_DAYS = 28;
const STARTING_DAYS = 30;
const LIVE = duration(7, 'days');
const tenths = (value: number): number => Math.round(value * 10) / 10;

/** @param devices, supplies all of the household's, those given away included @param before when it was last read */
export function homeOf(devices: readonly Device[], supplies: readonly Supply[], now: Instant, before?: Home): Home {
  const here = devices.filter(isInHouse);
  const own = supplies.filter(({ removedAt, settings }) => removedAt === undefined && settings.neverBuy !== true);
  const readAt = (thing: string): Instant[] => supplies.flatMap((supply) => (supply.thing === thing ? (supply.lastReading?.sampledAt ?? []) : []));
  const heard = here.flatMap((device) => deviceOverview(device, now, readAt(device.thing)).heardAt ?? []);
  const [first, ...more] = heard;
  const heardAt = first && latest(first, ...more);
  const isSilent = here.length > 0 && heardAt !== undefined && here.every((device) => availabilityOf(device, now) !== 'available');
  const using = own.map((supply) => useOf(supply, now)).filter(({ perDay }) => perDay > 0);
  const slotsLive = slotsLiveOf(here, own, now, before);
  return {
    ...{ readAt: now, devices: here.length, used: using.length },
    ...(heardAt !== undefined && { heardAt }),
    ...silenceOf(isSilent ? heardAt : undefined, now, before),
    ...(using.length > 0 && { lowInDays: Math.min(...using.map(({ lowInDays }) => lowInDays)) }),
    waitsDays: Math.max(0, ...using.map(({ waitsDays }) => waitsDays)),
    ordersAhead: tenths(Math.max(0, ...using.map(({ ordersAhead }) => ordersAhead))),
    ...(slotsLive !== undefined && { slotsLivePercent: slotsLive }),
  };
}

function useOf(supply: Supply, now: Instant) {
  const { position, reorderPoint, orderUpTo, onOrder } = snapshot(supply, now);
  const perDay = forecastOf(supply, now).meanPerDay;
  const isLow = position <= reorderPoint;
  const since = supply.lowSince ?? supply.need?.saidAt;
  return {
    perDay,
    lowInDays: isLow || perDay <= 0 ? 0 : tenths((position - reorderPoint) / perDay),
    waitsDays: isLow && onOrder === 0 && since !== undefined ? Math.max(0, tenths(daysBetween(since, now))) : 0,
    ordersAhead: orderUpTo > reorderPoint ? (AHEAD_DAYS * perDay) / (orderUpTo - reorderPoint) : 0,
  };
}

function silenceOf(since: Instant | undefined, now: Instant, before: Home | undefined): Pick<Home, 'silence'> {
  if (since !== undefined) return { silence: { since } };
  const last = before?.silence;
  if (last === undefined) return {};
  return { silence: { since: last.since, until: last.until ?? now } };
}

/** How many of the last days all devices were silent on. @param windowDays up to `now` */
export function silentDaysIn({ silence }: Home, windowDays: number, now: Instant): number {
  if (silence === undefined) return 0;
  const from = addDuration(now, duration(-windowDays, 'days'));
  return Math.max(0, Math.floor(daysBetween(latest(silence.since, from), silence.until ?? now)));
}

function slotsLiveOf(devices: readonly Device[], supplies: readonly Supply[], now: Instant, before: Home | undefined): number | undefined {
  const begun = devices
    .map(({ addedAt }) => addedAt)
    .sort()
    .at(0);
  if (before?.slotsLivePercent !== undefined && begun !== undefined && daysBetween(begun, now) > STARTING_DAYS) return before.slotsLivePercent;
  const slots = devices.flatMap(({ slots: linked }) => Object.values(linked));
  const live = slots.filter((supplyId) => supplies.some((supply) => supply.supplyId === supplyId && isLive(supply, now)));
  return slots.length === 0 ? undefined : Math.round((100 * live.length) / slots.length);
}
const isLive = ({ lastReading }: Supply, now: Instant): boolean => lastReading !== undefined && addDuration(lastReading.sampledAt, LIVE) >= now;
