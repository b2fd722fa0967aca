/** Metrics of a step, as data: what is measured, and from when on the customer would call it a success. */
import { z } from 'zod';
import { addDuration, duration, instantSchema, type Instant } from '../../values.ts';
import { minutesLate } from '../emotion/delivery.ts';
import { isNamed } from '../fold/count.ts';
import { nameOf } from '../fold/summary.ts';
import type { Happened } from '../target/model.ts';
import { channelSchema, phaseSchema, type Channel } from '../words.ts';

const id = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
/** `type` or `type@initiator`. */
const names = z.array(z.string().min(1).max(80)).min(1).max(10);
export const unitSchema = z.enum(['contacts', 'answers', 'minutes', 'percent']);

export const metricSchema = z.strictObject({
  ...{ metric: id, name: z.strictObject({ de: z.string().max(80), en: z.string().max(80) }), unit: unitSchema, phase: phaseSchema },
  /** Who of ours can do something about it: a team, never a person. */
  team: id,
  of: z.enum(['process', 'household']),
  measure: z.union([
    /** How many up to the first of `until`; open before that. */
    z.strictObject({ count: names, until: names }),
    /** From the first to the first after it. `lostAfter` minutes without it, it is no success. */
    z.strictObject({ minutesFrom: names, to: names, lostAfter: z.int().min(1).optional() }),
    /** Minutes that it came after what was promised; 0 when it came on the promised day, or before. */
    z.strictObject({ promised: names, kept: names }),
    /** A figure that is given. */
    z.strictObject({ figure: z.string().max(40) }),
  ]),
  success: z.strictObject({ atLeast: z.number().optional(), atMost: z.number().optional() }),
  /** Upper ends, rising; what is above the last is in one more. */
  buckets: z
    .array(z.int().min(0))
    .min(1)
    .max(12)
    .refine((ends) => ends.every((end, index) => index === 0 || end > (ends[index - 1] ?? 0)), 'expected rising ends'),
});
export type Metric = z.infer<typeof metricSchema>;

export const measuredSchema = z.strictObject({
  metric: id,
  /** To which day it counts: when it began. */
  startedAt: instantSchema,
  /** In the metric's unit; absent: it did not come in time, and nobody knows how long it will take. */
  value: z.number().min(0).optional(),
  ok: z.boolean(),
  /** It has begun and is not decided yet; then it is neither a success nor none. */
  open: z.literal(true).optional(),
  /** Where it was decided. */
  channel: channelSchema.optional(),
});
export type Measured = z.infer<typeof measuredSchema>;

/** With what was promised, where that is known. */
export type Measurable = Happened & { readonly promisedAt?: Instant | undefined };

const isOk = ({ success: { atLeast = -Infinity, atMost = Infinity } }: Metric, value: number): boolean => value >= atLeast && value <= atMost;
const minutes = (from: Instant, to: Instant): number => Math.floor((Date.parse(to) - Date.parse(from)) / 60_000);

interface MeasuredAt {
  readonly now: Instant;
  /** Given from elsewhere, by their names. */
  readonly figures?: Readonly<Record<string, number>>;
  /** The household's. */
  readonly timeZone?: string;
}

/** In the order of time. */
const sorted = (happened: readonly Measurable[]): Measurable[] =>
  [...happened].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : nameOf(a) < nameOf(b) ? -1 : Number(nameOf(a) > nameOf(b))));

/** Undefined where the metric is not about these. Their order does not matter. */
export function measure(metric: Metric, given: readonly Measurable[], at: MeasuredAt): Measured | undefined {
  const { now, figures = {}, timeZone = 'Europe/Berlin' } = at;
  const { measure: how } = metric;
  const happened = sorted(given.filter(({ at }) => at <= now));
  if ('figure' in how) return measureFigure(metric, figures[how.figure], happened);
  if ('count' in how) return measureCount(metric, how, happened);
  if ('promised' in how) return measurePromise(metric, how, happened, timeZone);
  return measureMinutes(metric, how, happened, now);
}

const first = (happened: readonly Measurable[], asked: readonly string[], from = ''): Measurable | undefined =>
  happened.find((one) => one.at >= from && isNamed(nameOf(one), asked));
const found = (metric: Metric, startedAt: Instant, value: number, channel: Channel | undefined): Measured => ({
  ...{ metric: metric.metric, startedAt, value, ok: isOk(metric, value) },
  ...(channel !== undefined && { channel }),
});

const open = ({ metric }: Metric, startedAt: Instant): Measured => ({ metric, startedAt, ok: false, open: true });

function measureFigure(metric: Metric, value: number | undefined, happened: readonly Measurable[]): Measured | undefined {
  const [begun] = happened;
  return value === undefined || begun === undefined ? undefined : found(metric, begun.at, value, undefined);
}

function measureCount(metric: Metric, { count, until }: { count: string[]; until: string[] }, happened: readonly Measurable[]): Measured | undefined {
  const counted = happened.filter((one) => isNamed(nameOf(one), count));
  const [begun] = counted;
  const end = begun && first(happened, until, begun.at);
  if (begun === undefined) return undefined;
  if (end === undefined) return open(metric, begun.at);
  return found(metric, begun.at, counted.filter(({ at }) => at <= end.at).length, end.channel);
}

function measureMinutes(
  metric: Metric,
  { minutesFrom, to, lostAfter }: { minutesFrom: string[]; to: string[]; lostAfter?: number | undefined },
  happened: readonly Measurable[],
  now: Instant,
): Measured | undefined {
  const begun = first(happened, minutesFrom);
  if (begun === undefined) return undefined;
  const end = first(happened, to, begun.at);
  if (end !== undefined) return found(metric, begun.at, minutes(begun.at, end.at), end.channel);
  if (lostAfter === undefined || minutes(begun.at, now) <= lostAfter) return open(metric, begun.at);
  return { metric: metric.metric, startedAt: begun.at, ok: false };
}

/** When it will be counted as lost although nothing more happens. Undefined: never, or it is already. */
export function lostAt({ measure: how }: Metric, given: readonly Measurable[], now: Instant): Instant | undefined {
  if (!('minutesFrom' in how) || how.lostAfter === undefined) return undefined;
  const happened = sorted(given.filter(({ at }) => at <= now));
  const begun = first(happened, how.minutesFrom);
  if (begun === undefined || first(happened, how.to, begun.at) !== undefined) return undefined;
  const at = addDuration(begun.at, duration((how.lostAfter + 1) * 60, 'seconds'));
  return at > now ? at : undefined;
}

/** Of several promises the first holds: a later word does not undo it. */
function measurePromise(
  metric: Metric,
  { promised, kept }: { promised: string[]; kept: string[] },
  happened: readonly Measurable[],
  timeZone: string,
): Measured | undefined {
  const promise = happened.find((one) => one.promisedAt !== undefined && isNamed(nameOf(one), promised));
  const end = first(happened, kept);
  if (promise?.promisedAt === undefined) return undefined;
  if (end === undefined) return open(metric, promise.at);
  return found(metric, promise.at, minutesLate(promise.promisedAt, end.at, timeZone), end.channel);
}

/** Which bucket a value is in: 0 for up to and with the first end. */
export const bucketOf = ({ buckets }: Metric, value: number): number => {
  const index = buckets.findIndex((end) => value <= end);
  return index < 0 ? buckets.length : index;
};
