/** When a message that failed is tried again: the schedule of Standard Webhooks 1.0, with jitter and the shop's own wish. */
import { duration, millisOf, type Duration, type Instant } from '../values.ts';

/** The wait before each attempt, the first included: 75 h 35 min 5 s from the first to the tenth. */
export const RETRY_SCHEDULE: readonly Duration[] = [
  duration(0, 'seconds'),
  duration(5, 'seconds'),
  duration(5, 'minutes'),
  duration(30, 'minutes'),
  duration(2, 'hours'),
  duration(5, 'hours'),
  duration(10, 'hours'),
  duration(14, 'hours'),
  duration(20, 'hours'),
  duration(24, 'hours'),
];
export const ATTEMPTS_MAX = RETRY_SCHEDULE.length;

/** All ten attempts with the longest jitter (75 h 35 min 5 s × 1.2 = 90 h 42 min), and hours to spare: until then a message that is not tied to a moment is of use. */
export const EVERY_ATTEMPT = duration(4, 'days');

/** Shops that come back together must not be called together. */
const JITTER_SHARE = 0.2;
/** As long as our own longest wait: a shop may slow us down, not stop us. */
const RETRY_AFTER_MAX = duration(24, 'hours');

/**
 * The wait before an attempt, or undefined when there is none left.
 * @param attempt the attempt that would come next, from 1
 * @param jitter in [-1, 1]
 */
export function retryDelay(attempt: number, jitter: number): Duration | undefined {
  const delay = RETRY_SCHEDULE[attempt - 1];
  return delay === undefined ? undefined : duration((delay * (1 + JITTER_SHARE * Math.max(-1, Math.min(1, jitter)))) / 1_000, 'seconds');
}

/** The wait that a `Retry-After` header asks for (RFC 9110 §10.2.3: seconds or a date), at most a day; zero when it makes no sense. */
export function retryAfterDelay(header: string | undefined, now: Instant): Duration {
  const text = header?.trim() ?? '';
  // A date reads `Fri, 06 Mar 2026 08:00:00 GMT`; anything else that Date.parse would take is not one.
  const millis = /^\d{1,10}$/.test(text) ? Number(text) * 1_000 : /^[A-Z][a-z]{2}, .* GMT$/.test(text) ? Date.parse(text) - millisOf(now) : 0;
  return duration(Math.min(Math.max(Number.isNaN(millis) ? 0 : millis, 0), RETRY_AFTER_MAX) / 1_000, 'seconds');
}
