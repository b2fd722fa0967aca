/**
 * How many contacts to staff for: what a weekday usually brings, at the level of late, and what late deliveries, refusals and recalls bring on top in the days
 * after them. Counts are overdispersed, so that the interval is that of a negative binomial with the variance that was seen.
 */
import type { ContactDay, Driver } from './contact.ts';
import { driverNames } from './contact.ts';

export interface ContactForecast {
  readonly day: string;
  readonly mean: number;
  /** Four days in five are between them. */
  readonly low: number;
  readonly high: number;
  /** Of the mean, how much each driver brings; only those that bring any. */
  readonly because: readonly { readonly driver: Driver; readonly contacts: number }[];
}
export interface ContactModel {
  /** Contacts of a mean day without drivers, as of late. */
  readonly level: number;
  /** Monday first; 1 is a mean day. */
  readonly weekdays: readonly number[];
  /** Contacts that one of it brings, over three days. */
  readonly perDriver: Readonly<Record<Driver, number>>;
  /** Variance over mean, at least 1. */
  readonly dispersion: number;
}

/** A level of a fortnight ago counts half. */
const HALF_LIFE_DAYS = 14;
/** Whoever writes does so at once, tomorrow or the day after. */
const LAGS = [0.5, 0.3, 0.2] as const;
/** A weekday is believed to be like any other until it has been seen this often. */
const WEEKDAY_PRIOR = 2;
/** So many contacts of a driver are taken for chance. */
const DRIVER_PRIOR = 4;
const ROUNDS = 12;

/** 0 is Monday. @param day `YYYY-MM-DD` */
const weekdayOf = (day: string): number => (new Date(`${day}T00:00:00.000Z`).getUTCDay() + 6) % 7;
const dayAfter = (day: string, days: number): string => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/** Weighted by their delay: what has happened up to two days before still brings something. */
function exposureOf(days: readonly Pick<ContactDay, 'drivers'>[], index: number, driver: Driver): number {
  return LAGS.reduce((sum, share, lag) => sum + share * (days[index - lag]?.drivers[driver] ?? 0), 0);
}

/** @param days one after the other, without a gap, the newest last; at least two weeks to be worth anything */
export function fitContacts(days: readonly ContactDay[]): ContactModel {
  const weights = days.map((_, index) => 0.5 ** ((days.length - 1 - index) / HALF_LIFE_DAYS));
  const exposures = Object.fromEntries(driverNames.map((driver) => [driver, days.map((_, index) => exposureOf(days, index, driver))] as const));
  const exposed = (driver: Driver, index: number): number => exposures[driver]?.[index] ?? 0;
  let [level, weekdays] = [0, Array.from({ length: 7 }, () => 1)];
  const perDriver: Record<Driver, number> = { late: 0, refused: 0, recall: 0, payment: 0 };
  const driven = (index: number, without?: Driver): number =>
    driverNames.reduce((sum, driver) => sum + (driver === without ? 0 : perDriver[driver] * exposed(driver, index)), 0);
  const usual = (index: number): number => level * (weekdays[weekdayOf(days[index]?.day ?? '')] ?? 1);
  for (let round = 0; round < ROUNDS; round += 1) {
    const plain = days.map(({ contacts }, index) => Math.max(0, contacts - driven(index)));
    level = ratioOf(
      days.map((_, index) => [(weights[index] ?? 0) * (plain[index] ?? 0), (weights[index] ?? 0) * (weekdays[weekdayOf(days[index]?.day ?? '')] ?? 1)]),
    );
    weekdays = weekdaysOf(days, plain, level);
    for (const driver of driverNames) {
      const left = days.map(
        ({ contacts }, index) => [(contacts - usual(index) - driven(index, driver)) * exposed(driver, index), exposed(driver, index) ** 2] as const,
      );
      const [moved, power] = [left.reduce((sum, [one]) => sum + one, 0), left.reduce((sum, [, one]) => sum + one, 0)];
      perDriver[driver] = power === 0 ? 0 : Math.max(0, moved / (power + DRIVER_PRIOR));
    }
  }
  const errors = days.map(({ contacts }, index) => [(contacts - usual(index) - driven(index)) ** 2, Math.max(0.1, usual(index) + driven(index))] as const);
  return { level, weekdays, perDriver, dispersion: Math.max(1, ratioOf(errors.map(([error, mean]) => [error, mean]))) };
}

