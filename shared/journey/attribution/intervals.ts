/** How much the credits would differ with other journeys of the same kind, were they drawn anew. */
import { attribute, type Asked } from './attribution.ts';
import type { TouchPath } from './path.ts';

export interface Interval {
  readonly channel: string;
  /** Conversions: the middle 90 % of what was drawn. */
  readonly low: number;
  readonly high: number;
}

/**
 * Each journey is drawn as often as a Poisson number of mean 1 says, so that a row of n of them is drawn Poisson(n) times (Chamandy et al.,
 * Estimating uncertainty for massive data streams, 2012); percentiles after Efron & Tibshirani 1993, §13.3. A credit is read as its share.
 * @param random numbers above 0 and below 1
 * @param draws 1–1000
 */
export function intervalsOf(paths: readonly TouchPath[], asked: Asked, draws: number, random: () => number): Interval[] {
  const { totals, channels } = attribute(paths, asked);
  const shares = new Map(channels.map(({ channel }): [string, number[]] => [channel, []]));
  for (let draw = 0; draw < draws; draw += 1) {
    const drawn = attribute(
      paths.map((path) => drawnAnew(path, random)),
      asked,
    );
    for (const { channel, conversions } of drawn.channels) shares.get(channel)?.push(drawn.totals.conversions > 0 ? conversions / drawn.totals.conversions : 0);
  }
  const at = (sorted: readonly number[], part: number): number => (sorted[Math.min(draws - 1, Math.floor(part * draws))] ?? 0) * totals.conversions;
  return [...shares].map(([channel, of]) => {
    const sorted = of.sort((a, b) => a - b);
    return { channel, low: at(sorted, 0.05), high: at(sorted, 0.95) };
  });
}

function drawnAnew(path: TouchPath, random: () => number): TouchPath {
  const conversions = poisson(path.conversions, random);
  const value = path.conversions > 0 ? (path.value * conversions) / path.conversions : 0;
  return { steps: path.steps, conversions, value, nulls: poisson(path.nulls, random) };
}

/** Above this the bell curve is as good. */
const COUNTED_MAX = 50;
/** Knuth, The Art of Computer Programming, vol. 2, §3.4.1; large means by the bell curve (Box & Muller 1958). */
function poisson(mean: number, random: () => number): number {
  if (mean <= 0) return 0;
  if (mean > COUNTED_MAX) {
    const bell = Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * bell));
  }
  const limit = Math.exp(-mean);
  let many = 0;
  for (let product = random(); product > limit; product *= random()) many += 1;
  return many;
}
