/** Finds the least of a smooth function of a few variables: BFGS with its gradient, polished by Newton's steps. */

/** A point's value and the slope in every direction. */
export interface Slope {
  readonly value: number;
  readonly gradient: readonly number[];
}
export type Smooth = (point: readonly number[]) => Slope;

export interface Minimum extends Slope {
  readonly point: readonly number[];
  /** Whether the slope vanished: no component of the gradient is steeper than the tolerance. */
  readonly isFound: boolean;
  readonly steps: number;
}

/** Relative to the value: what is left of the slope where doubles can say no more. */
const TOLERANCE = 1e-9;
const STEPS_MAX = 500;
/** Relative to the value, of one step: where less is gained the rest is Newton's, or the way down has no end. */
const GAIN_MIN = 1e-11;
/** Nocedal, Wright: Numerical Optimization (2006), algorithm 6.1, with the curvature kept positive by skipping (their 6.19) and Armijo's condition (3.4). */
const ARMIJO = 1e-4;
/** The longest step in any variable; ours are logarithms, and a factor of e² at once is far enough. */
const STRIDE_MAX = 2;

/** @param start where to begin; the function must be finite there */
export function minimise(smooth: Smooth, start: readonly number[]): Minimum {
  let at = { point: start, ...smooth(start) };
  let inverse = identity(start.length);
  let steps = 0;
  for (; steps < STEPS_MAX && !isFlat(at); steps += 1) {
    const direction = bounded(times(inverse, at.gradient).map((value) => -value));
    const next = lineSearch(smooth, at, direction) ?? lineSearch(smooth, at, bounded(at.gradient.map((value) => -value)));
    if (next === undefined) break;
    const step = next.point.map((value, index) => value - (at.point[index] ?? 0));
    const bend = next.gradient.map((value, index) => value - (at.gradient[index] ?? 0));
    inverse = updated(inverse, step, bend);
    const gain = at.value - next.value;
    at = next;
    if (gain < GAIN_MIN * Math.max(1, Math.abs(at.value))) break;
  }
  const polished = polish(smooth, at);
  return { ...polished, isFound: isFlat(polished), steps };
}

type At = Slope & { readonly point: readonly number[] };

const isFlat = ({ value, gradient }: Slope): boolean => gradient.every((slope) => Math.abs(slope) <= TOLERANCE * Math.max(1, Math.abs(value)));
const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
const identity = (size: number): number[][] =>
  Array.from({ length: size }, (_, row) => Array.from({ length: size }, (_unused, column) => Number(row === column)));
const times = (matrix: readonly (readonly number[])[], vector: readonly number[]): number[] => matrix.map((row) => dot(row, vector));
function bounded(direction: readonly number[]): number[] {
  const longest = Math.max(...direction.map(Math.abs));
  return direction.map((value) => (longest > STRIDE_MAX ? (value * STRIDE_MAX) / longest : value));
}

const HALVINGS_MAX = 40;
function lineSearch(smooth: Smooth, at: At, direction: readonly number[]): At | undefined {
  const descent = dot(at.gradient, direction);
  if (!(descent < 0)) return undefined;
  for (let halving = 0, length = 1; halving < HALVINGS_MAX; halving += 1, length /= 2) {
    const point = at.point.map((value, index) => value + length * (direction[index] ?? 0));
    const slope = smooth(point);
    if (slope.value < at.value && slope.value <= at.value + ARMIJO * length * descent) return { point, ...slope };
  }
  return undefined;
}

/** The inverse of the second derivatives, after one more step: (6.17). */
function updated(inverse: readonly (readonly number[])[], step: readonly number[], bend: readonly number[]): number[][] {
  const curvature = dot(step, bend);
  if (curvature <= 1e-12 * Math.sqrt(dot(step, step) * dot(bend, bend))) return inverse.map((row) => [...row]);
  const along = times(inverse, bend);
  const scale = (1 + dot(bend, along) / curvature) / curvature;
  return inverse.map((row, i) =>
    row.map((value, j) => {
      const [si = 0, sj = 0, ai = 0, aj = 0] = [step[i], step[j], along[i], along[j]];
      return value + scale * si * sj - (ai * sj + si * aj) / curvature;
    }),
  );
}

const POLISHES_MAX = 8;
/** Newton's steps with second derivatives from differences of the gradient: close to the least they double the digits. */
function polish(smooth: Smooth, start: At): At {
  let at = start;
  for (let round = 0; round < POLISHES_MAX && !isFlat(at); round += 1) {
    const step = solve(secondDerivatives(smooth, at.point), at.gradient);
    if (step === undefined || Math.max(...step.map(Math.abs)) > STRIDE_MAX) break;
    const point = at.point.map((value, index) => value - (step[index] ?? 0));
    const slope = smooth(point);
    if (!(steepest(slope) < steepest(at)) || slope.value > at.value + 1e-9 * Math.abs(at.value)) break;
    at = { point, ...slope };
  }
  return at;
}
const steepest = ({ gradient }: Slope): number => Math.max(...gradient.map(Math.abs));

const DIFFERENCE = 1e-5;
export function secondDerivatives(smooth: Smooth, point: readonly number[]): number[][] {
  const slopeBeside = (index: number, by: number) => smooth(point.map((value, at) => (at === index ? value + by : value))).gradient;
  const rows = point.map((_, index) => {
    const [above, below] = [slopeBeside(index, DIFFERENCE), slopeBeside(index, -DIFFERENCE)];
    return above.map((value, at) => (value - (below[at] ?? 0)) / (2 * DIFFERENCE));
  });
  return rows.map((row, i) => row.map((value, j) => (value + (rows[j]?.[i] ?? value)) / 2));
}

/** Gauss's elimination with pivots. @returns undefined for a singular matrix */
export function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] | undefined {
  const rows = matrix.map((row, index) => [...row, right[index] ?? 0]);
  for (let column = 0; column < rows.length; column += 1) {
    const pivot = rows.slice(column).reduce((best, row) => (Math.abs(row[column] ?? 0) > Math.abs(best[column] ?? 0) ? row : best));
    const head = pivot[column] ?? 0;
    if (!(Math.abs(head) > 1e-300)) return undefined;
    const where = rows.indexOf(pivot);
    [rows[column], rows[where]] = [pivot, rows[column] ?? pivot];
    for (const [index, row] of rows.entries()) {
      if (index === column) continue;
      const factor = (row[column] ?? 0) / head;
      for (let at = column; at < row.length; at += 1) row[at] = (row[at] ?? 0) - factor * (pivot[at] ?? 0);
    }
  }
  return rows.map((row, index) => (row.at(-1) ?? 0) / (row[index] ?? 1));
}
