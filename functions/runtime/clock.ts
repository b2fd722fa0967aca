/**
 * The two clocks (DESIGN: transport runs on wall time, business on product time). Deployed they are the same; on one
 * machine the local cloud puts the product's clock into the process, which nothing deployed can carry. No other file asks the time.
 */
import { z } from 'zod';
import { trendLineSchema, type TrendLine } from '../../shared/journey/signal/trend-signals.ts';
import { instantOf, type Instant } from '../../shared/values.ts';

const isFunction = (value: unknown): boolean => typeof value === 'function';
const localMachineSchema = z.object({
  productNow: z.custom<() => number>(isFunction),
  loopbackAllowed: z.boolean(),
  recordedCelsius: z.custom<(day: number) => number | undefined>(isFunction).optional(),
  recordedTrends: z.custom<() => unknown>(isFunction).optional(),
});

const localMachine = () => {
  const found: unknown = Reflect.get(globalThis, Symbol.for('nachschub.local'));
  return found === undefined ? undefined : localMachineSchema.parse(found);
};

/** Readings, lead times, expiry, retry schedules, `dueAt`. */
export const productNow = (): Instant => instantOf(localMachine()?.productNow() ?? Date.now());

/** Tokens, signatures, `webhook-timestamp`. Unix seconds. */
export const wallSeconds = (): number => Math.floor(Date.now() / 1_000);

/** Milliseconds since some moment that never changes: for how long something took. */
export const stopwatchMillis = (): number => performance.now();

/** What a recorded series of this machine says of a day's mean temperature. @param day since 1970-01-01, UTC */
export const recordedCelsius = (day: number): number | undefined => localMachine()?.recordedCelsius?.(day);

/** What a recorded series of this machine says is wanted more of than usual. */
export const recordedTrends = (): TrendLine[] => z.array(trendLineSchema).parse(localMachine()?.recordedTrends?.() ?? []);

/** True only where the local cloud runs us: retailers may then be processes of this machine. */
export const loopbackAllowed = (): boolean => localMachine()?.loopbackAllowed ?? false;