const ratioOf = (pairs: readonly (readonly number[])[]): number => {
  const [over, under] = pairs.reduce(([a = 0, b = 0], [x = 0, y = 0]) => [a + x, b + y], [0, 0]);
  return under === undefined || under === 0 ? 0 : (over ?? 0) / under;
};

/** Each drawn towards 1, and together 7. */
function weekdaysOf(days: readonly ContactDay[], plain: readonly number[], level: number): number[] {
  if (level === 0) return Array.from({ length: 7 }, () => 1);
  const raw = Array.from({ length: 7 }, (_, weekday) => {
    const own = plain.filter((_unused, index) => weekdayOf(days[index]?.day ?? '') === weekday);
    return (own.reduce((sum, one) => sum + one, 0) / level + WEEKDAY_PRIOR) / (own.length + WEEKDAY_PRIOR);
  });
  const sum = raw.reduce((all, one) => all + one, 0);
  return raw.map((one) => (7 * one) / sum);
}

/** The days after the last of the history. @param known what is known to happen on them: a recall that will be told; absent: nothing */
export function forecastContacts(
  days: readonly ContactDay[],
  ahead: number,
  known: Readonly<Record<string, Partial<Record<Driver, number>>>> = {},
): ContactForecast[] {
  const last = days.at(-1);
  if (last === undefined) return [];
  const model = fitContacts(days);
  const coming = Array.from({ length: ahead }, (_, index) => {
    const day = dayAfter(last.day, index + 1);
    return { day, contacts: 0, drivers: { late: 0, refused: 0, recall: 0, payment: 0, ...known[day] } };
  });
  const all = [...days, ...coming];
  return coming.map(({ day }, index) => {
    const because = driverNames
      .map((driver) => ({ driver, contacts: model.perDriver[driver] * exposureOf(all, days.length + index, driver) }))
      .filter(({ contacts }) => contacts >= 0.05);
    const mean = model.level * (model.weekdays[weekdayOf(day)] ?? 1) + because.reduce((sum, { contacts }) => sum + contacts, 0);
    return { day, mean, ...intervalOf(mean, model.dispersion), because };
  });
}

const [LOW, HIGH, COUNT_MAX] = [0.1, 0.9, 100_000];
/** Quantiles of a negative binomial with this mean and variance over mean; of a Poisson where that is 1. */
export function intervalOf(mean: number, dispersion: number): Pick<ContactForecast, 'low' | 'high'> {
  if (mean <= 0) return { low: 0, high: 0 };
  const shape = dispersion > 1 + 1e-9 ? mean / (dispersion - 1) : Infinity;
  let mass = shape === Infinity ? Math.exp(-mean) : dispersion ** -shape;
  // Of very many a sum from nothing would be lost: there they are nearly normal.
  if (mass < 1e-250) {
    const spread = 1.2816 * Math.sqrt(mean * dispersion);
    return { low: Math.max(0, Math.round(mean - spread)), high: Math.round(mean + spread) };
  }
  let [below, low] = [mass, mass >= LOW ? 0 : -1];
  for (let count = 1; count < COUNT_MAX; count += 1) {
    if (below >= HIGH) return { low: Math.max(0, low), high: count - 1 };
    mass *= shape === Infinity ? mean / count : ((shape + count - 1) / count) * ((dispersion - 1) / dispersion);
    below += mass;
    if (low < 0 && below >= LOW) low = count;
  }
  return { low: Math.max(0, low), high: COUNT_MAX };
}
