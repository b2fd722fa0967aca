/** The emotion curve: what is known of a mood as it fades, with gaps where nothing is. Unknown is never 0. */
import { instantOf, type Instant } from '../../values.ts';
import { exceeds } from './exceeds.ts';
import { halfLifeDays, type EmotionPoint } from './points.ts';

export interface CurvePoint {
  readonly at: Instant;
  /** −1…1; absent: nothing is known. */
  readonly value?: number;
  /** 0–1: how likely it is that at least one of what it rests on says so, each of them fading and independent of the others. */
  readonly confidence: number;
}
interface Range {
  readonly from: Instant;
  readonly to: Instant;
  /** Between two points of the curve; default a day. */
  readonly stepMinutes?: number;
}

const DAY = 86_400_000;
/** What is below this is no knowledge. */
const CONFIDENCE_MIN = 0.05;
const STEPS_MAX = 2_000;
const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;

/** In one order, whatever order they came in: sums of floats depend on it. */
const sorted = (points: readonly EmotionPoint[]): EmotionPoint[] =>
  [...points].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.value - b.value || a.confidence - b.confidence || (a.source < b.source ? -1 : 1)));

/** At one moment: the mean of what is known by then, each weighted by its confidence and faded by its half-life. */
export function feltAt(points: readonly EmotionPoint[], at: Instant): CurvePoint {
  let [weights, sum, doubt] = [0, 0, 1];
  for (const point of sorted(points)) {
    if (point.at > at) break;
    const weight = point.confidence * 2 ** (-(Date.parse(at) - Date.parse(point.at)) / DAY / halfLifeDays[point.source]);
    weights += weight;
    sum += weight * point.value;
    doubt *= 1 - weight;
  }
  const confidence = rounded(1 - doubt);
  return confidence < CONFIDENCE_MIN ? { at, confidence } : { at, value: rounded(sum / weights), confidence };
}

/** Both ends included; at most 2,000 points. */
export function curve(points: readonly EmotionPoint[], { from, to, stepMinutes = 1_440 }: Range): CurvePoint[] {
  const steps = Math.min(STEPS_MAX, Math.floor((Date.parse(to) - Date.parse(from)) / (stepMinutes * 60_000)) + 1);
  return Array.from({ length: Math.max(0, steps) }, (_, index) => feltAt(points, instantOf(Date.parse(from) + index * stepMinutes * 60_000)));
}

export interface Recovery {
  readonly complainedAt: Instant;
  /** Absent: not yet, as far as is known. Silence is no recovery. */
  readonly recoveredAt?: Instant;
  readonly minutes?: number;
}
/** From each complaint to the first later word after which the mood was again what it had been before, or 0 where that was not known or worse. */
export function recoveries(points: readonly EmotionPoint[]): Recovery[] {
  const ordered = sorted(points);
  return ordered.flatMap((complaint, index) => {
    if (complaint.source !== 'complaint') return [];
    const before = feltAt(ordered.slice(0, index), complaint.at).value ?? 0;
    const aim = Math.max(0, before);
    const later = ordered.slice(index + 1).find((point) => point.at > complaint.at && (feltAt(ordered, point.at).value ?? -1) >= aim);
    if (later === undefined) return [{ complainedAt: complaint.at }];
    return [{ complainedAt: complaint.at, recoveredAt: later.at, minutes: Math.floor((Date.parse(later.at) - Date.parse(complaint.at)) / 60_000) }];
  });
}

const FAN_TIMES = 3;
const FAN_DAYS = 90;
/** A fan: expectations were exceeded several times, and since the last complaint at least once. */
export function fanOf(points: readonly EmotionPoint[], now: Instant): { readonly isFan: boolean; readonly exceeded: number } {
  const from = instantOf(Date.parse(now) - FAN_DAYS * DAY);
  const lately = sorted(points).filter(({ at }) => at > from && at <= now);
  const exceeding = lately.filter(exceeds);
  const complained = lately.filter(({ source }) => source === 'complaint').at(-1)?.at ?? '';
  return { exceeded: exceeding.length, isFan: exceeding.length >= FAN_TIMES && (exceeding.at(-1)?.at ?? '') > complained };
}
