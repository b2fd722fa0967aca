/**
 * The emotion curve: what is known of a mood, with gaps where nothing is. Unknown is never 0.
 *
 * A local-level model (Harvey 1989, “Forecasting, Structural Time Series Models and the Kalman Filter”, §4.1): how somebody feels drifts, what
 * they say measures it with an error, and the filter weighs each new word by how much has become unknown since the last one. What happens to
 * them moves it for a while (points.ts). Weighted and faded means, which stood here before, follow a hidden mood less well (`npm run bench -- emotion`).
 */
import { instantOf, type Instant } from '../../values.ts';
import { exceeds } from './exceeds.ts';
import { movesForDays, type EmotionPoint } from './points.ts';

export interface CurvePoint {
  readonly at: Instant;
  /** −1…1; absent: nothing is known. */
  readonly value?: number;
  /** 0–1: of the last word, or of all of them together, less what has become unknown since. */
  readonly confidence: number;
}
interface Range {
  readonly from: Instant;
  readonly to: Instant;
  /** Between two points of the curve; default a day. */
  readonly stepMinutes?: number;
}

const DAY = 86_400_000;
/** What is below this is no knowledge: after three or four months without a word, or six weeks after one that said little. */
const CONFIDENCE_MIN = 0.2;
/** After so many days without a word what was known for certain is worth one half. */
const HALF_UNKNOWN_DAYS = 30;
/** A word that says less than this says nothing, and its error would have no end. */
const CONFIDENCE_LEAST = 0.01;
const STEPS_MAX = 2_000;
const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;

/** In one order, whatever order they came in: sums of floats depend on it. */
const sorted = (points: readonly EmotionPoint[]): EmotionPoint[] =>
  [...points].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.value - b.value || a.confidence - b.confidence || (a.source < b.source ? -1 : 1)));

/** What was said, as the filter knows it: its estimate, and how wrong that may be as a multiple of how much moods differ. */
interface Level {
  readonly at: Instant;
  readonly value: number;
  readonly doubt: number;
}
const daysBetween = (from: Instant, to: Instant): number => (Date.parse(to) - Date.parse(from)) / DAY;
/** A word of confidence c has the error that leaves confidence c to whoever knows nothing else: 1 / (1 + error) = c. */
const errorOf = (confidence: number): number => (1 - confidence) / confidence;
const doubtAt = (level: Level, at: Instant): number => level.doubt + daysBetween(level.at, at) / HALF_UNKNOWN_DAYS;

function heard(level: Level | undefined, { at, value, confidence }: EmotionPoint, moved: number): Level {
  const [said, error] = [value - moved, errorOf(confidence)];
  if (level === undefined) return { at, value: said, doubt: error };
  const before = doubtAt(level, at);
  const gain = before + error === 0 ? 1 : before / (before + error);
  return { at, value: level.value + gain * (said - level.value), doubt: before * (1 - gain) };
}

/** What happened, by how long it is remembered: how far it has moved the mood by the last of it. One pass over however many points. */
type Moved = ReadonlyMap<number, { readonly at: Instant; readonly by: number }>;
const fadedTo = (at: Instant, { at: since, by }: { at: Instant; by: number }, days: number): number => by * 2 ** (-daysBetween(since, at) / days);
const movedBy = (moved: Moved, at: Instant): number => [...moved].reduce((sum, [days, one]) => sum + fadedTo(at, one, days), 0);

function happened(moved: Moved, { at, value, confidence }: EmotionPoint, days: number): Moved {
  const before = moved.get(days);
  return new Map([...moved, [days, { at, by: (before === undefined ? 0 : fadedTo(at, before, days)) + value * confidence }]]);
}

/** At one moment. Whoever said nothing is known by what happened to them alone. */
export function feltAt(points: readonly EmotionPoint[], at: Instant): CurvePoint {
  let [level, moved, doubt]: [Level | undefined, Moved, number] = [undefined, new Map(), 1];
  for (const point of sorted(points)) {
    if (point.at > at) break;
    const days = movesForDays[point.source];
    if (days === undefined) {
      if (point.confidence >= CONFIDENCE_LEAST) level = heard(level, point, movedBy(moved, point.at));
      continue;
    }
    moved = happened(moved, point, days);
    doubt *= 1 - point.confidence * 2 ** (-daysBetween(point.at, at) / days);
  }
  const sure = level === undefined ? 0 : 1 / (1 + doubtAt(level, at));
  const confidence = rounded(1 - (1 - sure) * doubt);
  if (confidence < CONFIDENCE_MIN) return { at, confidence };
  return { at, value: rounded(Math.max(-1, Math.min(1, (level?.value ?? 0) + movedBy(moved, at)))), confidence };
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
