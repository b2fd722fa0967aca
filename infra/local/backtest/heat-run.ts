/** Every method over one house: each day it says what the coming days will use, and is then told what that day has used. */
import { dateOf } from './read-purchases.ts';
import type { Ahead, HeatMethod } from './heat-follower.ts';
import { methodsFor, sumOf } from './heat-methods.ts';
import type { HeatSeries } from './heat-series.ts';
import { randomFrom } from './random.ts';

export const DAYS_AHEAD = 14;
/** Whoever compares with last year needs one. */
const KNOWN_DAYS = 365;

export interface Origin {
  readonly date: string;
  /** Kilowatt-hours of the coming days, as they were. */
  readonly actual: number;
  readonly said: Readonly<Record<string, Ahead>>;
}

export interface HeatRow {
  readonly method: string;
  readonly kind: HeatMethod['kind'];
  /** Σ|said − actual| / Σ actual, in percent, with the middle 90 % over blocks of four weeks drawn anew. */
  readonly wapePercent: number;
  readonly low: number;
  readonly high: number;
  /** Σ(said − actual) / Σ actual. */
  readonly biasPercent: number;
  /** How often the 80 % interval held the sum; only where a method has one. */
  readonly coveredPercent?: number;
  /** On how many of the days the temperature outside had a say; only where it was told. */
  readonly heardPercent?: number;
}

export interface HeatReport {
  readonly daysAhead: number;
  readonly days: number;
  readonly from: string;
  readonly to: string;
  readonly rows: readonly HeatRow[];
  readonly origins: readonly Origin[];
}

export function runHeat(series: HeatSeries): HeatReport {
  const methods = methodsFor(series);
  const followers = methods.map((method) => ({ method, follower: method.follow(series) }));
  const origins: Origin[] = [];
  for (let index = 0; index < series.days.length; index += 1) {
    const actual = sumOf(series, index, DAYS_AHEAD);
    if (index >= KNOWN_DAYS && actual !== undefined) {
      const said = followers.map(({ method, follower }) => [method.name, follower.ahead(index, DAYS_AHEAD)] as const);
      // A day that one method cannot speak of is compared for none.
      const known = said.flatMap(([name, ahead]) => (ahead ? [[name, ahead] as const] : []));
      if (known.length === said.length) origins.push({ date: dateOf(series.firstDay + index), actual, said: Object.fromEntries(known) });
    }
    for (const { follower } of followers) follower.live(index);
  }
  const rows = methods.map((method) => rowOf(method, origins));
  return { daysAhead: DAYS_AHEAD, days: series.days.length, from: origins[0]?.date ?? '', to: origins.at(-1)?.date ?? '', rows, origins };
}

interface Sums {
  readonly error: number;
  readonly bias: number;
  readonly actual: number;
}
const added = (sums: readonly Sums[]): Sums =>
  sums.reduce((a, b) => ({ error: a.error + b.error, bias: a.bias + b.bias, actual: a.actual + b.actual }), { error: 0, bias: 0, actual: 0 });
const percent = (part: number, whole: number): number => (100 * part) / Math.max(1e-9, whole);

function rowOf({ name, kind }: HeatMethod, origins: readonly Origin[]): HeatRow {
  const sums = origins.map(({ actual, said }): Sums => {
    const error = (said[name]?.mean ?? 0) - actual;
    return { error: Math.abs(error), bias: error, actual };
  });
  const whole = added(sums);
  const withInterval = origins.flatMap(({ actual, said }) => {
    const { low, high } = said[name] ?? {};
    return low === undefined || high === undefined ? [] : [actual >= low && actual <= high];
  });
  const heard = origins.flatMap(({ said }) => said[name]?.isHeard ?? []);
  const covered = percent(withInterval.filter(Boolean).length, withInterval.length);
  return {
    ...{ method: name, kind, wapePercent: percent(whole.error, whole.actual), biasPercent: percent(whole.bias, whole.actual), ...drawnAnew(sums) },
    ...(withInterval.length > 0 && { coveredPercent: covered }),
    ...(heard.length > 0 && { heardPercent: percent(heard.filter(Boolean).length, heard.length) }),
  };
}

const BLOCK_DAYS = 28;
const DRAWS = 500;

/** Neighbouring days have the same weather, so that whole blocks are drawn (Künsch 1989). */
function drawnAnew(sums: readonly Sums[]): { low: number; high: number } {
  const blocks = Array.from({ length: Math.ceil(sums.length / BLOCK_DAYS) }, (_, block) => added(sums.slice(block * BLOCK_DAYS, (block + 1) * BLOCK_DAYS)));
  const random = randomFrom('heat', sums.length);
  const draw = (): number => {
    const drawn = added(blocks.map((block) => blocks[Math.floor(random() * blocks.length)] ?? block));
    return percent(drawn.error, drawn.actual);
  };
  const drawn = Array.from({ length: DRAWS }, draw).sort((a, b) => a - b);
  return { low: drawn[Math.floor(0.05 * DRAWS)] ?? NaN, high: drawn[Math.floor(0.95 * DRAWS)] ?? NaN };
}
