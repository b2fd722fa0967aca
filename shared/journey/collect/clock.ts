/** When something happened, by the sender's clock: what the clock is wrong by is taken out, and nothing is written into the future. */
import { instantOf, instantSchema, millisOf, type Instant } from '../../values.ts';

/** ISO 8601 with or without a time zone; without one it is UTC. */
const ISO = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)\s?(Z|[+-]\d\d(?::?\d\d)?)?)?$/i;
const YEAR_10000 = 253_402_300_800_000;

/** Milliseconds since 1970; undefined for what is no moment. @param value ISO 8601, or milliseconds since 1970 */
export function readMoment(value: unknown): number | undefined {
  if (typeof value === 'number') return value >= 0 && value < YEAR_10000 ? value : undefined;
  const [, day, time = '00:00', zone = 'Z'] = ISO.exec(typeof value === 'string' ? value.trim() : '') ?? [];
  if (day === undefined) return undefined;
  // The 31st of February would be read as a day in March.
  if (!isDay(day)) return undefined;
  const withMinutes = /^[+-]\d\d$/.test(zone) ? `${zone}:00` : zone.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2').toUpperCase();
  const millis = Date.parse(`${day}T${time.replace(',', '.')}${withMinutes}`);
  return Number.isNaN(millis) || millis < 0 ? undefined : millis;
}

function isDay(day: string): boolean {
  const millis = Date.parse(`${day}T00:00:00.000Z`);
  return !Number.isNaN(millis) && new Date(millis).toISOString().startsWith(day);
}

/**
 * `timestamp` − (`sentAt` − `receivedAt`), at the latest `receivedAt` (Segment's specification, “Timestamps in Segment”).
 * Without `sentAt` the sender's clock is believed; without `timestamp` it happened when it came.
 */
export function happenedAt(said: { readonly timestamp: number | undefined; readonly sentAt: number | undefined }, receivedAt: Instant): Instant {
  const received = millisOf(receivedAt);
  if (said.timestamp === undefined) return receivedAt;
  const corrected = said.timestamp - ((said.sentAt ?? received) - received);
  return corrected < 0 || corrected >= received ? (corrected < 0 ? instantSchema.parse('1970-01-01T00:00:00.000Z') : receivedAt) : instantOf(corrected);
}
